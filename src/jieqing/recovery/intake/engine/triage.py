"""Consultation as triage: from what a creditor tells to how long they still have, which way to go, what it costs, what is missing.

It advises, it decides nothing: a named member reads it, adds their own words and answers under their name.

Routes, first that fits (民事诉讼法 225 for the payment order, 250 for enforcement):

| route | when |
|---|---|
| enforcement | there is a judgment |
| demand | the debt is not due, or time-barred (voluntary payment may be asked for, nothing threatened) |
| payment_order | due, fixed, undisputed, signed papers, debtor in the mainland and found, nothing owed in return |
| suit | the period ends within 90 days and the rest is disputed or unclear |
| mediation | the debtor disputes, and both may agree |
| suit | otherwise |

Invariant: a time-barred debt never gets suit, payment order or enforcement; every route names its article.
Units: fen; days. Reads no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jieqing.claims.entitlements.engine.fees import court_fee
from jieqing.claims.entitlements.engine.fees_tables import FeeKind
from jieqing.claims.entitlements.engine.limitation import limitation
from jieqing.claims.entitlements.engine.limitation_events import Act, Event, Grade
from jieqing.claims.entitlements.engine.limitation_facts import ClaimKind, LimitationFacts
from jieqing.kernel.money import format_amount
from jieqing.kernel.outcomes import JSON, Problem, is_problem

NEAR_DAYS = 90
Pair = tuple[str, str]


class Route(StrEnum):
    """Values stand in rows: never rename one."""

    DEMAND = "demand"
    MEDIATION = "mediation"
    PAYMENT_ORDER = "payment_order"
    SUIT = "suit"
    ENFORCEMENT = "enforcement"


ROUTES: dict[Route, tuple[Pair, Pair]] = {
    Route.DEMAND: (("函告、协商", "Letter and negotiation"), ("《民法典》第192条、第195条", "Civil Code, arts. 192, 195")),
    Route.MEDIATION: (("调解", "Mediation"), ("《民事诉讼法》第205条；《人民调解法》第33条", "Civil Procedure Law, art. 205; Mediation Law, 33")),
    Route.PAYMENT_ORDER: (("申请支付令", "Payment order"), ("《民事诉讼法》第225条", "Civil Procedure Law, art. 225")),
    Route.SUIT: (("起诉", "Suit"), ("《民事诉讼法》第122条", "Civil Procedure Law, art. 122")),
    Route.ENFORCEMENT: (("申请执行", "Enforcement"), ("《民事诉讼法》第247条、第250条", "Civil Procedure Law, arts. 247, 250")),
}  # fmt: skip
_FEES = {
    Route.PAYMENT_ORDER: FeeKind.PAYMENT_ORDER,
    Route.SUIT: FeeKind.CASE,
    Route.MEDIATION: FeeKind.HALF,
    Route.ENFORCEMENT: FeeKind.ENFORCEMENT,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the enquirer told, as the member wrote it down. None: not known yet."""

    amount_fen: int
    due_on: date | None = None
    last_payment_on: date | None = None
    last_demand_on: date | None = None
    has_judgment: bool = False
    has_signed_papers: bool | None = None
    is_disputed: bool | None = None
    is_debtor_found: bool | None = None
    owes_in_return: bool | None = None

    def as_json(self) -> dict[str, JSON]:
        return {
            "amount_fen": self.amount_fen,
            "due_on": _iso(self.due_on),
            "last_payment_on": _iso(self.last_payment_on),
            "last_demand_on": _iso(self.last_demand_on),
            "has_judgment": self.has_judgment,
            "has_signed_papers": self.has_signed_papers,
            "is_disputed": self.is_disputed,
            "is_debtor_found": self.is_debtor_found,
            "owes_in_return": self.owes_in_return,
        }


