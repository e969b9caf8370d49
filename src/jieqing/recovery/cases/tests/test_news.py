"""Open pages hear of their own site's cases at the commit, and learn nothing but that something changed."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from psycopg import sql
from tests.cast import Cast

from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.services.telling import EACH_MAX, case_channels, list_channel, tell_pages
from jieqing.recovery.cases.tests.books import import_books, opened, pay

QUIET_S = 0.5


class Listener:
    """What every channel of two sites says, by channel."""

    def __init__(self, live: "psycopg.Connection[Any]") -> None:
        self.live = live

    def add(self, *channels: str) -> None:
        for channel in channels:
            self.live.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))

    def heard(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for notice in self.live.notifies(timeout=QUIET_S):
            found.setdefault(notice.channel, []).append(json.loads(notice.payload))
        return found


@pytest.fixture
def listener(transactional_db: None) -> Iterator[Listener]:
    keys = ("host", "port", "dbname", "user", "password")
    parameters = connection.get_connection_params()
    with psycopg.connect(
        autocommit=True, **{key: parameters[key] for key in keys if parameters.get(key)}
    ) as live:
        yield Listener(live)


def test_a_matched_payment_is_heard_by_its_site_its_case_and_nobody_else(
    listener: Listener, cast: Cast
) -> None:
    owner, stranger = cast.actor("owner"), cast.actor("stranger")
    import_books(owner)
    import_books(stranger)
    case, other = opened(owner, "INV-001"), opened(owner, "INV-003")
    theirs = opened(stranger, "INV-001")
    own = [list_channel(case.site_id), case_channels(case.site_id, case.id)[0]]
    listener.add(
        *own,
        case_channels(case.site_id, other.id)[0],
        list_channel(theirs.site_id),
        *case_channels(theirs.site_id, theirs.id),
        *case_channels(theirs.site_id, case.id),
    )
    pay(owner, "INV-001", 1_000_000)
    heard = listener.heard()
    assert set(heard) == set(own)
    assert {json.dumps(word) for words in heard.values() for word in words} == {
        '{"event": "news", "data": {}}'
    }


def test_what_is_rolled_back_is_not_heard_and_very_many_are_one_word(listener: Listener, cast: Cast) -> None:
    owner = cast.actor("owner")
    import_books(owner)
    case = opened(owner, "INV-001")
    one, many = case_channels(case.site_id, case.id)
    listener.add(list_channel(case.site_id), one, many)
    with transaction.atomic():
        services.add_note(actor=owner, case=case, text="电话无人接听")
        transaction.set_rollback(True)
    assert listener.heard() == {}
    with site_scope(case.site_id):
        tell_pages(case.site_id, [case.id])
        tell_pages(case.site_id, range(EACH_MAX + 1))  # type: ignore[arg-type]
    assert {channel: len(words) for channel, words in listener.heard().items()} == {
        list_channel(case.site_id): 1,
        one: 1,
        many: 1,
    }
