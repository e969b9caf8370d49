"""The members' side: the clock decides the order, contacts are masked until opened, an enquiry ends once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import Cast

from jieqing.estate.reception import selectors, services
from jieqing.estate.reception.engine.enquiries import Contact, ContactKind
from jieqing.estate.reception.engine.promise import ClockState
from jieqing.estate.reception.models import Enquiry
from jieqing.estate.reception.services import Received
from jieqing.estate.reception.tests.asking import FORM, ask, asked, send
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import selectors as evidence
from jieqing.trust.notices.selectors import notices
from jieqing.trust.notices.services import read_mail

ANSWER = "我们核实了：那个电话不是我们打的。请不要付款，并拨打 96110。"


def received(cast: Cast, **changes: object) -> Received:
    found = ask(cast.site.id, asked(**changes))  # type: ignore[arg-type]
    assert not is_problem(found)
    return found


def page_of(cast: Cast, enquiry: Enquiry, part: str = "") -> str:
    return f"/s/{cast.site.slug}/enquiries/{enquiry.pk}/{part}"


def test_an_answer_reaches_the_visitor_by_link_and_a_fixed_mail(cast: Cast) -> None:
    visitor = Client()
    link = send(cast, visitor).redirect_chain[0][0]
    with site_scope(cast.site.id):
        enquiry = Enquiry.objects.get()
    response = cast.clients["owner"].post(page_of(cast, enquiry, "answer/"), {"text": ANSWER})
    assert response.status_code == 302
    page = visitor.get(link).content.decode()
    assert ANSWER in page and "Owner" in page
    with site_scope(cast.site.id):
        mail = read_mail(notices()[0], with_secrets=True).body
        assert ANSWER not in mail, "no free text leaves by mail"
        assert link in mail and "Owner" in mail
        actions = [
            view.action for view in evidence.entries_for_subject(f"estate.reception.enquiry:{enquiry.pk}")
        ]
    assert actions == ["estate.reception.enquiry_answered", "estate.reception.enquiry_received"]


def test_an_enquiry_ends_once(cast: Cast) -> None:
    enquiry = received(cast).enquiry
    owner = cast.clients["owner"]
    assert owner.post(page_of(cast, enquiry, "decline/"), {"reason": "不属于本机构业务"}).status_code == 302
    late = owner.post(page_of(cast, enquiry, "answer/"), {"text": ANSWER})
    assert late.status_code == 409 and "已经有结果" in late.content.decode()
    with site_scope(cast.site.id):
        assert selectors.measured_share().in_time == 1


def test_an_empty_answer_loses_nothing_and_saves_nothing(cast: Cast) -> None:
    enquiry = received(cast).enquiry
    response = cast.clients["owner"].post(page_of(cast, enquiry, "answer/"), {"text": " "})
    assert response.status_code == 200 and 'aria-invalid="true"' in response.content.decode()
    with site_scope(cast.site.id):
        assert selectors.waiting().open == 1


def test_a_contact_is_masked_until_opened_and_opening_is_evidence(cast: Cast) -> None:
    enquiry = received(cast, contact=Contact(ContactKind.PHONE, "13812345678")).enquiry
    owner, auditor = cast.clients["owner"], cast.clients["teammate"]
    for browser in (owner, auditor):
        shown = browser.get(page_of(cast, enquiry)).content.decode()
        assert "138****5678" in shown and "13812345678" not in shown and FORM["name"] not in shown
    assert auditor.post(page_of(cast, enquiry, "contact/")).status_code == 403
    opened = owner.post(page_of(cast, enquiry, "contact/")).content.decode()
    assert "13812345678" in opened and "触达许可" in opened
    with site_scope(cast.site.id):
        subject = f"estate.reception.enquiry:{enquiry.pk}"
        newest = evidence.entries_for_subject(subject)[0]
    assert newest.action == "estate.reception.contact_shown"
    assert newest.actor_id == cast.users["owner"].id


def test_the_alarm_stands_in_inbox_and_desk_before_the_end(cast: Cast) -> None:
    received(cast)
    owner, now = cast.clients["owner"], clock.now()
    inbox, desk = f"/s/{cast.site.slug}/enquiries/", f"/s/{cast.site.slug}/desk/"
    assert "1 件咨询待答复" in owner.get(desk).content.decode()
    for hours, words in ((47, "还剩 24 小时"), (71, "将在 24 小时内到期"), (73, "已超过 72 小时")):
        with clock.frozen(now + timedelta(hours=hours)):
            assert words in owner.get(inbox).content.decode()
            if hours > 48:
                assert words in owner.get(desk).content.decode()


def test_a_desk_without_enquiries_or_without_the_right_shows_no_panel(cast: Cast) -> None:
    desk = f"/s/{cast.site.slug}/desk/"
    assert "件咨询待答复" not in cast.clients["owner"].get(desk).content.decode()


@pytest.mark.parametrize(
    ("after", "state", "in_time"),
    [
        (timedelta(hours=71, minutes=59, seconds=59), ClockState.KEPT, 1),
        (timedelta(hours=72), ClockState.KEPT, 1),
        (timedelta(hours=72, microseconds=1), ClockState.MISSED, 0),
    ],
)
def test_the_database_counts_the_edge_as_the_engine_does(
    cast: Cast, after: timedelta, state: ClockState, in_time: int
) -> None:
    with clock.frozen(clock.now()):
        enquiry = received(cast).enquiry
    with clock.frozen(enquiry.received_at + after), site_scope(cast.site.id):
        answered = services.answer_enquiry(
            actor=cast.actor("owner"),
            enquiry=enquiry,
            text=ANSWER,
            answerer="周负责",
            site_name="江南",
            link_of=lambda token: f"http://testserver/s/x/consultation/{token}/",
        )
        assert not is_problem(answered)
        share = selectors.measured_share()
        (found,) = selectors.inbox(state="answered")
        assert selectors.clock_of(found).state is state
    assert (share.in_time, share.decided) == (in_time, 1)


def test_the_public_share_opens_into_its_parts_and_forgets_after_ninety_days(cast: Cast) -> None:
    home = f"/s/{cast.site.slug}/"
    assert "还没有可统计的咨询" in Client().get(home).content.decode()
    enquiry = received(cast).enquiry
    cast.clients["owner"].post(page_of(cast, enquiry, "answer/"), {"text": ANSWER})
    page = Client().get(home).content.decode()
    assert "100.0" in page and "1 / 1" in page and "分母" in page
    with clock.frozen(clock.now() + timedelta(days=91)):
        assert "还没有可统计的咨询" in Client().get(home).content.decode()


def test_the_inbox_filters_sorts_and_turns_pages(cast: Cast) -> None:
    with clock.frozen(clock.now()) as _:
        for number in range(32):
            assert not is_problem(ask(cast.site.id, address=f"203.0.113.{number}"))
    owner, inbox = cast.clients["owner"], f"/s/{cast.site.slug}/enquiries/"
    first, second = (owner.get(inbox, {"page": page}).content.decode() for page in (1, 2))
    assert first.count("table__row-link") == 30 and second.count("table__row-link") == 2
    assert owner.get(inbox, {"topic": "complaint"}).content.decode().count("table__row-link") == 0
    assert owner.get(inbox, {"state": "nonsense", "page": "x"}).status_code == 200


def test_the_inbox_asks_as_often_for_many_as_for_one(
    cast: Cast, same_queries: Callable[[object, object], int]
) -> None:
    owner, inbox = cast.clients["owner"], f"/s/{cast.site.slug}/enquiries/"
    received(cast)
    from tests.query_counts import statements

    few = len(statements(lambda: owner.get(inbox)))
    for number in range(20):
        ask(cast.site.id, address=f"203.0.113.{number}")
    assert len(statements(lambda: owner.get(inbox))) == few <= 20


def test_the_inbox_is_closed_to_others(cast: Cast) -> None:
    enquiry = received(cast).enquiry
    for name, status in (("stranger", 404), ("debtor", 403), ("supervisor", 403), ("anonymous", 302)):
        for part in ("", "answer/", "decline/", "contact/"):
            page = page_of(cast, enquiry, part)
            assert cast.clients[name].post(page, {"text": ANSWER}).status_code == status
    other = page_of(cast, enquiry).replace(cast.site.slug, cast.other_site.slug)
    assert cast.clients["stranger"].get(other).status_code == 404