@dataclass(frozen=True, slots=True)
class Triage:
    """The advice. ``last_day`` is the safe last day of limitation, None while nothing runs; ``fee_fen`` None: no court fee."""

    route: Route
    last_day: date | None
    days_left: int | None
    is_barred: bool
    fee_fen: int | None
    missing: tuple[Pair, ...]

    def as_json(self) -> dict[str, JSON]:
        return {
            "route": self.route.value,
            "last_day": _iso(self.last_day),
            "days_left": self.days_left,
            "is_barred": self.is_barred,
            "fee_fen": self.fee_fen,
            "missing": [{"zh": zh, "en": en} for zh, en in self.missing],
        }

    def text(self, lang: str) -> str:
        """The advice in sentences, for the answer that the enquirer reads."""
        at = 0 if lang == "zh" else 1
        name, article = ROUTES[self.route]
        lines = [_limitation_line(self, at)]
        lines.append(
            (f"建议途径：{name[0]}（{article[0]}）。", f"Suggested way: {name[1]} ({article[1]}).")[at]
        )
        if self.fee_fen is not None:
            fee = format_amount(self.fee_fen, "CNY", lang)
            lines.append(
                (
                    f"法院费用约 {fee}，以法院通知为准。",
                    f"Court fee about {fee}; the court's notice decides.",
                )[at]
            )
        if self.missing:
            listed = ("；" if at == 0 else "; ").join(pair[at] for pair in self.missing)
            lines.append((f"还需要：{listed}。", f"Still needed: {listed}.")[at])
        return "\n".join(lines)


def triage(told: Told, today: date) -> Triage | Problem:
    """Return the advice on what was told."""
    found = limitation(
        LimitationFacts(
            kind=ClaimKind.ENFORCEMENT if told.has_judgment else ClaimKind.CLAIM,
            due_on=told.due_on,
            events=_events(told),
        )
    )
    if is_problem(found):
        return found
    last_day = found.deadline.last_day if found.deadline else None
    days_left = (last_day - today).days if last_day else None
    is_barred = days_left is not None and days_left < 0
    route = _route(told, days_left, is_barred, today)
    fee_fen = None
    if route in _FEES:
        fee = court_fee(_FEES[route], told.amount_fen)
        if is_problem(fee):
            return fee
        fee_fen = fee.fee_fen
    return Triage(route, last_day, days_left, is_barred, fee_fen, _missing(told, route))


def _events(told: Told) -> tuple[Event, ...]:
    """A payment is the debtor's own act; a demand that was only told is likely, not proven."""
    events = []
    if told.last_payment_on:
        events.append(Event(told.last_payment_on, Act.PART_PAYMENT, Grade.PROVEN))
    if told.last_demand_on:
        events.append(Event(told.last_demand_on, Act.DEMAND, Grade.LIKELY))
    return tuple(events)


def _route(told: Told, days_left: int | None, is_barred: bool, today: date) -> Route:
    if is_barred or (told.due_on is not None and told.due_on >= today and not told.has_judgment):
        return Route.DEMAND
    if told.has_judgment:
        return Route.ENFORCEMENT
    wanted = (
        told.has_signed_papers,
        told.is_debtor_found,
        told.is_disputed is False,
        told.owes_in_return is False,
    )
    if all(wanted) and told.due_on is not None:
        return Route.PAYMENT_ORDER
    if days_left is not None and days_left <= NEAR_DAYS:
        return Route.SUIT
    return Route.MEDIATION if told.is_disputed else Route.SUIT


def _missing(told: Told, route: Route) -> tuple[Pair, ...]:
    found: list[Pair] = []
    if told.due_on is None:
        found.append(
            (
                "到期日；没有约定的，首次催告的日期和凭证",
                "the due day; without one, the first demand and its proof",
            )
        )
    if not told.has_signed_papers and not told.has_judgment:
        found.append(
            (
                "双方签署的合同、送货单、对账单或借据",
                "contract, delivery note, balance or note signed by both",
            )
        )
    if told.has_judgment:
        found.append(("生效裁判文书及生效证明", "the judgment and proof that it is in force"))
    if not told.is_debtor_found:
        found.append(("债务人的登记信息、住所和联系方式", "the debtor's registration, address and contact"))
    if told.last_demand_on:
        found.append(("催告已经送达的凭证", "proof that the demand arrived"))
    if told.is_disputed is None and route is not Route.ENFORCEMENT:
        found.append(("债务人对金额、质量有无异议", "whether the debtor disputes amount or quality"))
    return tuple(found)


def _limitation_line(result: Triage, at: int) -> str:
    if result.last_day is None:
        return ("诉讼时效尚未起算或处于中断、中止期间。", "Limitation does not run at present.")[at]
    day = result.last_day.isoformat()
    if result.is_barred:
        return (
            f"时效已于 {day} 届满：可以请求自愿履行，不能以起诉相威胁（《民法典》第192条）。",
            f"Time-barred since {day}: voluntary payment may be asked for, a suit may not be threatened (Civil Code, art. 192).",
        )[at]
    return (
        f"按现有凭证，时效最后一日为 {day}，还剩 {result.days_left} 天。",
        f"On the proof at hand the last day of limitation is {day}, {result.days_left} days from now.",
    )[at]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
