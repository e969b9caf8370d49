"""Facts of a jurisdiction question from JSON: every key is known, every value of its kind, or a sentence says which is not.

Nothing is guessed: an absent key is unknown, and the answer says what is missing. The keys are the fields of
`JurisdictionFacts`; `contracts/jurisdiction-facts.schema.json` describes them (a test holds the two together).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any

from jieqing.claims.entitlements.engine.jurisdiction_facts import (
    Aim,
    Arbitration,
    Dispute,
    JurisdictionFacts,
    Link,
)
from jieqing.kernel.outcomes import Problem, ProblemKind, is_problem

PLACE_CHARS_MAX = 60
AMOUNT_MAX_FEN = 10**17
CHOICES: Mapping[str, type[StrEnum]] = {
    "dispute": Dispute,
    "aim": Aim,
    "arbitration": Arbitration,
    "agreed_link": Link,
}
PLACES = tuple(
    field.name for field in fields(JurisdictionFacts) if field.name.endswith(("_place", "_residence"))
)
FLAGS = tuple(field.name for field in fields(JurisdictionFacts) if field.name.startswith(("is_", "has_")))
UNKNOWN_FLAGS = frozenset({"is_performed", "is_same_province"})


def read_jurisdiction_facts(text: str) -> JurisdictionFacts | Problem:
    """Example:
    >>> read_jurisdiction_facts('{"dispute": "sale", "debtor_place": "金华"}').debtor_place
    '金华'
    """
    try:
        told = json.loads(text)
    except ValueError:
        return Problem.of(NOT_JSON)
    if not isinstance(told, dict):
        return Problem.of(NOT_JSON)
    if "dispute" not in told:
        return Problem.of(DISPUTE_MISSING, choices=_listed(Dispute))
    values: dict[str, Any] = {}
    for key, value in told.items():
        read = _read(str(key), value)
        if is_problem(read):
            return read
        values[key] = read
    return JurisdictionFacts(**values)


def _read(key: str, value: object) -> object:
    if key in CHOICES:
        found = CHOICES[key]
        return (
            found(str(value))
            if value in list(found)
            else Problem.of(CHOICE_WRONG, key=key, choices=_listed(found))
        )
    if key in PLACES:
        return _place(key, value)
    if key in FLAGS:
        is_good = isinstance(value, bool) or (value is None and key in UNKNOWN_FLAGS)
        return value if is_good else Problem.of(FLAG_WRONG, key=key)
    if key == "amount_fen":
        is_good = value is None or (type(value) is int and 0 <= value <= AMOUNT_MAX_FEN)
        return value if is_good else Problem.of(AMOUNT_WRONG)
    return Problem.of(KEY_UNKNOWN, key=key[:40])


def _place(key: str, value: object) -> str | None | Problem:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > PLACE_CHARS_MAX:
        return Problem.of(PLACE_WRONG, key=key, most=PLACE_CHARS_MAX)
    return value.strip() or None


def _listed(found: type[StrEnum]) -> str:
    return ", ".join(one.value for one in found)


_SCHEMA_ZH = "字段见 contracts/jurisdiction-facts.schema.json。"
_SCHEMA_EN = "See contracts/jurisdiction-facts.schema.json for the keys."
NOT_JSON = ProblemKind(
    "jurisdiction.not_json",
    "管辖事实不是一个 JSON 对象。",
    "The facts of jurisdiction are no JSON object.",
    _SCHEMA_ZH,
    _SCHEMA_EN,
)
DISPUTE_MISSING = ProblemKind(
    "jurisdiction.dispute_missing",
    "缺少 dispute（是什么纠纷）。",
    "`dispute` (what the dispute is about) is missing.",
    "请填写其中之一：{choices}。",
    "Give one of: {choices}.",
)
CHOICE_WRONG = ProblemKind(
    "jurisdiction.choice_wrong",
    "{key} 的取值不在列表中。",
    "The value of {key} is not in the list.",
    "请填写其中之一：{choices}。",
    "Give one of: {choices}.",
)
PLACE_WRONG = ProblemKind(
    "jurisdiction.place_wrong",
    "{key} 须为不超过 {most} 个字的地名。",
    "{key} has to be the name of a place of at most {most} characters.",
    "例如“无锡市滨湖区”。",
    "For example “无锡市滨湖区”.",
)
FLAG_WRONG = ProblemKind(
    "jurisdiction.flag_wrong",
    "{key} 须为 true 或 false。",
    "{key} has to be true or false.",
    "不知道就不写这一项。",
    "Leave the key out when it is unknown.",
)
AMOUNT_WRONG = ProblemKind(
    "jurisdiction.amount_wrong",
    "amount_fen 须为以分计的整数。",
    "amount_fen has to be a whole number of fen.",
    "10 万元写作 10000000。",
    "¥100,000 is 10000000.",
)
KEY_UNKNOWN = ProblemKind(
    "jurisdiction.key_unknown",
    "不认识字段“{key}”。",
    "There is no key “{key}”.",
    _SCHEMA_ZH,
    _SCHEMA_EN,
)
