"""Two cases of a site with something of every kind on them."""

from datetime import timedelta

from jieqing.claims.receivables.models import Item
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services as cases
from jieqing.recovery.cases.engine.ladder import DEFAULT_LADDER
from jieqing.recovery.cases.engine.opening import DEFAULT_TERMS
from jieqing.recovery.cases.engine.promises import Instalment
from jieqing.recovery.cases.selectors import working_day
from jieqing.recovery.cases.services.complaining import file_complaint
from jieqing.recovery.intake.tests.asking import declare_standing

CASE_TABLES = {
    "case_id": "cases_case",
    "promise_id": "cases_promise",
    "dispute_id": "cases_dispute",
    "hold_id": "cases_hold",
    "complaint_id": "cases_complaint",
    "change_id": "cases_bulk_change",
    "file_id": "cases_file",
}
CASE_UNFILLED: dict[str, str] = {}


def fill_cases(actor: Actor) -> None:
    """One case with everything on it, opened on what is late; given to its owner and back in one change."""
    with site_scope(actor.own_site):
        items = list(
            Item.objects.filter(withdrawn_rev=None, document_number__in=("LATE-5", "LATE-6")).order_by("id")
        )
        today = working_day()
    declare_standing(actor)
    case = cases.open_case(actor=actor, item_ids=[items[0].id])
    assert not is_problem(case), case
    done = [
        cases.record_promise(
            actor=actor, case=case, instalments=[Instalment(today + timedelta(days=9), 100)]
        ),
        cases.open_dispute(
            actor=actor,
            case=case,
            code="wrong_amount",
            text="金额不对",
            item_ids=[items[0].id],
            papers=[("签收单.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)],
        ),
        cases.place_hold(actor=actor, case=case, kind="hardship", reason="停产"),
        file_complaint(actor=actor, case=case, kind="conduct", text="态度不好"),
        cases.record_effort(actor=actor, case=case, minutes=10, activity="call"),
        cases.record_outlay(actor=actor, case=case, amount_minor=1_200, kind="postage"),
        cases.set_ladder(actor=actor, steps=DEFAULT_LADDER.steps, may_skip=False, reason="沿用"),
        cases.set_opening_rule(actor=actor, terms=DEFAULT_TERMS, is_on=False, reason="沿用"),
        cases.assign(actor=actor, target=[case.id], owner_id=actor.id),
        cases.assign(actor=actor, target=[case.id], owner_id=None),
        cases.import_cases(actor=actor, name="案件.csv", data="单据号\nLATE-5\n".encode()),
        cases.import_field_sheet(
            actor=actor, name="外出.csv", data=f"行键,案件号,备注\nT-1,{case.number},上门核对\n".encode()
        ),
    ]
    assert not [one for one in done if is_problem(one)], done
