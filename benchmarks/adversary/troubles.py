"""Troubles: what bends a world. Each changes facts at an instant, or asks for contacts that press against one cap.

A trouble touches the register only; whether a contact near it is lawful is the business of the checker, and whether it
is permitted that of the gate.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from benchmarks.adversary.worlds import ROLES, ZONES, World, text_of

Trouble = Callable[[World], None]
HOLDS = (
    "dispute",
    "hardship",
    "insolvency",
    "deceased",
    "represented",
    "legal_stay",
    "stale_data",
    "complaint",
)


def want(**weights: float) -> Trouble:
    """A trouble that only makes some proposals likelier."""

    def bend(world: World) -> None:
        for name, weight in weights.items():
            world.wants[name] = world.wants.get(name, 0) + weight

    return bend


def moved(world: World) -> None:
    """The debtor moves to another zone, perhaps in the middle of a day with three calls."""
    person = world.raw["persons"][world.name(world.random.choice(("debtor", "debtor", "contact_person")))]
    person["zones"].append([text_of(world.moment()), world.random.choice(ZONES[world.law])])
    world.wants["burst"] = 2


def agreed(world: World) -> None:
    """Hours agreed with one creditor or all, in and out of force; some pass midnight."""
    windows = [
        ["18:00", "21:00"],
        ["21:30", "22:30"],
        ["22:00", "00:30"],
        ["06:00", "08:00"],
        ["23:00", "02:00"],
    ]
    chosen = world.random.sample(windows, world.random.choice((1, 2)))
    row = {"person": world.name("debtor"), "hours": chosen}
    row["from"], row["to"] = world.stretch()
    if world.random.random() < 0.5:
        row["creditor"] = world.random.choice(list(world.raw["creditors"]))
    world.raw["agreements"].append(row)
    world.hours.extend(clock for window in chosen for clock in window)
    world.wants["hours"] = 3


def refuse(kind: str, *people: str, **wanted: float) -> Trouble:
    def bend(world: World) -> None:
        person = world.random.choice(people)
        row = {"kind": kind, "person": world.name(person), "from": text_of(world.moment())}
        if kind == "channel":
            row["channel"] = world.random.choice(("sms", "email", "voice_human", "voice_ai", "im", "letter"))
            if world.random.random() < 0.3:
                row["to"] = text_of(datetime.fromisoformat(str(row["from"])) + timedelta(days=2))
        if kind in ("contact", "cease") and world.random.random() < 0.7:
            row["debt"] = world.random.choice(world.debts)
        world.raw["refusals"].append(row)
        want(**wanted)(world)

    return bend


def held(world: World) -> None:
    for _ in range(world.random.choice((1, 1, 2))):
        row = {"kind": world.random.choice(HOLDS)}
        row["from"], row["to"] = world.stretch()  # type: ignore[assignment]
        if world.random.random() < 0.5:
            row["person"] = world.name("debtor")
        else:
            row["debt"] = world.random.choice(world.debts)
        world.raw["holds"].append(row)


def on_debt(key: str, **wanted: float) -> Trouble:
    def bend(world: World) -> None:
        world.raw["debts"][world.random.choice(world.debts)][key] = [world.stretch()]
        want(**wanted)(world)

    return bend


def on_person(key: str, *people: str, **wanted: float) -> Trouble:
    def bend(world: World) -> None:
        world.raw["persons"][world.name(world.random.choice(people))][key] = [world.stretch()]
        want(**wanted)(world)

    return bend


def represented(world: World) -> None:
    """A lawyer acts from one instant on; the lawyer's role in the debt begins and ends with it."""
    span = world.stretch()
    world.raw["persons"][world.name("debtor")]["represented"] = [span]
    for debt in world.raw["debts"].values():
        debt["roles"].append(
            {"person": world.name("lawyer"), "role": "lawyer", "from": span[0], "to": span[1]}
        )
    world.wants["lawyer"] = 2


def cleared(world: World) -> None:
    """A clearance of one or two members runs out or begins late."""
    for name in world.random.sample(list(world.raw["staff"]), 3):
        kind = world.random.choice(("pledge", "background", "exam", "annual_training", "level_basic"))
        world.raw["staff"][name]["clearances"] = {
            **world.raw["staff"][name]["clearances"],
            kind: [world.stretch()],
        }
    world.wants["visit"] = 1


