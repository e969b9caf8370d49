"""The level of the court of first instance, by the amount and by where the parties live.

Most cases begin at a basic court. An intermediate court takes a civil case from 500 million 元 when the parties both
live in the court's province or both outside it, from 100 million when one of them lives outside; a high court from
5 billion. Both figures are cited from memory and must be checked; foreign cases, and provinces with figures of their
own, differ, which the answer says.

Source: 民事诉讼法 18 to 20; 法发〔2021〕27号; 法发〔2019〕14号.
"""

from __future__ import annotations

from enum import StrEnum

from jieqing.claims.entitlements.engine.citations import cite
from jieqing.claims.entitlements.engine.deadlines import Reason
from jieqing.claims.entitlements.engine.jurisdiction_facts import JurisdictionFacts

YI_FEN = 10_000_000_000
INTERMEDIATE_WITHIN_FEN = 5 * YI_FEN
INTERMEDIATE_ACROSS_FEN = YI_FEN
HIGH_FEN = 50 * YI_FEN


class Level(StrEnum):
    BASIC = "basic"
    INTERMEDIATE = "intermediate"
    HIGH = "high"


Answer = tuple[Level | None, Reason, tuple[Reason, ...], tuple[Reason, ...]]


def level_of(facts: JurisdictionFacts) -> Answer:
    """Return the level (None when it cannot be said), why, what is missing and what to check."""
    rule = cite("level_notice", 0)
    basic = cite("civil_procedure", 18)
    amount, checks = facts.amount_fen, (_check(facts),)
    if amount is None:
        missing = Reason("标的额（决定级别）", "the amount, which decides the level", basic)
        return None, Reason("标的额不明，级别待定", "the amount is unknown", basic), (missing,), checks
    if amount >= HIGH_FEN:
        high = cite("high_court_notice", 0)
        return Level.HIGH, Reason("标的额 50 亿元以上，高级法院", "5 billion or more", high), (), checks
    if amount >= INTERMEDIATE_WITHIN_FEN:
        return Level.INTERMEDIATE, Reason("标的额 5 亿元以上", "500 million or more", rule), (), checks
    if amount < INTERMEDIATE_ACROSS_FEN:
        small = () if not facts.is_foreign else checks
        return Level.BASIC, Reason("标的额不足 1 亿元，基层法院", "below 100 million", basic), (), small
    if facts.is_same_province is None:
        missing = Reason(
            "双方住所地是否都在（或都不在）受理法院所在省",
            "whether both parties live in (or both outside) the court's province",
            rule,
        )
        said = Reason(
            "标的额 1 亿至 5 亿元，级别看双方住所地", "100 to 500 million: the parties' homes decide", rule
        )
        return None, said, (missing,), checks
    if facts.is_same_province:
        return (
            Level.BASIC,
            Reason("双方同省且不足 5 亿元", "one province, below 500 million", rule),
            (),
            checks,
        )
    said = Reason("一方在省外且 1 亿元以上", "one party outside the province, 100 million or more", rule)
    return Level.INTERMEDIATE, said, (), checks


def _check(facts: JurisdictionFacts) -> Reason:
    if facts.is_foreign:
        foreign = cite("civil_procedure", 19)
        return Reason("涉外案件另有标准，须核对", "foreign cases have figures of their own: check", foreign)
    return Reason(
        "级别管辖标准以受理法院所在省市的现行规定为准，须核对",
        "the figures in force at the court's province decide: check them",
        cite("level_notice", 0),
    )
