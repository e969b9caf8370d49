"""Contacts and packs drawn from a seed, close to every edge: for the agreement of interpreter, compiled function and kernel."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from jieqing.trust.compliance.engine.vocabulary import FACTS, GRANTS, VALUES, Kind

# Zones with and without a change of clocks; the last two are not known to anybody.
ZONES = ("Asia/Shanghai",) * 6 + (
    "America/New_York",
    "America/Los_Angeles",
    "Europe/London",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Mars/Base",
    "",
)
# Days when clocks change in New York, London, Auckland; when packs come into force; any day.
DAYS = (
    (2026, 3, 8), (2026, 11, 1), (2026, 3, 29), (2026, 10, 25), (2026, 4, 5), (2025, 2, 27), (2025, 2, 28),
    (2026, 1, 29), (2026, 1, 30), (2025, 8, 31), (2025, 9, 1), (2026, 11, 22), (2026, 7, 1), (2024, 2, 29),
)  # fmt: skip
TIMES = (
    (21, 59, 59), (22, 0, 0), (7, 59, 59), (8, 0, 0), (0, 0, 0), (23, 59, 59), (20, 59, 59), (21, 0, 0), (1, 30, 0),
    (2, 30, 0), (12, 0, 0), (10, 0, 0), (15, 30, 0), (22, 30, 0),
)  # fmt: skip
HOURS: tuple[Any, ...] = (
    None, None, None, None, "20:00-23:00", ["22:00", "23:30"], [["06:00", "07:30"], ["22:30", "23:00"]],
    {"from": "21:00", "to": "02:00"}, "late", False, [], [["23:00", "24:00"]],
)  # fmt: skip


def moment(chance: random.Random, zone: str) -> str:
    """An instant near an edge of the zone's local day."""
    known = ZoneInfo(zone) if zone not in ("", "Mars/Base") else ZoneInfo("Asia/Shanghai")
    day, time = chance.choice(DAYS), chance.choice(TIMES)
    if chance.random() < 0.4:
        time = (chance.randrange(24), chance.randrange(60), chance.randrange(60))
    at = datetime(*day, *time, tzinfo=known, fold=chance.randrange(2)).astimezone(UTC)
    return _written(at, chance)


def _written(at: datetime, chance: random.Random) -> str:
    if chance.random() < 0.3:
        return at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return at.astimezone(ZoneInfo(chance.choice(("Asia/Shanghai", "America/New_York", "UTC")))).isoformat()


def random_contact(chance: random.Random, absent: float = 0.03) -> dict[str, Any]:
    """One contact; about one in two is ordinary enough to pass some rules."""
    calm = chance.random() < 0.5
    zone = chance.choice(ZONES)
    at = moment(chance, zone)
    found: dict[str, Any] = {}
    for name, kind in FACTS.items():
        value = _value(name, kind, chance, calm)
        if chance.random() < absent:
            # Absent in either shape; an instant that is null would be known: it never was.
            if kind is Kind.INSTANT or chance.random() < 0.5:
                continue
            value = None
        elif name == "at":
            value = at if chance.random() > 0.01 else "2026-11-22T10:00:00"
        elif name == "timezone":
            value = zone
        elif kind is Kind.INSTANT:
            value = _earlier(at, chance)
        holder, _, inner = name.partition(".")
        if inner:
            found.setdefault(holder, {})[inner] = value
        else:
            found[name] = value
    if chance.random() < absent:
        found.pop(chance.choice(("counts", "staff", "site")), None)
    return found


def _earlier(at: str, chance: random.Random) -> str | None:
    if chance.random() < 0.4:
        return None
    base = datetime.fromisoformat(at)
    back = timedelta(
        days=chance.choice((0, 0, 1, 6, 7, 8, 30)),
        hours=chance.choice((0, 0, 1, 23, 24)),
        seconds=chance.choice((-1, 0, 1)),
    )
    return _written((base - back).astimezone(UTC), chance)


