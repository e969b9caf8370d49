"""The tables of fees: brackets, rates and notes as the State Council and the ministries set them.

A bracket is (upper edge in fen, rate in ten-thousandths); the edge None has no end, the rate None is a flat sum. Kinds
derived from the property-case table (half, appeal, payment order, bankruptcy) share it and differ by a fraction.

Source: 诉讼费用交纳办法 articles 13 to 22; 民事诉讼法解释 195; 司发通〔2021〕87号 (sixth and seventh points).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jieqing.claims.entitlements.engine.citations import Citation, cite
from jieqing.kernel.money import Rounding

Bracket = tuple[int | None, int | None]
Note = tuple[str, str, Citation]


class FeeKind(StrEnum):
    """Which fee. Values are part of the command line and of links: never rename one."""

    CASE = "case"
    HALF = "half"
    APPEAL = "appeal"
    PAYMENT_ORDER = "payment_order"
    PRESERVATION = "preservation"
    ENFORCEMENT = "enforcement"
    BANKRUPTCY = "bankruptcy"
    AGENCY_CAP = "agency_cap"


@dataclass(frozen=True, slots=True)
class Schedule:
    """How one kind of fee is counted: brackets, then a share of their sum, then a cap."""

    brackets: tuple[Bracket, ...]
    flat_fen: int
    citation: Citation
    table: Citation
    notes: tuple[Note, ...]
    numer: int = 1
    denom: int = 1
    share_rule: str = ""
    cap_fen: int | None = None
    rounding: Rounding = Rounding.HALF_UP
    closings: Mapping[str, Note] = field(default_factory=dict)


def _wan(count: int) -> int:
    return count * 1_000_000


_CASE_BRACKETS: tuple[Bracket, ...] = (
    (_wan(1), None),
    (_wan(10), 250),
    (_wan(20), 200),
    (_wan(50), 150),
    (_wan(100), 100),
    (_wan(200), 90),
    (_wan(500), 80),
    (_wan(1000), 70),
    (_wan(2000), 60),
    (None, 50),
)
_ENFORCEMENT_BRACKETS: tuple[Bracket, ...] = (
    (_wan(1), None),
    (_wan(50), 150),
    (_wan(500), 100),
    (_wan(1000), 50),
    (None, 10),
)
_PRESERVATION_BRACKETS: tuple[Bracket, ...] = ((100_000, None), (_wan(10), 100), (None, 50))
_AGENCY_BRACKETS: tuple[Bracket, ...] = (
    (_wan(100), 1800),
    (_wan(500), 1500),
    (_wan(1000), 1200),
    (_wan(5000), 900),
    (None, 600),
)

_CASE = cite("fee_measures", 13, "第（一）项", "(1)")
_ENFORCEMENT = cite("fee_measures", 14, "第（一）项", "(1)")
_PRESERVATION = cite("fee_measures", 14, "第（二）项", "(2)")
_THIRD = cite("fee_measures", 14, "第（三）项", "(3)")
_BANKRUPTCY = cite("fee_measures", 14, "第（六）项", "(6)")
_AGENCY = cite("lawyer_fees", 0, "第（六）（七）项", ", points 6 and 7")

_PREPAY: Note = (
    "原告自接到交费通知次日起 7 日内预交。",
    "The plaintiff prepays within 7 days from the day after the court's notice.",
    cite("fee_measures", 22),
)
_LOSER: Note = (
    "由败诉方负担；部分胜诉的由法院决定各自负担的数额。",
    "The losing party bears it; the court splits it when both win in part.",
    cite("fee_measures", 29),
)
_TOP_UP: Note = (
    "增加请求数额的补交；法庭调查终结前减少的退还。",
    "A larger claim is topped up; one reduced before the court's inquiry ends is refunded.",
    cite("fee_measures", 21),
)
_HALF_ONCE: Note = (
    "调解结案、撤诉（第15条）、简易程序（第16条）、合并审理的反诉（第18条）减半；同一案件不重复减半（实务做法）。",
    "Half for settlement or withdrawal (15), simplified procedure (16), a joined counterclaim (18); never halved twice (practice).",
    cite("fee_measures", 16),
)

SCHEDULES: Mapping[FeeKind, Schedule] = {
    FeeKind.CASE: Schedule(_CASE_BRACKETS, 5_000, _CASE, _CASE, (_PREPAY, _TOP_UP, _LOSER)),
    FeeKind.HALF: Schedule(
        _CASE_BRACKETS,
        5_000,
        cite("fee_measures", 16, "（另见第15、18条）", " (also 15, 18)"),
        _CASE,
        (_HALF_ONCE, _LOSER),
        denom=2,
        share_rule="half",
        closings={"half": ("减半交纳", "half of it", cite("fee_measures", 16))},
    ),
    FeeKind.APPEAL: Schedule(
        _CASE_BRACKETS,
        5_000,
        cite("fee_measures", 17),
        _CASE,
        (
            (
                "按不服一审判决部分的上诉请求数额计算，提交上诉状时预交。",
                "By the amount appealed, prepaid when the appeal is filed.",
                cite("fee_measures", 17),
            ),
            _LOSER,
        ),
    ),
    FeeKind.PAYMENT_ORDER: Schedule(
        _CASE_BRACKETS,
        5_000,
        _THIRD,
        _CASE,
        (
            (
                "支付令失效后转入诉讼的，补交案件受理费。",
                "When the order lapses and the case goes to suit, the case fee is topped up.",
                cite("procedure_reading", 195),
            ),
        ),
        denom=3,
        share_rule="third",
        closings={"third": ("按三分之一交纳", "a third of it", _THIRD)},
    ),
    FeeKind.PRESERVATION: Schedule(
        _PRESERVATION_BRACKETS,
        3_000,
        _PRESERVATION,
        _PRESERVATION,
        (
            (
                "按实际保全的财产数额计算，申请时预交。",
                "By the amount actually preserved, prepaid.",
                _PRESERVATION,
            ),
        ),
        cap_fen=500_000,
        closings={"cap": ("最多不超过 5000 元", "no more than ¥5,000", _PRESERVATION)},
    ),
    FeeKind.ENFORCEMENT: Schedule(
        _ENFORCEMENT_BRACKETS,
        5_000,
        _ENFORCEMENT,
        _ENFORCEMENT,
        (
            (
                "申请人不预交，执行后交纳。",
                "Not prepaid; taken after enforcement.",
                cite("fee_measures", 20, "第二款", "(2)"),
            ),
            (
                "没有执行金额或者价额的，每件 50 元至 500 元。",
                "Where there is no amount, ¥50 to ¥500.",
                _ENFORCEMENT,
            ),
        ),
    ),
    FeeKind.BANKRUPTCY: Schedule(
        _CASE_BRACKETS,
        5_000,
        _BANKRUPTCY,
        _CASE,
        (
            (
                "按破产财产总额计算，清算后交纳。",
                "By the whole estate, paid after liquidation.",
                cite("fee_measures", 20),
            ),
        ),
        denom=2,
        share_rule="half",
        cap_fen=30_000_000,
        closings={
            "half": ("减半交纳", "half of it", _BANKRUPTCY),
            "cap": ("最高不超过 30 万元", "no more than ¥300,000", _BANKRUPTCY),
        },
    ),
    FeeKind.AGENCY_CAP: Schedule(
        _AGENCY_BRACKETS,
        0,
        _AGENCY,
        _AGENCY,
        (
            (
                "这是风险代理收费的上限，不是应收的费用；须签专门书面合同并作醒目提示。",
                "This is the most a success fee may be, not a price; it needs a separate written contract and a clear notice.",
                _AGENCY,
            ),
            (
                "刑事、行政、国家赔偿、群体性诉讼、婚姻继承、社会保险待遇、赡养抚养扶养费、抚恤金、工伤赔偿、劳动报酬案件禁止风险代理。",
                "No success fee in criminal, administrative, state-compensation, mass, family, social-insurance, support, "
                "injury or wage cases.",
                _AGENCY,
            ),
        ),
        rounding=Rounding.DOWN,
    ),
}
