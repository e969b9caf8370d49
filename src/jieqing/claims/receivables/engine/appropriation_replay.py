"""Where payments and credits go: one chronological replay of everything that was said about a debtor's account.

An account with one creditor in one currency is a list of *statements of fact*, each with its day: a document that makes a
debt, a payment or another credit (with the document the debtor named, if any), a reversal of an earlier credit, a
write-off, a recovery. ``replay`` walks them in the order of their days and answers which part of each credit went to which
document on which day. It is the only definition: a service that learns of a payment late (or takes one back) replays
and replaces what differs, so any order of entering ends in the same postings.

Words. A credit is *applied* to documents open on its day: first the named one, then by the site's order (default: 民法典
560, by the rules of ``claims.entitlements``). What finds no open document stays *unapplied* and is applied when the next
document comes, on that document's day. A reversal takes a credit back from its own day on: its applications end with
equal and opposite amounts, and the debt stands again. A bill of acceptance is a credit that is no cash: it covers the
debt when received, and a dishonour is its reversal. A write-off ends the asking, not the debt: a recovery afterwards goes
to income and never beyond what was written off.

Invariant: for each credit, applied + unapplied = its amount (0 after its reversal); no document is covered below zero; the
open amounts sum to documents minus credits. Refuses: a reversal of what is not there or twice, a write-off beyond what is
open, a recovery beyond what was written off, an amount that is not positive.

Source: 民法典 560; 企业会计准则第 22 号 on write-off and recovery (收回已核销的应收款).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from fractions import Fraction

from jieqing.claims.entitlements.engine.appropriation import Claim, spread
from jieqing.kernel.outcomes import Problem, ProblemKind


class FactKind(IntEnum):
    """The order of facts of one day: documents stand before what covers them, taking back comes last."""

    DOCUMENT = 1
    CREDIT = 2
    WRITE_OFF = 3
    RECOVERY = 4
    REVERSAL = 5


class Order(StrEnum):
    """How a credit without a named document chooses. Values stand in rows and evidence: never rename one."""

    CIVIL_CODE_560 = "civil_code_560"
    OLDEST_DUE_FIRST = "oldest_due_first"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about an account. `key` is unique and orders the facts of one kind and day.

    `names` is the document of a credit, write-off or recovery, or the credit that a reversal takes back.
    `secured_minor` and `burden` rank a document by article 560.
    """

    key: str
    kind: FactKind
    on: date
    amount_minor: int = 0
    names: str = ""
    due_on: date | None = None
    secured_minor: int = 0
    burden: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Application:
    """Part of a credit on a document, from a day on; negative when a reversal took it back. `document` empty: unapplied."""

    credit: str
    document: str
    on: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Account:
    """What a replay ends with; amounts by key."""

    applications: tuple[Application, ...]
    open_minor: dict[str, int]
    unapplied_minor: dict[str, int]
    written_off_minor: dict[str, int]
    recovered_minor: dict[str, int]


@dataclass(slots=True)
class _State:
    order: Order
    documents: dict[str, Fact] = field(default_factory=dict)
    open: dict[str, int] = field(default_factory=dict)
    credits: dict[str, int] = field(default_factory=dict)
    unapplied: dict[str, int] = field(default_factory=dict)
    written_off: dict[str, int] = field(default_factory=dict)
    recovered: dict[str, int] = field(default_factory=dict)
    applications: list[Application] = field(default_factory=list)


def replay(facts: Iterable[Fact], order: Order = Order.CIVIL_CODE_560) -> Account | Problem:
    """Return where every credit went; the order in which facts are given does not matter."""
    state = _State(order)
    for fact in sorted(facts, key=lambda one: (one.on, one.kind, one.key)):
        problem = _take(state, fact)
        if problem:
            return problem
    return Account(
        applications=tuple(state.applications),
        open_minor=state.open,
        unapplied_minor=state.unapplied,
        written_off_minor=state.written_off,
        recovered_minor=state.recovered,
    )


def applied_by_document(applications: Iterable[Application]) -> dict[tuple[str, str, date], int]:
    """Sum applications by (credit, document, day): what two replays compare, and what a service posts."""
    sums: dict[tuple[str, str, date], int] = {}
    for one in applications:
        at = (one.credit, one.document, one.on)
        sums[at] = sums.get(at, 0) + one.amount_minor
    return {at: minor for at, minor in sums.items() if minor}


def _take(state: _State, fact: Fact) -> Problem | None:
    if fact.kind is not FactKind.REVERSAL and fact.amount_minor <= 0:
        return Problem.of(NOT_POSITIVE, key=fact.key)
    match fact.kind:
        case FactKind.DOCUMENT:
            state.documents[fact.key], state.open[fact.key] = fact, fact.amount_minor
            _apply_waiting(state, fact.on)
        case FactKind.CREDIT:
            return _take_credit(state, fact)
        case FactKind.WRITE_OFF:
            return _write_off(state, fact)
        case FactKind.RECOVERY:
            return _recover(state, fact)
        case FactKind.REVERSAL:
            return _reverse(state, fact)
    return None


def _take_credit(state: _State, fact: Fact) -> Problem | None:
    if fact.names and fact.names not in state.documents:
        return Problem.of(DOCUMENT_UNKNOWN, key=fact.key, document=fact.names)
    state.credits[fact.key], state.unapplied[fact.key] = fact.amount_minor, fact.amount_minor
    if fact.names:
        _apply(state, fact.key, fact.names, min(fact.amount_minor, state.open[fact.names]), fact.on)
    _spread(state, fact.key, fact.on)
    return None


