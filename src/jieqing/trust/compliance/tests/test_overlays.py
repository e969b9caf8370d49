"""A site tightens for itself: from its moment on, for itself alone, and never the other way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.compliance import selectors, services
from jieqing.trust.compliance.engine.overlays import Barred, Cap, Closed, Form, Raised, overlay_document
from jieqing.trust.compliance.engine.slots import Subject
from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.models import Overlay
from jieqing.trust.compliance.selectors import OverlayState
from jieqing.trust.compliance.services import Refused
from jieqing.trust.compliance.tests.contacts import contact
from jieqing.trust.evidence.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-22T20:30:00+08:00")
EVENINGS = Closed("20:00", "09:00")
DEBTOR = Subject(person="one", creditor="two", debt="three", number="four")


@pytest.fixture
def actor() -> Iterator[Actor]:
    site_id = new_id()
    with clock.frozen(NOW), site_scope(site_id):
        yield Actor(new_id(), ActorKind.PERSON, site_id)


def second(actor: Actor) -> Actor:
    """A colleague of the same site."""
    return Actor(new_id(), ActorKind.PERSON, actor.own_site)


def document(*forms: Form, name: str = "one") -> dict[str, Any]:
    return overlay_document(name, {"zh": "本站附加规则", "en": "Of this site"}, forms)


def proposed(actor: Actor, *forms: Form, name: str = "one") -> Overlay:
    found = services.propose_overlay(actor=actor, overlay=document(*forms, name=name), why="客户要求")
    assert not is_problem(found), found
    return found


def rules_against(actor: Actor, **changes: Any) -> list[str]:
    found = services.mint(
        actor=actor, subject=DEBTOR, contact="point:1", facts=contact(at=clock.now().isoformat(), **changes)
    )
    assert not is_problem(found), found
    return [one.rule.id for one in found.verdict.reasons] if isinstance(found, Refused) else []


def test_it_holds_from_its_moment_to_its_moment_and_each_step_is_evidence(actor: Actor) -> None:
    overlay = proposed(actor, EVENINGS)
    assert rules_against(actor) == []
    adopted = services.adopt_overlay(
        actor=second(actor),
        overlay_id=overlay.pk,
        why="按客户要求",
        effective_from=NOW + timedelta(minutes=5),
    )
    assert not is_problem(adopted) and rules_against(actor) == []
    with clock.frozen(NOW + timedelta(minutes=5)):
        assert rules_against(actor) == ["SITE-one-1"]
        gone = services.withdraw_overlay(
            actor=actor, overlay_id=overlay.pk, why="不再需要", effective_to=NOW + timedelta(minutes=9)
        )
        assert not is_problem(gone) and rules_against(actor) == ["SITE-one-1"]
    with clock.frozen(NOW + timedelta(minutes=9)):
        assert rules_against(actor) == []
    (view,) = selectors.every_overlay(actor.own_site)
    states = [view.state(NOW + timedelta(minutes=minutes)) for minutes in (0, 5, 8, 9)]
    assert states == [
        OverlayState.ADOPTED, OverlayState.IN_FORCE, OverlayState.IN_FORCE, OverlayState.ENDED,
    ]  # fmt: skip
    at = NOW + timedelta(minutes=6)
    assert [one.pack.id for one in selectors.overlays_of(actor.own_site, at)] == ["site-one"]
    assert selectors.packs_of(actor.own_site, NOW) is shipped()
    told = set(Entry.objects.filter(site_id=actor.own_site).values_list("action", flat=True))
    assert told >= {f"trust.compliance.overlay_{verb}" for verb in ("proposed", "adopted", "withdrawn")}


def test_it_is_its_sites_alone(actor: Actor) -> None:
    overlay = proposed(actor, EVENINGS)
    assert not is_problem(services.adopt_overlay(actor=second(actor), overlay_id=overlay.pk, why="客户要求"))
    other = Actor(new_id(), ActorKind.PERSON, new_id())
    with site_scope(other.own_site, switch=True):
        assert rules_against(other) == []
        found = services.withdraw_overlay(actor=other, overlay_id=overlay.pk, why="不是我的")
        assert is_problem(found) and found.code == "gate.no_overlay"
    assert rules_against(actor) == ["SITE-one-1"]


@pytest.mark.parametrize(
    ("forms", "facts", "rule"),
    [
        ((Cap("counts.dials_same_number_today", 2),), {"counts__dials_same_number_today": 0}, ""),
        ((Barred({"channel": ("voice_human",)}),), {}, "SITE-one-1"),
        ((Barred({"channel": ("voice_human",)}, "needs_approval"),), {}, "SITE-one-1"),
        ((Raised("GATE-14"),), {"scan_verdict": "needs_approval"}, "GATE-14"),
    ],
)
def test_each_form_says_what_it_says(
    actor: Actor, forms: tuple[Form, ...], facts: dict[str, Any], rule: str
) -> None:
    overlay = proposed(actor, *forms)
    assert not is_problem(services.adopt_overlay(actor=second(actor), overlay_id=overlay.pk, why="更严"))
    assert rules_against(actor, **facts) == ([rule] if rule else [])


def test_a_lower_cap_holds(actor: Actor) -> None:
    overlay = proposed(actor, Cap("counts.dials_same_number_today", 2))
    assert not is_problem(services.adopt_overlay(actor=second(actor), overlay_id=overlay.pk, why="更严"))
    assert [rules_against(actor) for _ in range(3)] == [[], [], ["SITE-one-1"]]


@pytest.mark.parametrize(
    ("forms", "code"),
    [
        ((Closed("23:00", "07:00"),), "gate.overlay_not_stricter"),
        ((EVENINGS, Closed("22:30", "07:30")), "gate.overlay_not_stricter"),
        ((Cap("counts.robot_calls_7d", 3, ("voice_ai", "voice_notice")),), "gate.overlay_not_stricter"),
        ((Raised("GATE-15"),), "gate.overlay_not_stricter"),
        ((Raised("GATE-99"),), "gate.overlay_clash"),
        ((Barred({"channel": ("pigeon",)}),), "gate.overlay_unreadable"),
        ((), "gate.overlay_unreadable"),
    ],
)
def test_what_loosens_or_says_nothing_is_refused(actor: Actor, forms: tuple[Form, ...], code: str) -> None:
    found = services.propose_overlay(actor=actor, overlay=document(*forms), why="试试")
    assert is_problem(found) and found.code == code
    assert not Overlay.objects.exists()


def test_names_of_others_are_refused(actor: Actor) -> None:
    changed = document(EVENINGS) | {"pack": "gate"}
    found = services.propose_overlay(actor=actor, overlay=changed, why="试试")
    assert is_problem(found) and found.code == "gate.overlay_names"


def test_two_of_one_name_do_not_meet(actor: Actor) -> None:
    first, other = proposed(actor, EVENINGS), proposed(actor, Closed("19:00", "09:00"))
    assert not is_problem(services.adopt_overlay(actor=second(actor), overlay_id=first.pk, why="更严"))
    found = services.adopt_overlay(actor=second(actor), overlay_id=other.pk, why="更严")
    assert is_problem(found) and found.code == "gate.overlay_clash"


def test_nothing_is_back_dated_and_nothing_goes_without_a_reason(actor: Actor) -> None:
    overlay = proposed(actor, EVENINGS)
    for why, moment, code in (
        ("更严", NOW - timedelta(seconds=1), "gate.overlay_back_dated"),
        (" ", NOW, "gate.overlay_no_reason"),
    ):
        found = services.adopt_overlay(
            actor=second(actor), overlay_id=overlay.pk, why=why, effective_from=moment
        )
        assert is_problem(found) and found.code == code
    assert not is_problem(services.withdraw_overlay(actor=actor, overlay_id=overlay.pk, why="不用了"))
    found = services.adopt_overlay(actor=second(actor), overlay_id=overlay.pk, why="又要了")
    assert is_problem(found) and found.code == "gate.overlay_not_open"
    (view,) = selectors.every_overlay(actor.own_site)
    assert view.state(NOW) is OverlayState.DROPPED


def test_two_persons_adopt_and_another_two_withdraw(actor: Actor) -> None:
    """Neither the proposer adopts nor the adopter withdraws, and no program does either; evidence holds both persons."""
    overlay, other = proposed(actor, EVENINGS), second(actor)
    robot = Actor(new_id(), ActorKind.SERVICE, actor.own_site)
    for alone in (actor, robot):
        found = services.adopt_overlay(actor=alone, overlay_id=overlay.pk, why="更严")
        assert is_problem(found) and found.code == "gate.overlay_second_person"
    assert rules_against(actor) == []
    assert not is_problem(services.adopt_overlay(actor=other, overlay_id=overlay.pk, why="更严"))
    assert rules_against(actor) == ["SITE-one-1"]
    for alone in (other, robot):
        found = services.withdraw_overlay(actor=alone, overlay_id=overlay.pk, why="算了")
        assert is_problem(found) and found.code == "gate.overlay_second_person"
    assert rules_against(actor) == ["SITE-one-1"]
    assert not is_problem(services.withdraw_overlay(actor=actor, overlay_id=overlay.pk, why="不再需要"))
    assert rules_against(actor) == []
    rows = Entry.objects.filter(action__startswith="trust.compliance.overlay_").order_by("id")
    who = [
        str(one.id) if str(one.id).encode() in bytes(row.body) else ""
        for row, one in zip(rows, (actor, other, actor), strict=True)
    ]
    assert who == [str(actor.id), str(other.id), str(actor.id)]


def test_a_proposal_is_dropped_by_whoever_made_it(actor: Actor) -> None:
    overlay = proposed(actor, EVENINGS)
    assert not is_problem(services.withdraw_overlay(actor=actor, overlay_id=overlay.pk, why="写错了"))
