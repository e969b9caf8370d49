"""Where payments and credits go: one chronological replay of everything that was said about a debtor's account.

An account with one creditor in one currency is a list of *statements of fact*, each with its day: a document that makes a
debt, a payment or another credit (with the document the debtor named, if any), a reversal of an earlier credit, a
write-off, a recovery. ``replay`` walks them in the order of their days and answers which part of each credit went to which
document on which day. It is the only definition: a service that learns of a payment late (or takes one back) replays
and replaces what differs, so any order of entering ends in the same postings.

Words. A credit is *applied* to documents open on its day: first the named one, then by the site's order (``Policy``:
between debts 民法典 560, inside a debt 561, by the rules of ``claims.entitlements``, unless something else was agreed). A
*charge* opens a part of a document beside its principal: costs, interest, penalty. What finds no open document stays
*unapplied* and is applied when the next document comes, on that document's day. A credit that the creditor's books put on
a document is *booked*: it covers the principal there and never wanders. A reversal takes a credit back from its own day on: its applications end with
equal and opposite amounts, and the debt stands again. A bill of acceptance is a credit that is no cash: it covers the
debt when received, and a dishonour is its reversal. A write-off ends the asking, not the debt: a recovery afterwards goes
to income and never beyond what was written off.

Invariant: for each credit, applied + unapplied = its amount (0 after its reversal); no document is covered below zero; the
open amounts sum to documents minus credits. Refuses: a reversal of what is not there or twice, a write-off beyond what is
open, a recovery beyond what was written off, an amount that is not positive.

Source: 民法典 560, 561; 企业会计准则第 22 号 on write-off and recovery (收回已核销的应收款).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import groupby

from jieqing.claims.entitlements.engine.appropriation import Claim, passes_of, spread
from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.receivables.engine import appropriation_problems as problems
from jieqing.claims.receivables.engine.appropriation_facts import (
    Account,
    Application,
    Fact,
    FactKind,
    Order,
    Policies,
    Policy,
)
from jieqing.kernel.outcomes import Problem


@dataclass(slots=True)
class Replay:
    """A replay on its way: facts are taken day by day, so that what runs on a debt can follow what was paid on it."""

    policies: Policies
    documents: dict[str, Fact] = field(default_factory=dict)
    open: dict[str, list[int]] = field(default_factory=dict)
    credits: dict[str, Fact] = field(default_factory=dict)
    reversed: set[str] = field(default_factory=set)
    unapplied: dict[str, int] = field(default_factory=dict)
    written_off: dict[str, int] = field(default_factory=dict)
    recovered: dict[str, int] = field(default_factory=dict)
    applications: list[Application] = field(default_factory=list)

    def take(self, fact: Fact) -> Problem | None:
        if fact.kind is not FactKind.REVERSAL and fact.amount_minor <= 0:
            return Problem.of(problems.NOT_POSITIVE, key=fact.key)
        match fact.kind:
            case FactKind.DOCUMENT:
                self.documents[fact.key], self.open[fact.key] = fact, [0] * len(Part)
                self.open[fact.key][Part.PRINCIPAL] = fact.amount_minor
            case FactKind.CHARGE if fact.names in self.open:
                self.open[fact.names][fact.part] += fact.amount_minor
            case FactKind.WAIVER if fact.names in self.open:
                self._waive(fact)
            case FactKind.CREDIT:
                return self._take_credit(fact)
            case FactKind.WRITE_OFF:
                return self._write_off(fact)
            case FactKind.RECOVERY:
                return self._recover(fact)
            case FactKind.REVERSAL:
                return self._reverse(fact)
            case _:
                return Problem.of(problems.DOCUMENT_UNKNOWN, key=fact.key, document=fact.names)
        return None

    def apply_waiting(self, on: date) -> None:
        """Credits that found nothing to cover, in the order in which they came; after the debts of a day are known."""
        for key in self.credits:
            self._spread(key, on)

    def open_charges(self, document: str) -> int:
        return sum(minor for part, minor in enumerate(self.open[document]) if part != Part.PRINCIPAL)

    def _take_credit(self, fact: Fact) -> Problem | None:
        if fact.names and fact.names not in self.documents:
            return Problem.of(problems.DOCUMENT_UNKNOWN, key=fact.key, document=fact.names)
        self.credits[fact.key], self.unapplied[fact.key] = fact, fact.amount_minor
        if fact.is_booked:
            opens = self.open[fact.names]
            self._apply(
                fact, fact.names, Part.PRINCIPAL, min(fact.amount_minor, opens[Part.PRINCIPAL]), fact.on
            )
            return None
        if fact.names:
            for part in self.policies.on(fact.on).within:
                left = min(self.unapplied[fact.key], self.open[fact.names][part])
                self._apply(fact, fact.names, part, left, fact.on)
        self._spread(fact.key, fact.on)
        return None

    def _spread(self, key: str, on: date) -> None:
        credit = self.credits[key]
        if not self.unapplied[key] or credit.is_booked:
            return
        policy = self.policies.on(credit.on)
        keys = [document for document, opens in self.open.items() if any(opens)]
        claims = [self._claim(index, document, on, policy.between) for index, document in enumerate(keys)]
        for parts in passes_of(policy.within):
            for index, part, minor in list(spread(self.unapplied[key], claims, parts)):
                self._apply(credit, keys[index], Part(part), minor, on)

    def _claim(self, index: int, key: str, on: date, between: Order) -> Claim:
        document = self.documents[key]
        due = document.due_on or document.on
        is_by_law = between is Order.CIVIL_CODE_560
        return Claim(
            index=index,
            opens=list(self.open[key]),
            # Due on the day itself: the debtor has to pay it that day.
            is_due=due <= on if is_by_law else True,
            secured_minor=document.secured_minor if is_by_law else 0,
            burden=document.burden if is_by_law else Fraction(0),
            due=due.toordinal(),
        )

    def _apply(self, credit: Fact, document: str, part: Part, minor: int, on: date) -> None:
        if minor:
            self.unapplied[credit.key] -= minor
            self.open[document][part] -= minor
            self.applications.append(Application(credit.key, document, on, minor, part))

    def _waive(self, fact: Fact) -> None:
        """Forgiven is first what weighs most on the debtor; never more than is open."""
        left, opens = fact.amount_minor, self.open[fact.names]
        for part in (Part.PENALTY, Part.DOUBLED, Part.INTEREST, Part.COSTS):
            taken = min(left, opens[part])
            opens[part] -= taken
            left -= taken

    def _reverse(self, fact: Fact) -> Problem | None:
        if fact.names not in self.credits or fact.names in self.reversed:
            return Problem.of(problems.NOTHING_TO_REVERSE, key=fact.key, credit=fact.names)
        given: dict[tuple[str, Part], int] = {}
        for one in self.applications:
            if one.credit == fact.names:
                given[one.document, one.part] = given.get((one.document, one.part), 0) + one.amount_minor
        for (document, part), minor in given.items():
            self.open[document][part] += minor
            self.applications.append(Application(fact.names, document, fact.on, -minor, part))
        self.reversed.add(fact.names)
        self.unapplied[fact.names] = 0
        # The debt stands again: what other credits have left covers it from this day on.
        self.apply_waiting(fact.on)
        return None

    def _write_off(self, fact: Fact) -> Problem | None:
        opens = self.open.get(fact.names)
        if opens is None:
            return Problem.of(problems.DOCUMENT_UNKNOWN, key=fact.key, document=fact.names)
        if fact.amount_minor > opens[Part.PRINCIPAL]:
            left = opens[Part.PRINCIPAL]
            return Problem.of(problems.BEYOND_OPEN, key=fact.key, asked=fact.amount_minor, open=left)
        opens[Part.PRINCIPAL] -= fact.amount_minor
        self.written_off[fact.names] = self.written_off.get(fact.names, 0) + fact.amount_minor
        return None

    def _recover(self, fact: Fact) -> Problem | None:
        left = self.written_off.get(fact.names, 0) - self.recovered.get(fact.names, 0)
        if fact.amount_minor > left:
            return Problem.of(problems.BEYOND_WRITTEN_OFF, key=fact.key, asked=fact.amount_minor, left=left)
        self.recovered[fact.names] = self.recovered.get(fact.names, 0) + fact.amount_minor
        return None


def replay(facts: Iterable[Fact], order: Order | Policies = Order.CIVIL_CODE_560) -> Account | Problem:
    """Return where every credit went; the order in which facts are given does not matter."""
    policies = order if isinstance(order, Policies) else Policies(((date.min, Policy(order)),))
    state = Replay(policies)
    by_turn = sorted(facts, key=lambda one: (one.on, one.kind, one.key))
    for (on, kind), turn in groupby(by_turn, key=lambda one: (one.on, one.kind)):
        for fact in turn:
            problem = state.take(fact)
            if problem:
                return problem
        if kind in (FactKind.DOCUMENT, FactKind.CHARGE):
            state.apply_waiting(on)
    return Account(
        applications=tuple(state.applications),
        open_minor={key: sum(opens) for key, opens in state.open.items()},
        unapplied_minor=state.unapplied,
        written_off_minor=state.written_off,
        recovered_minor=state.recovered,
    )


def total_open(account: Account) -> int:
    """What the debtor owes net of unapplied credits."""
    return sum(account.open_minor.values()) - sum(account.unapplied_minor.values())


Applied = tuple[str, str, date, Part]


def applied_by_document(applications: Iterable[Application]) -> dict[Applied, int]:
    """Sum applications by (credit, document, day, part): what two replays compare, and what a service posts."""
    sums: dict[Applied, int] = {}
    for one in applications:
        at = (one.credit, one.document, one.on, one.part)
        sums[at] = sums.get(at, 0) + one.amount_minor
    return {at: minor for at, minor in sums.items() if minor}


def differences(
    before: Sequence[Application], after: Sequence[Application]
) -> tuple[list[Application], list[Application]]:
    """What a service ends and what it writes when a late fact changed the replay; the rest stays untouched."""

    def told(at: Applied, minor: int) -> Application:
        credit, document, on, part = at
        return Application(credit, document, on, minor, part)

    old, new = applied_by_document(before), applied_by_document(after)
    ended = [told(at, minor) for at, minor in sorted(old.items()) if new.get(at) != minor]
    begun = [told(at, minor) for at, minor in sorted(new.items()) if old.get(at) != minor]
    return ended, begun
