"""What can be watched about a claim, and the days that follow from it.

Three sorts. The *limitation* of an open document follows from its due day, the payments on the ledger and the acts that were
recorded with their proof; nobody has to enter it. A *fixed term* runs from a day that somebody records (a freeze, a judgment
served, preservation before suit ...). A *guarantee* and the *enforcement* of a judgment have periods of their own kind.

A freeze gives two days: its renewal, 7 days before, and its end. Alarms stand before the day (``entitlements.deadlines``);
where no calendar is published the day says that it must be confirmed.

Refuses: a kind that is not in the list; what the entitlements engine refuses (days outside 1950 to 2150).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jieqing.claims.entitlements.engine.deadlines import Deadline
from jieqing.claims.entitlements.engine.deadlines_guarantee import (
    GuaranteeFacts,
    GuaranteeKind,
    guarantee_period,
)
from jieqing.claims.entitlements.engine.deadlines_terms import TERMS, renewal_deadline, term_deadline
from jieqing.claims.entitlements.engine.limitation import LimitationResult, limitation
from jieqing.claims.entitlements.engine.limitation_events import ACTS, Act, Event, Grade, Group
from jieqing.claims.entitlements.engine.limitation_facts import ClaimKind, LimitationFacts
from jieqing.claims.entitlements.engine.limitation_proof import Material, judge_proof
from jieqing.kernel.outcomes import Problem, ProblemKind, is_problem

LIMITATION, ENFORCEMENT, GUARANTEE = "limitation", "enforcement", "guarantee"
# What a person can watch; the courts' own terms among them are days to ask on.
KINDS = (*TERMS, ENFORCEMENT, GUARANTEE)
# Nothing about a document whose limitation is further away than this is anybody's work today.
LIMITATION_MONTHS = 36


@dataclass(frozen=True, slots=True)
class WatchFacts:
    """``start_on``: the day of the event; of a guarantee the due day of the debt, of enforcement the last day to perform."""

    kind: str
    start_on: date
    guarantee_kind: GuaranteeKind | None = None
    agreed_until: date | None = None


@dataclass(frozen=True, slots=True)
class ActFacts:
    """An act that may interrupt limitation, with the paper at hand."""

    on: date
    act: Act
    material: Material
    ended_on: date | None = None
    new_due_on: date | None = None
    is_pending: bool = False

    @property
    def grade(self) -> Grade:
        return judge_proof(self.act, self.material).grade

    @property
    def event(self) -> Event:
        group = ACTS[self.act].group
        return Event(
            self.on,
            self.act,
            self.grade,
            ended_on=self.ended_on if group is Group.PROCEEDING else None,
            is_pending=self.is_pending and group is Group.PROCEEDING and self.ended_on is None,
            new_due_on=self.new_due_on if group is Group.CONSENT else None,
        )


def deadlines_of(facts: WatchFacts) -> tuple[Deadline, ...] | Problem:
    """The days of something watched, soonest first.

    Example:
        >>> [one.last_day.isoformat() for one in deadlines_of(WatchFacts("freeze_deposit", date(2026, 3, 2)))]
        ['2027-02-23', '2027-03-02']
    """
    if facts.kind == GUARANTEE:
        kind = facts.guarantee_kind or GuaranteeKind.UNCLEAR
        found = guarantee_period(GuaranteeFacts(facts.start_on, kind, agreed_until=facts.agreed_until))
        return found if is_problem(found) else (found.deadline,)
    if facts.kind == ENFORCEMENT:
        result = limitation(LimitationFacts(ClaimKind.ENFORCEMENT, due_on=facts.start_on))
        if is_problem(result):
            return result
        return (result.deadline,) if result.deadline else ()
    if facts.kind not in TERMS:
        return Problem.of(KIND_UNKNOWN, text=facts.kind[:40])
    term = term_deadline(facts.kind, facts.start_on)
    if is_problem(term):
        return term
    return (renewal_deadline(term), term) if facts.kind.startswith("freeze_") else (term,)


def limitation_of(
    due_on: date | None, paid_on: Iterable[date], acts: Sequence[ActFacts]
) -> LimitationResult | Problem:
    """Until when a document can be sued on: its due day, what was paid on it, and the acts recorded about it."""
    payments = tuple(Event(day, Act.PART_PAYMENT, Grade.PROVEN) for day in paid_on)
    return limitation(LimitationFacts(due_on=due_on, events=(*payments, *(one.event for one in acts))))


KIND_UNKNOWN = ProblemKind(
    "deadlines.kind_unknown",
    "没有“{text}”这一种期限。",
    "There is no deadline of the kind “{text}”.",
    "请从列表中选择。",
    "Choose one from the list.",
)
ENDED_BEFORE = ProblemKind(
    "deadlines.ended_before",
    "这条记录已经办结或撤回，没有再次保存。",
    "This was done or taken back already; nothing was saved.",
    "请刷新页面查看。",
    "Reload the page.",
)
UNKNOWN = ProblemKind(
    "deadlines.unknown",
    "没有这条记录。",
    "There is no such record.",
    "请从期限列表进入。",
    "Start from the list of deadlines.",
)
TEXT_MISSING = ProblemKind(
    "deadlines.text_missing",
    "请用 {least} 到 {most} 个字写明凭什么：文号、送达回证、财产线索等。",
    "Say on what ground in {least} to {most} characters: a number, a proof of service, an asset.",
    "例如“（2026）苏0211民初1234号判决书，11月5日签收”。",
    "For example “judgment 1234, served on 5 November”.",
)