def site(key: str) -> Trouble:
    def bend(world: World) -> None:
        name = world.random.choice(list(world.raw["sites"]))
        world.raw["sites"][name] = {**world.raw["sites"][name], key: [world.stretch()]}

    return bend


def recalled(world: World) -> None:
    """A placement is recalled, and perhaps given to the other agency at that instant."""
    row = world.random.choice(world.raw["placements"])
    at = world.moment()
    row["to"] = text_of(at)
    kinds = {name: value["kind"] for name, value in world.raw["sites"].items()}
    if kinds[row["site"]] in ("outsourcing", "amc", "law_firm"):
        other = world.name("site1") if row["site"] == world.name("site0") else world.name("site0")
        world.raw["placements"].append({"debt": row["debt"], "site": other, "from": text_of(at)})


def dead_number(world: World) -> None:
    """Numbers of the debtor stop being valid: one of them, or all."""
    phones = [name for name, point in world.raw["points"].items() if _debtors_phone(world, point)]
    span = world.stretch()
    chosen = phones if world.random.random() < 0.5 else phones[:1]
    for name in chosen:
        world.raw["points"][name]["valid"] = [span]
    world.wants["third"] = 3


def _debtors_phone(world: World, point: dict) -> bool:  # type: ignore[type-arg]
    return world.name("debtor") in point["persons"] and point["kind"] == "phone"


def stale_check(world: World) -> None:
    """The last check of the debtor's numbers turns sixty days old inside the world."""
    at = world.moment()
    for name in ("debtor.phone", "debtor.phone2", "landline"):
        world.raw["points"][world.name(name)]["confirmed"] = [text_of(at - timedelta(days=60))]
    world.wants["messages"] = 2


def new_role(world: World) -> None:
    """A contact person becomes a guarantor, or stops being one, at an instant."""
    at = text_of(world.moment())
    for debt in world.raw["debts"].values():
        before, after = world.random.sample(["contact_person", "guarantor", "family"], 2)
        person = world.name("contact_person")
        debt["roles"] = [row for row in debt["roles"] if row["person"] != person] + [
            {"person": person, "role": before, "to": at},
            {"person": person, "role": after, "from": at},
        ]
    world.wants["third"] = 4


def consented(world: World) -> None:
    row = {"person": world.name("debtor"), "debt": world.random.choice(world.debts)}
    at = world.moment()
    row |= {"from": at.isoformat(), "to": (at + timedelta(days=world.random.choice((1, 7)))).isoformat()}
    world.edges.append(datetime.fromisoformat(row["to"]))
    world.raw["consents"].append(row)
    world.wants["burst"] = 3


def unfiled(world: World) -> None:
    for name in ("filed", "bad0"):
        world.raw["contents"][world.name(name)]["approved"] = [world.stretch()]
    want(notice=2, messages=1)(world)


def unreachable(world: World) -> None:
    world.failing = 0.85
    world.wants["third"] = 4


def unclear(world: World) -> None:
    world.uncertain = 0.25


def hears_no(world: World) -> None:
    world.refusing = 0.3
    want(third=2, robot=2, messages=1)(world)


TROUBLES: tuple[Trouble, ...] = (
    want(hours=4), want(burst=4), want(burst=3, robot=2), want(robot=5), want(notice=5), want(notice=7), want(visit=5), want(flags=4),
    want(third=3), want(third=6), want(messages=3), want(hours=3, visit=3), want(redial=6), want(redial=5),
    moved, agreed, agreed, held, held, represented, cleared, cleared, recalled, dead_number, stale_check, new_role, consented,
    unfiled, unreachable, unreachable, unclear, hears_no, hears_no,
    refuse("contact", *ROLES[:3], third=5), refuse("cease", "debtor", "guarantor"), refuse("robot", "debtor", robot=4),
    refuse("channel", "debtor", "guarantor", messages=4), refuse("channel", "debtor", burst=2),
    refuse("mediation", "debtor"),
    on_debt("disputes"), on_debt("complaints"), on_debt("plans"), on_debt("time_barred", suit=4),
    on_person("deceased", "debtor", "guarantor", third=3), on_person("minor", "debtor", "contact_person"),
    on_person("incapacitated", "debtor", third=3), site("live"), site("filing"),
)  # fmt: skip


def bend(world: World) -> World:
    """One to three troubles."""
    for trouble in world.random.sample(TROUBLES, world.random.choice((1, 2, 2, 3))):
        trouble(world)
    return world
