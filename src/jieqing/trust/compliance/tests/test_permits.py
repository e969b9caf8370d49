"""A permit: counted, judged, held, signed, used once, settled; and what it costs when a worker dies."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.compliance import services
from jieqing.trust.compliance.engine.interpreter import judge
from jieqing.trust.compliance.engine.permits import Permit, is_signed
from jieqing.trust.compliance.engine.slots import Outcome, Subject, used_by, wanted_slots
from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.models import Decision
from jieqing.trust.compliance.selectors import open_permits
from jieqing.trust.compliance.services import Approval, Refused, archive
from jieqing.trust.compliance.services.slot_table import permit_seed, slots_secret
from jieqing.trust.compliance.tests.contacts import contact
from jieqing.trust.compliance.tests.slots import hold

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-22T10:00:00+08:00")
DEBTOR = Subject(person="320211199001011234", creditor="91320200MA1", debt="K-1", number="+8613812345678")


@pytest.fixture
def actor() -> Iterator[Actor]:
    site_id = new_id()
    with clock.frozen(NOW), site_scope(site_id):
        yield Actor(new_id(), ActorKind.PERSON, site_id)


def ask(actor: Actor, subject: Subject = DEBTOR, **changes: Any) -> Permit | Refused:
    extra = {name: changes.pop(name) for name in ("approval", "seconds") if name in changes}
    found = services.mint(actor=actor, subject=subject, contact="point:1", facts=contact(**changes), **extra)
    assert not isinstance(found, Problem), found
    return found


def permitted(actor: Actor, subject: Subject = DEBTOR, **changes: Any) -> Permit:
    found = ask(actor, subject, **changes)
    assert isinstance(found, Permit), found
    return found


def denied(actor: Actor, subject: Subject = DEBTOR, **changes: Any) -> list[str]:
    found = ask(actor, subject, **changes)
    assert isinstance(found, Refused), found
    return [reason.rule.id for reason in found.verdict.reasons]


def use(actor: Actor, permit: Permit) -> None | Problem:
    return services.redeem(actor=actor, permit=permit, channel=permit.channel, contact=permit.contact)


def test_a_permit_is_signed_short_and_names_its_rules(actor: Actor) -> None:
    permit = permitted(actor)
    assert is_signed(permit, permit_seed())
    assert (permit.expires_at - permit.issued_at).total_seconds() == 120
    rules = dict(permit.rules)
    assert rules["GBT-06"] == "GB/T 45251—2025 5.3" and "GBT-07" not in rules
    for changed in ({"channel": "sms"}, {"facts_digest": "0" * 64}, {"contact": "point:2"}):
        assert not is_signed(replace(permit, **changed), permit_seed())


def test_the_kept_facts_replay_to_the_kept_verdict(actor: Actor) -> None:
    permitted(actor)
    denied(actor, placement_active=False)
    for kept in Decision.objects.order_by("id"):
        again = judge(shipped(), kept.facts)
        assert (again.verdict, again.facts_digest, again.pack_digest) == (
            kept.verdict, kept.facts_digest, kept.pack_digest,
        )  # fmt: skip
        assert [reason.rule.id for reason in again.reasons] == kept.rules


def test_it_is_used_once(actor: Actor) -> None:
    permit = permitted(actor)
    assert use(actor, permit) is None
    second = use(actor, permit)
    assert is_problem(second) and second.code == "permit.used"


def test_it_is_for_one_contact_of_one_site(actor: Actor) -> None:
    permit = permitted(actor)
    other = Actor(actor.id, ActorKind.PERSON, new_id())
    found = (
        services.redeem(actor=other, permit=permit, channel="voice_human", contact="point:1"),
        services.redeem(actor=actor, permit=permit, channel="sms", contact="point:1"),
        services.redeem(actor=actor, permit=permit, channel="voice_human", contact="point:2"),
        use(actor, replace(permit, channel="sms")),
    )
    assert [one.code for one in found if is_problem(one)] == [
        "permit.forged", "permit.for_another", "permit.for_another", "permit.forged",
    ]  # fmt: skip
    assert use(actor, permit) is None


def test_a_late_one_is_refused(actor: Actor) -> None:
    permit = permitted(actor)
    with clock.frozen(permit.expires_at):
        found = use(actor, permit)
    assert is_problem(found) and found.code == "permit.expired"


def test_the_fourth_effective_call_of_the_day_is_denied_whatever_the_caller_counts(actor: Actor) -> None:
    for _ in range(3):
        permitted(actor)
    assert denied(actor, counts__effective_calls_today=0) == ["GBT-06"]


def test_a_call_nobody_answered_gives_its_slot_back_but_counts_as_a_dial(actor: Actor) -> None:
    for _ in range(6):
        permit = permitted(actor)
        assert use(actor, permit) is None
        assert services.settle(actor=actor, permit_id=permit.id, outcome=Outcome.NO_ANSWER) is None
    assert denied(actor) == ["CBA-02"]


def test_a_returned_permit_gives_all_back_and_cannot_be_used(actor: Actor) -> None:
    for _ in range(9):
        permit = permitted(actor)
        assert services.give_back(actor=actor, permit_id=permit.id) is None
        assert is_problem(use(actor, permit))


def test_a_hold_that_ended_counts_no_more_and_cannot_be_used(actor: Actor) -> None:
    lapsed = [permitted(actor, seconds=0) for _ in range(9)]
    found = services.redeem(actor=actor, permit=replace(lapsed[0]), channel="voice_human", contact="point:1")
    assert is_problem(found)


def test_used_without_an_outcome_counts(actor: Actor) -> None:
    for _ in range(3):
        assert use(actor, permitted(actor)) is None
    assert denied(actor) == ["GBT-06"]


def test_caps_meet_across_sites_and_nothing_else_does(actor: Actor) -> None:
    for _ in range(3):
        permitted(actor, channel="voice_ai")
    other = Actor(new_id(), ActorKind.PERSON, new_id())
    with site_scope(other.own_site, switch=True):
        same_creditor = denied(other, channel="voice_ai")
        elsewhere = replace(DEBTOR, creditor="another", debt="K-2", number="+8613900000000")
        robot_alone = denied(other, elsewhere, channel="voice_ai")
        permitted(other, elsewhere)
        permitted(other, replace(elsewhere, person="somebody else"), channel="voice_ai")
        assert Decision.objects.count() == 4
    assert same_creditor == ["GBT-06", "GATE-15"]
    assert robot_alone == ["GATE-15"]


def test_approval_is_asked_for_and_named(actor: Actor) -> None:
    asked = ask(actor, scan_verdict="needs_approval")
    assert isinstance(asked, Refused) and asked.verdict.verdict == "needs_approval"
    boss = new_id()
    permit = permitted(actor, scan_verdict="needs_approval", approval=Approval(boss, "已逐字复核"))
    assert permit.approved_by == boss and permit.verdict == "needs_approval"
    assert "GATE-07" in denied(actor, placement_active=False, approval=Approval(boss, "不行"))


def test_facts_of_the_wrong_kind_are_told(actor: Actor) -> None:
    found = services.mint(actor=actor, subject=DEBTOR, contact="point:1", facts={"at": 5})
    assert is_problem(found)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM compliance_reservation",
        "INSERT INTO compliance_reservation DEFAULT VALUES",
        "UPDATE compliance_reservation SET state = 'returned'",
        "DELETE FROM compliance_reservation",
    ],
)
def test_the_application_has_no_way_to_the_table(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_robot_cap_stands_in_the_database_too(actor: Actor) -> None:
    wanted = used_by(wanted_slots(DEBTOR, contact(channel="voice_ai"), slots_secret()), "voice_ai")
    done = [hold(UUID(int=number), wanted) for number in range(5)]
    assert done == [True, True, True, False, False]


def test_what_is_kept_by_hand_fills_every_column() -> None:
    from jieqing.trust.compliance.models import Decision, Permit
    from jieqing.trust.compliance.services.keeping import DECISION_COLUMNS, PERMIT_COLUMNS

    for model, columns in ((Decision, DECISION_COLUMNS), (Permit, PERMIT_COLUMNS)):
        assert {field.column for field in model._meta.concrete_fields} == set(columns)


def test_a_permit_costs_two_statements(actor: Actor) -> None:
    """One that locks and counts, one that keeps; more only where a worker meets a set of packs for the first time."""
    archive._remember((actor.own_site, shipped().digest))
    with CaptureQueriesContext(connection) as asked:
        permitted(actor, replace(DEBTOR, debt="another"))
    assert len(asked) == 2, [one["sql"][:90] for one in asked]


def test_open_are_those_neither_used_nor_given_back_nor_over(actor: Actor) -> None:
    first, used, returned = (permitted(actor, channel="letter") for _ in range(3))
    assert use(actor, used) is None
    assert services.give_back(actor=actor, permit_id=returned.id) is None
    found, there_are = open_permits(NOW)
    assert ([one.id for one in found], there_are) == ([first.id], 1)
    assert found[0].facts["channel"] == "letter" and found[0].actor_id == actor.id
    assert open_permits(first.expires_at) == ([], 0)
