"""Court fees and the cap of a lawyer's success fee: what a step costs, bracket by bracket.

Six fees of the court and one cap. The fee of a property case is progressive: each bracket's rate applies to the part
of the amount inside it, and the first bracket is a flat sum. Half of it is due when a case is settled, withdrawn or
tried by the simplified procedure (once: halves are never halved again), a third for a payment order. An appeal pays
by the amount that is appealed. Preservation and enforcement have tables of their own; preservation ends at 5,000 元.

Amounts are whole fen. A rate is a whole number of ten-thousandths, so nothing passes through a float, and a fee is
rounded once, at the end, half up to the fen; the cap of a success fee is rounded down, because a cap is a cap. Courts
often drop the fen: the notice of payment decides.

Invariant: the steps sum to the fee; a larger amount never costs less; no jump at the edge of a bracket.
Refuses: a negative amount, one beyond 2^53 - 1 fen, an unknown kind: Problems.

Source: 诉讼费用交纳办法 (国务院令第481号) articles 13 to 22; 司发通〔2021〕87号; docs/algorithms/fees.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from jieqing.claims.entitlements.engine.citations import Citation
from jieqing.claims.entitlements.engine.fees_tables import SCHEDULES, FeeKind, Schedule
from jieqing.kernel.money import MAX_MINOR, format_amount, round_ratio
from jieqing.kernel.outcomes import JSON, Problem, ProblemKind

_SCALE = 10_000  # a rate is in ten-thousandths, so exact fees are in ten-thousandths of a fen


@dataclass(frozen=True, slots=True)
class FeeStep:
    """One line of the computation.

    `base_fen` is the part of the amount that the line charges; `rate` the decimal share, or None for a flat sum and
    for the last lines (half, a third, the cap), whose `amount_fen` is the difference they make.
    """

    rule: str
    base_fen: int
    rate: str | None
    amount_fen: int
    citation: Citation
    zh: str
    en: str

    def as_dict(self) -> dict[str, JSON]:
        return {
            "rule": self.rule,
            "base_fen": self.base_fen,
            "rate": self.rate,
            "amount_fen": self.amount_fen,
            "article": self.citation.text(),
            "text": {"zh": self.zh, "en": self.en},
        }


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee with the lines that make it and what a payer should know."""

    kind: FeeKind
    amount_fen: int
    fee_fen: int
    citation: Citation
    steps: tuple[FeeStep, ...]
    notes: tuple[tuple[str, str, Citation], ...]

    def as_dict(self) -> dict[str, JSON]:
        """Return the form that `jieqing fees --json` prints."""
        return {
            "kind": self.kind.value,
            "amount_fen": self.amount_fen,
            "fee_fen": self.fee_fen,
            "currency": "CNY",
            "article": self.citation.text(),
            "steps": [step.as_dict() for step in self.steps],
            "notes": [{"zh": zh, "en": en, "article": citation.text()} for zh, en, citation in self.notes],
        }


def parse_kind(text: str) -> FeeKind | Problem:
    """Return the kind of fee that a user named."""
    try:
        return FeeKind(text.strip().lower())
    except ValueError:
        return Problem.of(KIND_UNKNOWN, text=text[:40], kinds=", ".join(kind.value for kind in FeeKind))


def court_fee(kind: FeeKind, amount_fen: int) -> Fee | Problem:
    """Return the fee for an amount in dispute (preserved, enforced or recovered, as the kind says).

    Units: fen.
    Errors: TypeError for an amount that is not an int; a negative or too large one is a Problem.

    Example:
        >>> fee = court_fee(FeeKind.PAYMENT_ORDER, 10_000_000)
        >>> fee.fee_fen, [step.amount_fen for step in fee.steps]
        (76667, [5000, 225000, -153333])
    """
    if type(amount_fen) is not int:
        raise TypeError(f"an amount is an int, not {type(amount_fen).__name__}")
    if amount_fen < 0:
        return Problem.of(AMOUNT_NEGATIVE, amount_fen=amount_fen)
    if amount_fen > MAX_MINOR:
        return Problem.of(AMOUNT_TOO_LARGE, most=format_amount(MAX_MINOR, "CNY"))
    schedule = SCHEDULES[kind]
    bracket_steps, exact = _bracket_steps(schedule, amount_fen)
    share = round_ratio(exact * schedule.numer, _SCALE * schedule.denom, schedule.rounding)
    fee_fen = share if schedule.cap_fen is None else min(share, schedule.cap_fen)
    steps = [*bracket_steps]
    if schedule.share_rule:
        full = sum(step.amount_fen for step in steps)
        steps.append(_closing(schedule.share_rule, full, share - full, schedule))
    if fee_fen != share:
        steps.append(_closing("cap", share, fee_fen - share, schedule))
    return Fee(kind, amount_fen, fee_fen, schedule.citation, tuple(steps), schedule.notes)