def _apply_waiting(state: _State, on: date) -> None:
    """Credits that found nothing to cover, in the order in which they came."""
    for key in state.credits:
        _spread(state, key, on)


def _spread(state: _State, credit: str, on: date) -> None:
    left = state.unapplied[credit]
    open_keys = [key for key, minor in state.open.items() if minor]
    if not left or not open_keys:
        return
    claims = [_claim(state, index, key, on) for index, key in enumerate(open_keys)]
    for index, _part, minor in list(spread(left, claims, (0,))):
        _apply(state, credit, open_keys[index], minor, on)


def _claim(state: _State, index: int, key: str, on: date) -> Claim:
    document = state.documents[key]
    due = document.due_on or document.on
    is_by_law = state.order is Order.CIVIL_CODE_560
    return Claim(
        index=index,
        opens=[state.open[key]],
        # Due on the day itself: the debtor has to pay it that day.
        is_due=due <= on if is_by_law else True,
        secured_minor=document.secured_minor if is_by_law else 0,
        burden=document.burden if is_by_law else Fraction(0),
        due=due.toordinal(),
    )


def _apply(state: _State, credit: str, document: str, minor: int, on: date) -> None:
    if minor:
        state.unapplied[credit] -= minor
        state.open[document] -= minor
        state.applications.append(Application(credit, document, on, minor))


def _reverse(state: _State, fact: Fact) -> Problem | None:
    if state.credits.get(fact.names, 0) == 0:
        return Problem.of(NOTHING_TO_REVERSE, key=fact.key, credit=fact.names)
    given: dict[str, int] = {}
    for one in state.applications:
        if one.credit == fact.names:
            given[one.document] = given.get(one.document, 0) + one.amount_minor
    for document, minor in given.items():
        state.open[document] += minor
        state.applications.append(Application(fact.names, document, fact.on, -minor))
    state.credits[fact.names] = state.unapplied[fact.names] = 0
    # The debt stands again: what other credits have left covers it from this day on.
    _apply_waiting(state, fact.on)
    return None


def _write_off(state: _State, fact: Fact) -> Problem | None:
    left = state.open.get(fact.names)
    if left is None:
        return Problem.of(DOCUMENT_UNKNOWN, key=fact.key, document=fact.names)
    if fact.amount_minor > left:
        return Problem.of(BEYOND_OPEN, key=fact.key, asked=fact.amount_minor, open=left)
    state.open[fact.names] -= fact.amount_minor
    state.written_off[fact.names] = state.written_off.get(fact.names, 0) + fact.amount_minor
    return None


def _recover(state: _State, fact: Fact) -> Problem | None:
    left = state.written_off.get(fact.names, 0) - state.recovered.get(fact.names, 0)
    if fact.amount_minor > left:
        return Problem.of(BEYOND_WRITTEN_OFF, key=fact.key, asked=fact.amount_minor, left=left)
    state.recovered[fact.names] = state.recovered.get(fact.names, 0) + fact.amount_minor
    return None


def total_open(account: Account) -> int:
    """What the debtor owes net of unapplied credits."""
    return sum(account.open_minor.values()) - sum(account.unapplied_minor.values())


def differences(
    before: Sequence[Application], after: Sequence[Application]
) -> tuple[list[Application], list[Application]]:
    """What a service ends and what it writes when a late fact changed the replay; the rest stays untouched."""
    old, new = applied_by_document(before), applied_by_document(after)
    ended = [Application(*at, minor) for at, minor in sorted(old.items()) if new.get(at) != minor]
    begun = [Application(*at, minor) for at, minor in sorted(new.items()) if old.get(at) != minor]
    return ended, begun


NOT_POSITIVE = ProblemKind(
    "appropriation.not_positive",
    "金额必须大于零（{key}）。",
    "The amount must be above zero ({key}).",
    "冲回请用“冲回”，不要填写负数。",
    "To take something back use a reversal, not a negative amount.",
)
DOCUMENT_UNKNOWN = ProblemKind(
    "appropriation.document_unknown",
    "指定的单据 {document} 在那一天还不存在。",
    "The named document {document} does not exist on that day.",
    "请改选当天已经存在的单据，或不指定。",
    "Name a document that exists on that day, or none.",
)
NOTHING_TO_REVERSE = ProblemKind(
    "appropriation.nothing_to_reverse",
    "要冲回的 {credit} 在那一天不存在，或已经冲回。",
    "{credit} is not there on that day, or was taken back already.",
    "请核对日期和编号。",
    "Check the day and the number.",
)
BEYOND_OPEN = ProblemKind(
    "appropriation.beyond_open",
    "核销金额超过当天未清金额。",
    "The write-off is more than is open on that day.",
    "请改为不超过未清金额。",
    "Write off at most what is open.",
)
BEYOND_WRITTEN_OFF = ProblemKind(
    "appropriation.beyond_written_off",
    "收回金额超过已核销而未收回的金额，多出的部分不是这笔债的收回。",
    "The recovery is more than was written off and not yet recovered; the rest is no recovery of this debt.",
    "请按已核销余额登记，多收部分退还或另记。",
    "Enter at most that; return the rest or enter it elsewhere.",
)
