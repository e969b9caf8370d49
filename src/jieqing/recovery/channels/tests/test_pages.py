"""The composer and a message in a browser: the verdict before the button, the letter as it leaves, what is uncertain."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.estate.accounts.models import Membership
from jieqing.kernel import clock
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.channels.models import Message
from jieqing.recovery.channels.tests.letters import deliver, ready, send
from jieqing.recovery.channels.tests.mail_servers import Dropper, dropping_server
from jieqing.recovery.outreach.tests.test_request_permit import MORNING, NIGHT


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Dropper]:
    with dropping_server() as (kept, url):
        monkeypatch.setenv("JIEQING_SMTP_URL", url)
        monkeypatch.setenv("JIEQING_MAIL_FROM", "jieqing@example.org")
        yield kept


@pytest.fixture
def stage(cast: Cast) -> dict[str, Any]:
    with site_scope(cast.site.id):
        assert Membership.objects.exists()
    return ready(cast)


def form(stage: dict[str, Any], **more: str) -> dict[str, str]:
    return {
        "key": "page-1",
        "point": str(stage["point"].pk),
        "purpose": "collect",
        "script": str(stage["telling"].pk),
        "value-call_time": "周五",
        "verified": "on",
    } | more


def post(cast: Cast, stage: dict[str, Any], at: Any = MORNING, **more: str) -> Any:
    with clock.frozen(at):
        return cast.clients["owner"].post(address(cast, stage), form(stage, **more))


def address(cast: Cast, stage: dict[str, Any]) -> str:
    return f"/s/{cast.site.slug}/cases/{stage['case'].id}/email/"


def test_the_letter_stands_before_the_button_and_leaves_by_it(cast: Cast, stage, server: Dropper) -> None:
    seen = post(cast, stage).content.decode()
    assert (
        "¥10,000.00" in seen and 'data-verdict="allow"' in seen and "disabled" not in seen.split("send", 1)[1]
    )
    with site_scope(cast.site.id):
        assert not Message.objects.exists(), "a preview leaves nothing"
    done = post(cast, stage, send="1")
    assert done.status_code == 302
    with site_scope(cast.site.id):
        message = Message.objects.get()
    assert post(cast, stage, send="1").status_code == 302, "the same form again is the same message"
    deliver(message)
    assert len(server.messages) == 1
    page = cast.clients["owner"].get(done["Location"]).content.decode()
    assert "已发出" in page and "未清余额" in page
    case_page = cast.clients["owner"].get(f"/s/{cast.site.slug}/cases/{stage['case'].id}/").content.decode()
    assert "邮件已发出" in case_page and done["Location"] in case_page


def test_at_night_the_button_waits_with_the_article_and_the_time(cast: Cast, stage) -> None:
    shown = post(cast, stage, NIGHT).content.decode()
    assert 'data-verdict="not_before"' in shown and "08:00" in shown and "disabled" in shown
    pressed = post(cast, stage, NIGHT, send="1")
    assert pressed.status_code == 200 and 'data-verdict="not_before"' in pressed.content.decode()


def test_blocked_words_are_shown_as_they_are_typed_and_nothing_is_lost(cast: Cast, stage) -> None:
    shown = post(cast, stage, **{"value-call_time": "周五，再不还钱弄死你", "send": "1"}).content.decode()
    assert "信中有不得发出的内容" in shown and "周五，再不还钱弄死你" in shown
    with site_scope(cast.site.id):
        assert not Message.objects.exists()


def test_an_uncertain_message_is_settled_on_its_page(cast: Cast, stage, server: Dropper) -> None:
    server.is_dropping = True
    message = send(cast, stage)
    deliver(message)
    client, page = cast.clients["owner"], f"/s/{cast.site.slug}/messages/{message.pk}/"
    with clock.frozen(MORNING + timedelta(hours=1)):
        assert "核实之前，不能再联系此人" in client.get(page).content.decode()
        assert client.post(f"{page}resolve/", {"arrived": "no", "reason": ""}).status_code == 422
        client.post(f"{page}resolve/", {"arrived": "no", "reason": "查日志"})
        assert "经人核实没有发出" in client.get(page).content.decode()


def test_pages_ask_little(cast: Cast, stage, server: Dropper) -> None:
    message = send(cast, stage)
    deliver(message)
    client = cast.clients["owner"]
    assert len(statements(lambda: client.get(address(cast, stage)))) <= 40
    assert len(statements(lambda: client.get(f"/s/{cast.site.slug}/messages/{message.pk}/"))) <= 40
    with clock.frozen(MORNING + timedelta(days=1)):
        assert len(statements(lambda: client.post(address(cast, stage), form(stage)))) <= 60