def _value(name: str, kind: Kind, chance: random.Random, calm: bool) -> Any:
    match kind:
        case Kind.BOOL:
            good = name in (
                "number_valid", "identity_verified", "ai_label", "recording_notice", "script_filed", "site.live",
                "site.filing_valid", "placement_active",
            )  # fmt: skip
            return good if calm and chance.random() < 0.97 else chance.random() < 0.5
        case Kind.COUNT:
            return chance.choice((0, 0, 1, 2)) if calm else chance.choice((0, 1, 2, 3, 4, 5, 6, 7, 8, 100))
        case Kind.TEXTS:
            known = sorted(VALUES[name])
            if name == "staff.clearances" and calm:
                return ["pledge", "background", "exam", "level_basic", "annual_training"]
            return chance.sample(known, chance.choice((0, 0, 0, 1, 1, 2, 3))) if not calm else []
        case Kind.HOURS:
            return chance.choice(HOURS)
        case _:
            known = [*sorted(VALUES.get(name, ("CN",))), "no such value"]
            if calm and name in _CALM:
                return chance.choice(_CALM[name])
            return chance.choice(known)


_CALM = {
    "jurisdiction": ("CN", "CN", "CN", "US", "UK"),
    "purpose": ("collect", "collect", "locate", "plan_offer", "legal_notice"),
    "role": ("debtor", "debtor", "debtor", "guarantor", "contact_person"),
    "scan_verdict": ("clean", "clean", "clean", "needs_approval"),
}


def random_pack(chance: random.Random, name: str) -> dict[str, Any]:
    """A pack of rules nobody wrote: every form of predicate, deep and shallow."""
    words = {"zh": "文", "en": "text"}
    rules = []
    for number in range(chance.randrange(1, 9)):
        rule: dict[str, Any] = {
            "id": f"{name}-{number}",
            "verdict": chance.choice(("deny", "deny", "needs_approval")),
            "confidence": "high",
            "article": words,
            "text": words,
            "when": _predicate(chance, 3, positive=True),
        }
        lift = chance.choice(
            (None, "opening", "opening", "next_day", {"after": "last_contact_at", "hours": 168},
             {"after": "last_conversation_at", "days": 7})
        )  # fmt: skip
        if lift == "opening":
            window = {"window": chance.choice((["22:00", "08:00"], ["21:00", "08:00"], ["12:00", "14:00"]))}
            rule["when"] = {"all": [window, rule["when"]]}
        if lift:
            rule["not_before"] = lift
        if chance.random() < 0.2:
            rule["effective"] = {"from": "2026-01-30"} if chance.random() < 0.5 else {"to": "2026-11-01"}
        rules.append(rule)
    return {
        "pack": name, "title": words, "source": "policy",
        "jurisdiction": chance.choice(("CN", "US", "UK", "any", "any")), "rules": rules,
    }  # fmt: skip


def _predicate(chance: random.Random, depth: int, *, positive: bool) -> dict[str, Any]:
    draw = chance.random()
    if depth and draw < 0.35:
        return {"all": _parts(chance, depth, positive=positive)}
    if depth and draw < 0.55:
        return {"any": _parts(chance, depth, positive=positive)}
    if depth and draw < 0.7:
        return {"not": _predicate(chance, depth - 1, positive=not positive)}
    return _atom(chance, positive=positive)


def _parts(chance: random.Random, depth: int, *, positive: bool) -> list[dict[str, Any]]:
    return [_predicate(chance, depth - 1, positive=positive) for _ in range(chance.randrange(1, 4))]


def _atom(chance: random.Random, *, positive: bool) -> dict[str, Any]:
    if not positive and chance.random() < 0.15:
        return {"granted": chance.choice(sorted(GRANTS))}
    if positive and chance.random() < 0.08:
        return {"outside": "agreed_hours"}
    name, kind = chance.choice(list(FACTS.items()))
    match kind:
        case Kind.BOOL:
            return {"fact": name, "is": chance.random() < 0.5}
        case Kind.COUNT:
            return {"fact": name, chance.choice(("at_least", "less_than")): chance.randrange(1, 8)}
        case Kind.TEXTS if name == "opted_out":
            return {"fact": name, "has_fact": "channel"}
        case Kind.TEXTS:
            return {"fact": name, "has": chance.choice(sorted(VALUES[name]))}
        case Kind.INSTANT if name != "at":
            form = chance.choice(("less_than_days", "less_than_hours", "at_least_days", "at_least_hours"))
            return {"since": name, form: chance.choice((1, 7, 24, 168))}
        case Kind.TEXT if name in VALUES:
            known = sorted(VALUES[name])
            return {"fact": name, "in": chance.sample(known, chance.randrange(1, min(4, len(known))))}
        case _:
            return {"window": chance.choice((["22:00", "08:00"], ["08:00", "21:00"], ["02:15", "02:45"]))}
