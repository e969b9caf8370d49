"""Clearances: attested on a document, for a term, filled into the actor, gone when they end."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from tests.cast import Cast

from jieqing.estate.accounts.access import actor_for
from jieqing.estate.accounts.engine.clearances import CLEARANCE_NAMES, ClearanceKind
from jieqing.estate.accounts.models import Clearance, Membership
from jieqing.kernel import clock
from jieqing.plumbing.db.scopes import site_scope

pytestmark = pytest.mark.urls("tests.isolation.sample_urls")
DOCUMENT = "合规承诺书".encode()


def page_of(cast: Cast) -> str:
    with site_scope(cast.site.id):
        row = Membership.objects.get(user=cast.users["teammate"])
    return f"/s/{cast.site.slug}/people/memberships/{row.pk}/"


def attest(cast: Cast, **change):
    today = clock.today()
    values = {
        "kind": "pledge",
        "from_on": today.isoformat(),
        "to_on": (today + timedelta(days=30)).isoformat(),
        "reason": "面签",
        "document": SimpleUploadedFile("承诺书.pdf", DOCUMENT),
    }
    return cast.clients["owner"].post(page_of(cast), values | change)


def codes(cast: Cast) -> frozenset[str]:
    return actor_for(cast.users["teammate"], cast.site.id).clearances


def test_every_kind_has_two_names() -> None:
    assert set(CLEARANCE_NAMES) == set(ClearanceKind)


def test_an_attested_clearance_is_in_the_actor_and_in_evidence(cast: Cast) -> None:
    assert codes(cast) == frozenset()
    assert attest(cast).status_code == 302
    assert codes(cast) == {"pledge"}
    with site_scope(cast.site.id), connection.cursor() as cursor:
        row = Clearance.objects.get()
        assert bytes(row.source_digest) == sha256(DOCUMENT).digest()
        cursor.execute("SELECT convert_from(body, 'UTF8') FROM evidence_entry WHERE id = %s", [row.entry_id])
        assert sha256(DOCUMENT).hexdigest() in cursor.fetchone()[0]
    assert "有效" in cast.clients["owner"].get(page_of(cast)).content.decode()


def test_it_holds_on_its_first_and_last_day_and_not_around_them(cast: Cast) -> None:
    now, start = clock.now(), clock.today() + timedelta(days=2)
    attest(cast, from_on=start.isoformat(), to_on=(start + timedelta(days=1)).isoformat())
    for days, held in ((1, set()), (2, {"pledge"}), (3, {"pledge"}), (4, set())):
        with clock.frozen(now + timedelta(days=days)):
            assert codes(cast) == held, days


def test_ending_takes_it_away_and_keeps_the_row(cast: Cast) -> None:
    attest(cast)
    with site_scope(cast.site.id):
        row = Clearance.objects.get()
    end = f"/s/{cast.site.slug}/people/clearances/{row.pk}/end/"
    assert cast.clients["owner"].post(end, {"reason": ""}).status_code == 200
    assert cast.clients["owner"].post(end, {"reason": "承诺书作废"}).status_code == 302
    assert codes(cast) == frozenset()
    assert "承诺书作废" in cast.clients["owner"].get(page_of(cast)).content.decode()
    assert cast.clients["owner"].post(end, {"reason": "x"}).status_code == 404, "ended once"


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "level_king"},
        {"to_on": "2020-01-01"},
        {"to_on": "2099-01-01"},
        {"reason": " "},
        {"document": ""},
    ],
)
def test_what_cannot_be_attested(cast: Cast, change: dict[str, str]) -> None:
    assert attest(cast, **change).status_code == 200
    assert codes(cast) == frozenset()


def test_clearances_do_not_travel_between_sites(cast: Cast) -> None:
    from jieqing.estate.accounts.services import join_site
    from jieqing.kernel.actor import system_actor

    attest(cast)
    join_site(actor=system_actor(cast.other_site.id, "test"), user=cast.users["teammate"], role="specialist")
    assert actor_for(cast.users["teammate"], cast.other_site.id).clearances == frozenset()


def test_what_was_attested_cannot_be_rewritten(cast: Cast) -> None:
    attest(cast)
    with site_scope(cast.site.id):
        for change in ({"to_on": "2099-01-01"}, {"kind": "exam"}):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                Clearance.objects.update(**change)
