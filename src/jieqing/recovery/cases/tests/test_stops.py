"""What stops a case from outside: a debt that turned red, a dispute that was won; and what came of an enquiry."""

from datetime import timedelta
from io import BytesIO

import pytest
from tests.cast import Cast
from tests.isolation.things import ask_something

from jieqing.claims.papers.models import Paper
from jieqing.estate.reception.models import Enquiry
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.models import Case, Hold
from jieqing.recovery.cases.tests.books import fresh, ids_of, import_books, opened
from jieqing.recovery.intake.services import declare_origin, recheck_site
from jieqing.recovery.intake.tests.asking import TRADE, declare_standing
from jieqing.recovery.placements import services as placements
from jieqing.recovery.placements.tests.placing import creditor_of, terms

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def actor(cast: Cast) -> Actor:
    import_books(cast.actor("owner"))
    return cast.actor("owner")


def test_a_debt_that_turns_red_stops_its_case_until_it_is_clear_again(actor: Actor) -> None:
    case = opened(actor, "INV-001", "INV-002")
    assert recheck_site(actor=actor) == 0
    declare_standing(actor, origin="gambling")
    recheck_site(actor=actor)
    held = fresh(case)
    assert (held.hold_kinds, held.next_action) == (["stale_data"], "decide")
    with site_scope(actor.own_site):
        hold = Hold.objects.get(case=case)
    assert (hold.source, hold.item_ids) == ("check", [])
    assert "立案审查转为不能办理" in hold.reason
    recheck_site(actor=actor)
    declare_standing(actor)
    recheck_site(actor=actor)
    assert fresh(case).hold_kinds == []
    with site_scope(actor.own_site):
        assert Hold.objects.get(case=case).released_at is not None


def test_the_papers_of_a_dispute_are_kept_and_a_won_one_stays_frozen(cast: Cast, actor: Actor) -> None:
    case = opened(actor, "INV-001", "INV-002")
    [contested] = ids_of(actor, "INV-001")
    address = f"/s/{cast.site.slug}/cases/{case.id}/"
    told = {
        "key": "11111111-1111-4111-8111-111111111111",
        "code": "quality",
        "items": [str(contested)],
        "text": "质量问题",
    }
    answer = cast.clients["owner"].post(f"{address}dispute/", {**told, "file": BytesIO(b"<html>")})
    assert answer.status_code == 422, "a file that is no paper refuses the whole"
    with site_scope(actor.own_site):
        assert not case.disputes.exists()
    file = BytesIO(PNG)
    file.name = "质检报告.png"
    answer = cast.clients["owner"].post(f"{address}dispute/", {**told, "file": file})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    with site_scope(actor.own_site):
        dispute = case.disputes.get()
        assert Paper.objects.get().item_id == contested
    page = cast.clients["owner"].get(address).content.decode()
    assert "质检报告.png" in page and "冻结，不催" in page and "INV-001" in page
    assert fresh(case).overdue_minor == 25_050
    closed = services.close_dispute(actor=actor, dispute=dispute, outcome="upheld", answer="确有质量问题")
    assert not is_problem(closed), closed
    after = fresh(case)
    assert (after.overdue_minor, after.hold_kinds, after.next_action) == (25_050, [], "decide")
    with site_scope(actor.own_site):
        [hold] = Hold.objects.filter(case=case, released_at=None)
    assert (hold.kind, hold.item_ids) == ("stale_data", [contested]), "the rest of the case goes on"


def test_a_lost_dispute_leaves_nothing_behind(actor: Actor) -> None:
    case = opened(actor, "INV-001")
    dispute = services.open_dispute(actor=actor, case=case, code="wrong_amount", text="金额不对")
    assert not is_problem(dispute)
    assert not is_problem(
        services.close_dispute(actor=actor, dispute=dispute, outcome="rejected", answer="签收单为证")
    )
    after = fresh(case)
    assert (after.overdue_minor, after.hold_kinds, after.next_action) == (1_000_000, [], "follow_up")


def test_an_enquiry_is_named_by_its_placement_and_its_case_and_names_them(cast: Cast, actor: Actor) -> None:
    ask_something(actor)
    with site_scope(actor.own_site):
        enquiry = Enquiry.objects.get()
    [item] = ids_of(actor, "INV-003")
    made = placements.open_placement(
        actor=actor,
        creditor_id=creditor_of(actor, item),
        item_ids=[item],
        terms=terms(ends_on=clock.today() + timedelta(days=90)),
        enquiry_id=enquiry.id,
    )
    assert not is_problem(made), made
    placements.sign_placement(
        actor=actor, placement=made, name="协议.pdf", data=b"%PDF-1.7 x", signed_on=clock.today()
    )
    placements.decide_conflicts(actor=actor, placement=made, is_accepted=True, reason="已告知")
    assert not is_problem(placements.activate_placement(actor=actor, placement=made))
    with site_scope(actor.own_site):
        assert not is_problem(declare_origin(actor=actor, placement_id=made.id, answers=TRADE))
    case = opened(actor, "INV-003")
    assert fresh(case).enquiry_id == enquiry.id
    client, base = cast.clients["owner"], f"/s/{cast.site.slug}/"
    for address in (f"cases/{case.id}/", f"placements/{made.id}/"):
        assert enquiry.reference in client.get(base + address).content.decode(), address
    panel = client.get(f"{base}cases/of-enquiry/{enquiry.id}/").content.decode()
    assert made.number in panel and f"/cases/{case.id}/" in panel
    assert f"/cases/of-enquiry/{enquiry.id}/" in client.get(f"{base}enquiries/{enquiry.id}/").content.decode()


def test_a_name_is_searched_before_any_order_exists(cast: Cast, actor: Actor) -> None:
    page = cast.clients["owner"].get(f"/s/{cast.site.slug}/placements/conflicts/?q=宏达机械厂%0A没有这家公司")
    text = page.content.decode()
    assert page.status_code == 200
    assert "宏达机械有限公司" in text and "没有这家公司" in text
    with site_scope(actor.own_site):
        assert not Case.objects.exists()
