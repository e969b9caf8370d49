"""Checks in the database: written when something changed, decided once, refused where the law refuses."""

from datetime import date
from uuid import UUID

import pytest
from tests.cast import Cast

from jieqing.claims.parties.engine.standing import EventKind
from jieqing.claims.parties.models import Party
from jieqing.claims.parties.services import record_debtor_event
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.intake import services
from jieqing.recovery.intake.models import LawyerDecision, LegalityCheck
from jieqing.recovery.intake.tests.asking import TRADE, declare_standing
from jieqing.recovery.placements.services import ensure_standing_placement
from jieqing.recovery.placements.tests.placing import import_ledger
from jieqing.trust.evidence.models import Entry


@pytest.fixture
def actor(cast: Cast) -> Actor:
    return cast.actor("owner")


@pytest.fixture
def ids(actor: Actor) -> dict[str, UUID]:
    return import_ledger(actor)


def colours(actor: Actor, ids: dict[str, UUID]) -> dict[str, str]:
    found = services.check_legality(actor=actor, item_ids=list(ids.values()))
    return {number: found[one].colour for number, one in ids.items()}


def test_undeclared_debts_wait_and_declared_ones_open(actor: Actor, ids: dict[str, UUID]) -> None:
    ensure_standing_placement(actor=actor)
    assert set(colours(actor, ids).values()) == {"amber"}
    asked = services.may_open(actor=actor, item_ids=list(ids.values()))
    assert asked.opens == []
    assert asked.problem is not None and asked.problem.code == "intake.amber"
    declare_standing(actor)
    assert set(colours(actor, ids).values()) == {"green"}
    assert services.may_open(actor=actor, item_ids=list(ids.values())).problem is None


def test_a_check_is_written_only_when_something_changed(actor: Actor, ids: dict[str, UUID]) -> None:
    declare_standing(actor)
    for _time in range(2):
        colours(actor, ids)
    with site_scope(actor.own_site):
        assert LegalityCheck.objects.count() == len(ids)
        assert Entry.objects.filter(action="recovery.intake.checked").count() == 1
        party = Party.objects.get(name="李建国")
        record_debtor_event(
            actor=actor, party=party, kind=EventKind.DECEASED, from_on=date(2026, 7, 1), reason="家属告知"
        )
    assert services.recheck_site(actor=actor) == 1
    now = colours(actor, ids)
    assert (now["INV-004"], now["INV-001"]) == ("red", "green")
    refused = services.may_open(actor=actor, item_ids=list(ids.values()))
    assert refused.problem is not None and refused.problem.code == "intake.red"
    assert "1161" in refused.problem.zh and len(refused.opens) == 3


def test_one_debtor_may_be_declared_otherwise(actor: Actor, ids: dict[str, UUID]) -> None:
    placement_id = declare_standing(actor)
    with site_scope(actor.own_site):
        debtor = Party.objects.get(name="李建国").id
        services.declare_origin(
            actor=actor, placement_id=placement_id, debtor_id=debtor, answers={"origin": "gambling"}
        )
    now = colours(actor, ids)
    assert (now["INV-004"], now["INV-001"]) == ("red", "green")


def test_a_lawyer_decides_amber_once_and_red_never(actor: Actor, ids: dict[str, UUID]) -> None:
    placement_id = declare_standing(actor, basis="invoice_only")
    one = ids["INV-001"]
    check = services.check_legality(actor=actor, item_ids=[one])[one]

    def decide(reason: str = "发票与签收单相互印证", is_allowed: bool = True) -> object:
        return services.decide_amber(actor=actor, check=check, is_allowed=is_allowed, reason=reason)

    assert _code(decide("  ")) == "intake.reason_missing"
    assert isinstance(decide(), LawyerDecision)
    assert _code(decide()) == "intake.decided_already"
    assert services.may_open(actor=actor, item_ids=[one]).opens == [one]
    with site_scope(actor.own_site):
        services.declare_origin(actor=actor, placement_id=placement_id, answers=TRADE | {"basis": "oral"})
    assert _code(decide()) == "intake.outdated"
    assert services.may_open(actor=actor, item_ids=[one]).problem is not None, "other facts, another question"
    check = services.check_legality(actor=actor, item_ids=[one])[one]
    assert isinstance(decide(is_allowed=False, reason="证据不足"), LawyerDecision)
    assert one in services.may_open(actor=actor, item_ids=[one]).refused
    with site_scope(actor.own_site):
        services.declare_origin(
            actor=actor, placement_id=placement_id, answers=TRADE | {"origin": "gambling"}
        )
    check = services.check_legality(actor=actor, item_ids=[one])[one]
    assert _code(decide()) == "intake.not_amber"


def test_a_strangers_item_is_not_checked(actor: Actor, cast: Cast) -> None:
    strange = import_ledger(cast.actor("stranger"))["INV-001"]
    assert services.check_legality(actor=actor, item_ids=[strange]) == {}


def _code(outcome: object) -> str:
    assert isinstance(outcome, Problem), outcome
    return outcome.code
