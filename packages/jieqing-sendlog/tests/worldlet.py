"""A small register and a contact in which nothing is wrong; each test spoils one thing."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import Any

from jieqing_sendlog import check, read_contact, read_register

ALWAYS = [[None, None]]
PEOPLE = ("debtor", "guarantor", "contact", "neighbour", "lawyer")
CLEARANCES = ("pledge", "background", "exam", "annual_training", "level_basic")
ELEMENTS = ["holder", "reason", "rights", "ways", "contact", "seal", "other"]
NOON = "2026-11-10T12:00:00+08:00"

_REGISTER: dict[str, Any] = {
    "format": "jieqing/send-register/1",
    "persons": {who: {"zones": [[None, "Asia/Shanghai"]]} for who in PEOPLE},
    "points": {
        **{f"{who}.phone": {"persons": [who], "kind": "phone"} for who in PEOPLE},
        **{f"{who}.email": {"persons": [who], "kind": "email"} for who in PEOPLE},
    },
    "creditors": {"bank": {"kind": "bank"}, "other": {"kind": "bank"}},
    "debts": {
        name: {
            "creditor": creditor,
            "kind": "consumer",
            "jurisdiction": "CN",
            "debtor": "debtor",
            "roles": [
                {"person": "guarantor", "role": "guarantor"},
                {"person": "contact", "role": "contact_person"},
                {"person": "lawyer", "role": "lawyer"},
            ],
        }
        for name, creditor in (("loan", "bank"), ("second", "bank"), ("third", "other"))
    },
    "sites": {
        "desk": {"kind": "in_house", "live": ALWAYS, "filing": ALWAYS},
        "agency": {"kind": "outsourcing", "live": ALWAYS, "filing": ALWAYS},
    },
    "staff": {
        name: {"site": "desk", "clearances": dict.fromkeys(CLEARANCES, ALWAYS)} for name in ("ann", "bob")
    },
    "contents": {"filed": {"text": "【结清】请回电，退订回T", "approved": ALWAYS, "elements": ELEMENTS}},
    "placements": [
        {"debt": debt, "site": site} for debt in ("loan", "second", "third") for site in ("desk", "agency")
    ],
}


def register(**tables: Any) -> dict[str, Any]:
    """The register with members merged in, one level deep: ``persons={"debtor": {"minor": ...}}``."""
    made = copy.deepcopy(_REGISTER)
    for table, value in tables.items():
        if isinstance(value, list):
            made[table] = made.get(table, []) + value
            continue
        for name, row in value.items():
            made.setdefault(table, {})[name] = {**made.get(table, {}).get(name, {}), **row}
    return made


def abroad(law: str, zone: str) -> dict[str, Any]:
    """Members that move everybody and every debt to another jurisdiction."""
    return {
        "debts": {
            name: {"jurisdiction": law, "validation_notice_at": "2026-01-01T00:00:00Z"}
            for name in ("loan", "second", "third")
        },
        "persons": {who: {"zones": [[None, zone]]} for who in PEOPLE},
    }


def merged(*parts: dict[str, Any]) -> dict[str, Any]:
    """Members of several parts, merged two levels deep."""
    made: dict[str, Any] = {}
    for part in parts:
        for table, value in part.items():
            if isinstance(value, list):
                made[table] = made.get(table, []) + value
            else:
                rows = made.setdefault(table, {})
                for name, row in value.items():
                    rows[name] = {**rows.get(name, {}), **row}
    return made


_numbers = iter(range(10**9))


def contact(at: str = NOON, **keys: Any) -> dict[str, Any]:
    """A lawful call to the debtor."""
    made = {
        "id": f"c{next(_numbers)}",
        "at": at,
        "channel": "voice_human",
        "by": "human",
        "point": f"{keys.get('person', 'debtor')}.phone",
        "person": "debtor",
        "creditor": "other" if keys.get("debt") == "third" else "bank",
        "debt": "loan",
        "site": "desk",
        "purpose": "collect",
        "outcome": "effective",
        "discloses_debt": keys.get("person", "debtor") == "debtor",
        "identity_verified": True,
        "stated_identity": True,
        "recorded": True,
        "ai_label": True,
        "opt_out_offered": True,
        "content": "filed",
        "staff": ["ann"],
    }
    return {**made, **keys}


def later(at: str, **by: float) -> str:
    return (datetime.fromisoformat(at) + timedelta(**by)).isoformat()


def spread(
    count: int, *, every: timedelta = timedelta(minutes=1), at: str = NOON, **keys: Any
) -> list[dict[str, Any]]:
    """So many contacts at even distances."""
    first = datetime.fromisoformat(at)
    return [contact((first + every * n).isoformat(), **keys) for n in range(count)]


def found(*contacts: dict[str, Any], **tables: Any) -> list[tuple[str, str]]:
    """Row and reading of every violation."""
    standing = read_register(register(**tables))
    return [(f.row, f.reading) for f in check([read_contact(row) for row in contacts], standing)]


def rows(*contacts: dict[str, Any], **tables: Any) -> set[str]:
    return {row for row, _ in found(*contacts, **tables)}