def _bracket_steps(schedule: Schedule, amount_fen: int) -> tuple[list[FeeStep], int]:
    """Return the lines of the brackets and their exact sum in ten-thousandths of a fen.

    Only the last bracket reached can have a fraction of a fen (edges are round sums), so rounding its line alone
    makes the lines sum to the rounded whole.
    """
    steps: list[FeeStep] = []
    exact = 0
    floor = 0
    for number, (edge_fen, rate) in enumerate(schedule.brackets, 1):
        is_flat = rate is None
        if steps and amount_fen <= floor:
            break
        top = amount_fen if edge_fen is None else min(amount_fen, edge_fen)
        base = top - floor
        part = schedule.flat_fen * _SCALE if rate is None else base * rate
        exact += part
        amount = round_ratio(part, _SCALE, schedule.rounding)
        span_zh, span_en = _span(floor, edge_fen)
        label = _rate_text(rate) if rate is not None else ""
        steps.append(
            FeeStep(
                rule=f"bracket_{number}",
                base_fen=base,
                rate=None if rate is None else _rate_decimal(rate),
                amount_fen=amount,
                citation=schedule.table,
                zh=f"{span_zh}，每件" if is_flat else f"{span_zh}，按 {label}",
                en=f"{span_en}, flat" if is_flat else f"{span_en}, at {label}",
            )
        )
        floor = edge_fen if edge_fen is not None else amount_fen
    return steps, exact


def _closing(rule: str, base_fen: int, difference: int, schedule: Schedule) -> FeeStep:
    zh, en, citation = schedule.closings[rule]
    return FeeStep(rule, base_fen, None, difference, citation, zh, en)


def _span(floor: int, edge: int | None) -> tuple[str, str]:
    if not floor:
        assert edge is not None
        return f"不超过 {_wan(edge)}", f"up to {_plain(edge)}"
    if edge is None:
        return f"超过 {_wan(floor)} 的部分", f"the part above {_plain(floor)}"
    return f"超过 {_wan(floor)} 至 {_wan(edge)} 的部分", f"from {_plain(floor)} to {_plain(edge)}"


def _wan(fen: int) -> str:
    return f"{fen // 1_000_000} 万元" if fen % 1_000_000 == 0 else f"{fen // 100} 元"


def _plain(fen: int) -> str:
    return f"¥{fen // 100:,}"


def _rate_text(rate: int) -> str:
    whole, rest = divmod(rate, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


def _rate_decimal(rate: int) -> str:
    return f"0.{rate:04d}".rstrip("0")


KIND_UNKNOWN = ProblemKind(
    "fees.kind_unknown",
    "没有“{text}”这一种费用。",
    "There is no fee of the kind “{text}”.",
    "请使用其中之一：{kinds}。",
    "Use one of: {kinds}.",
)
AMOUNT_NEGATIVE = ProblemKind(
    "fees.amount_negative",
    "标的额不能为负（{amount_fen} 分）。",
    "The amount is negative ({amount_fen} fen).",
    "请填写 0 或正数。",
    "Give 0 or more.",
)
AMOUNT_TOO_LARGE = ProblemKind(
    "fees.amount_too_large",
    "标的额过大，最多 {most}。",
    "The amount is too large; the most is {most}.",
    "请核对单位：命令行以分计，页面以元计。",
    "Check the unit: the command counts fen, the page yuan.",
)
