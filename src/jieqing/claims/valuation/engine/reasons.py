"""Reasons in words: what cost a debtor points, most first, zh and en. Codes stand in rows and JSON: never rename."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jieqing.claims.valuation.engine.marks import MARK_POINTS, Mark
from jieqing.claims.valuation.engine.scorecard import (
    FEATURES,
    REASON_POINTS_MIN,
    REASONS_MAX,
    SHORT_HISTORY,
    Grade,
)

# code: (short zh, short en, sentence zh, sentence en); the sentence takes {value}.
_WORDS: dict[str, tuple[str, str, str, str]] = {
    "late_days": (
        "平均晚 {value} 天",
        "{value} days late",
        "按金额加权平均晚付 {value} 天（越近的账权重越大）",
        "pays {value} days late on average, weighted by amount and recency",
    ),
    "very_late_share": (
        "{value} % 晚 30 天以上",
        "{value} % over 30 days",
        "{value} % 的金额晚付超过 30 天",
        "{value} % of the amount is paid more than 30 days late",
    ),
    "worst_days": (
        "最长逾期 {value} 天",
        "{value} days past due",
        "现有未付单据最长逾期 {value} 天",
        "the oldest unpaid document is {value} days past due",
    ),
    "recent_days": (
        "近 90 天晚 {value} 天",
        "{value} days late lately",
        "近 90 天到期的账平均晚付 {value} 天",
        "what fell due in the last 90 days is {value} days late on average",
    ),
    "credited_share": (
        "红字占 {value} %",
        "{value} % credited",
        "一年内红字和贷项占开票额 {value} %",
        "{value} % of a year's invoices were credited back",
    ),
    "in_default": (
        "违约",
        "in default",
        "逾期 90 天以上的欠款已达一年开票额的一成以上，推定违约（会计准则第22号第53条）",
        "debts more than 90 days past due reach a tenth of a year's invoices: presumed default (CAS 22 art. 53)",
    ),
    "insolvent": (
        "破产程序",
        "insolvency",
        "债务人进入破产程序或已宣告破产，视同违约（会计准则第22号第40条）",
        "the debtor is in insolvency proceedings or bankrupt: counts as default (CAS 22 art. 40)",
    ),
    "hardship": (
        "经济困难",
        "hardship",
        "债务人经济困难，案件因此暂停",
        "the debtor is in hardship",
    ),
    "disputed": (
        "有异议",
        "disputed",
        "债务人对欠款提出异议，尚未办结",
        "the debtor disputes a debt; the dispute is open",
    ),
    "short_history": (
        "历史短",
        "short history",
        "到期单据不足 {value} 张，主要按全部客户的平均水平估计",
        "fewer than {value} documents fell due: mostly the average of all debtors",
    ),
    "pays_on_time": ("按时付款", "pays on time", "基本按时付款", "pays about on time"),
    "book_mix": (
        "加权违约率 {value} %",
        "weighted PD {value} %",
        "按敞口加权，债务人的违约概率为 {value} %",
        "the debtors' probability of default is {value} %, weighted by exposure",
    ),
    "book_overdue": (
        "逾期占 {value} %",
        "{value} % overdue",
        "逾期金额占 {value} %",
        "{value} % of the amount is overdue",
    ),
    "book_largest": (
        "最大户占 {value} %",
        "largest {value} %",
        "最大债务人占 {value} %",
        "the largest debtor holds {value} %",
    ),
}
_SHARES = {"very_late_share", "credited_share"}


@dataclass(frozen=True, slots=True)
class Reason:
    """``value`` is a whole number (days or per cent); ``points`` what it cost."""

    code: str
    value: int
    points: int

    def short(self, lang: str) -> str:
        return _WORDS[self.code][0 if lang == "zh" else 1].format(value=self.value)

    def text(self, lang: str) -> str:
        return _WORDS[self.code][2 if lang == "zh" else 3].format(value=self.value)

    def as_dict(self, lang: str) -> dict[str, object]:
        return {"code": self.code, "text": self.text(lang), "points": self.points}


def reasons_of(values: Sequence[int], points: Sequence[int], grade: int, invoices_due: int) -> list[Reason]:
    """Most points first, at most ``REASONS_MAX`` of the costs, then what else must be known.

    ``values`` are as kept in rows: days, and shares in hundredths of a per cent.
    """
    marks = Mark(values[len(FEATURES)]) if len(values) > len(FEATURES) else Mark.NONE
    found = []
    if grade == Grade.D:
        found.append(Reason("insolvent" if marks & Mark.INSOLVENT else "in_default", 0, 0))
    costs = [
        (cost, -at, name)
        for at, (name, cost) in enumerate(zip(FEATURES, points[: len(FEATURES)], strict=True))
        if cost >= REASON_POINTS_MIN
    ]
    # A mark is always told, however many points other things cost.
    found += [
        Reason(name, 0, MARK_POINTS[mark])
        for name, mark in (("hardship", Mark.HARDSHIP), ("disputed", Mark.DISPUTED))
        if mark & marks
    ]
    for cost, at, name in sorted(costs, reverse=True)[:REASONS_MAX]:
        value = values[-at]
        found.append(Reason(name, round(value / 100) if name in _SHARES else value, cost))
    if invoices_due < SHORT_HISTORY:
        found.append(Reason("short_history", SHORT_HISTORY, 0))
    elif not found:
        found.append(Reason("pays_on_time", 0, 0))
    return found


def costs_of(values: Sequence[int], points: Sequence[int]) -> list[Reason]:
    """Every feature and mark with what it cost, most first: the score is 1000 less their sum, never below 0."""
    found = [
        Reason(name, round(values[at] / 100) if name in _SHARES else values[at], points[at])
        for at, name in enumerate(FEATURES)
    ]
    marks = Mark(values[len(FEATURES)]) if len(values) > len(FEATURES) else Mark.NONE
    found += [
        Reason(name, 0, MARK_POINTS.get(mark, 0))
        for name, mark in (
            ("hardship", Mark.HARDSHIP),
            ("disputed", Mark.DISPUTED),
            ("insolvent", Mark.INSOLVENT),
        )
        if mark & marks
    ]
    return sorted(found, key=lambda one: -one.points)


def kept_values(row: Sequence[float]) -> list[int]:
    """Features as rows keep them: whole days; shares in hundredths of a per cent.

    Example:
        >>> kept_values([12.4, 0.25, 40.0, 3.0, 0.0])
        [12, 2500, 40, 3, 0]
    """
    return [
        round(value * 10_000) if name in _SHARES else round(value)
        for name, value in zip(FEATURES, row, strict=True)
    ]


def book_reasons(values: Sequence[int]) -> list[Reason]:
    """Of a creditor's whole book: weighted probability, overdue share, largest debtor; hundredths of a per cent."""
    codes = ("book_mix", "book_overdue", "book_largest")
    return [Reason(code, round(value / 100), 0) for code, value in zip(codes, values, strict=True)]
