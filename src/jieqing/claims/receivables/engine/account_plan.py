"""One account by its order: which part of each payment covers what, and what runs on each document meanwhile.

An account is one debtor of one creditor in one currency. What a payment covers decides what still bears interest, and
what ran up decides what the next payment covers (民法典 561: costs, interest, principal), so both are told in one walk
through the days. On an *accrual day* of the site, and where the order takes charges before principal also on the day of
each payment up to the last accrual day, what ran up until then is charged; then the payments of the day are applied.

Two kinds of credit. A *named* one stands on a document in the ledger: a bank line or an act that a person put there, or
the creditor's books (then it is *booked*, and covers the principal of that document). A *free* one is an unapplied payment
and goes by the order. What was written off and not recovered is out of reach for both: a payment learnt of after a
write-off is a recovery, which a person enters.

``plan_account`` answers from all facts, so any order of learning them ends alike; ``placed_parts`` are the applications
that differ from where the money stands in the ledger, and ``pairs_of_parts`` the balanced postings of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.receivables.engine.accounts import Account, PostingKind
from jieqing.claims.receivables.engine.accruing import Accrual, ChargeMode, Course, Terms
from jieqing.claims.receivables.engine.appropriation_facts import Application, Fact, FactKind, Policies
from jieqing.claims.receivables.engine.appropriation_replay import Replay, applied_by_document
from jieqing.claims.receivables.engine.charge_plan import Decided, DecisionKind, Plan
from jieqing.kernel.outcomes import Problem, is_problem


@dataclass(frozen=True, slots=True)
class Named:
    """What stands on a document by the end of a day: paid by whoever named it, or as the books say.

    A bill that was dishonoured covered it ``until`` a day: then what it covered, charges as well, is owed again.
    """

    on: date
    amount_minor: int
    is_booked: bool
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A debt of the account. ``lasting`` are write-offs and recoveries by day, ``raised`` what made the debt larger."""

    key: str
    course: Course
    named: tuple[Named, ...] = ()
    lasting: tuple[tuple[date, int], ...] = ()
    raised: tuple[tuple[date, int], ...] = ()
    decided: tuple[Decided, ...] = ()

    @property
    def reachable_minor(self) -> int:
        return self.course.amount_minor + min(0, sum(minor for _day, minor in self.lasting))


@dataclass(frozen=True, slots=True)
class Free:
    """An unapplied payment: what of it no person has put anywhere."""

    key: str
    on: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a credit on a part of a document. ``home`` is where the money stands in the ledger."""

    home: str
    document: str
    part: Part
    on: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """What must stand: the placed parts, and the postings of charges of each document."""

    placed: tuple[Placed, ...]
    charges: dict[str, Plan]


@dataclass(slots=True)
class _Walk:
    terms: Terms
    days: frozenset[date]
    last_day: date
    replay: Replay
    documents: dict[str, Document] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    charged: dict[str, tuple[int, int]] = field(default_factory=dict)
    paid: dict[str, list[tuple[date, int]]] = field(default_factory=dict)
    seen: int = 0
    accruals: dict[str, tuple[int, int, Accrual]] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)


def plan_account(
    terms: Terms,
    days: Iterable[date],
    policies: Policies,
    documents: Sequence[Document],
    free: Sequence[Free],
) -> AccountPlan | Problem:
    """Return what must stand on an account after everything known, whatever order it was learnt in."""
    days = frozenset(days)
    walk = _Walk(terms, days, max(days, default=date.min), Replay(policies))
    walk.documents = {one.key: one for one in documents}
    walk.plans = {one.key: {} for one in documents}
    facts, homes = _facts_of(documents, free)
    by_day: dict[date, list[Fact]] = {}
    for fact in facts:
        by_day.setdefault(fact.on, []).append(fact)
    decided = sorted({one.on for document in documents for one in document.decided})
    for day in sorted({*by_day, *walk.days, *decided}):
        problem = _live_day(walk, day, by_day.get(day, []))
        if problem:
            return problem
    return AccountPlan(tuple(placed_parts(walk.replay.applications, homes)), walk.plans)


def placed_parts(applications: Iterable[Application], homes: dict[str, str]) -> Iterator[Placed]:
    """What went elsewhere than where it stands: to another document, or to charges instead of principal."""
    for (credit, document, on, part), minor in sorted(applied_by_document(applications).items()):
        home = homes[credit]
        if home != document or part is not Part.PRINCIPAL:
            yield Placed(home, document, part, on, minor)


def pairs_of_parts(placed: Iterable[Placed]) -> dict[tuple[str, Account, date], int]:
    """The postings of placed parts by item, account and day: what is taken from the home goes to the part, to the fen."""
    sums: dict[tuple[str, Account, date], int] = {}
    for one in placed:
        account = Account.RECEIVABLE if one.part is Part.PRINCIPAL else Account.CHARGES
        for at, minor in (
            ((one.home, Account.RECEIVABLE, one.on), one.amount_minor),
            ((one.document, account, one.on), -one.amount_minor),
        ):
            sums[at] = sums.get(at, 0) + minor
    return {at: minor for at, minor in sums.items() if minor}


def _facts_of(documents: Sequence[Document], free: Sequence[Free]) -> tuple[list[Fact], dict[str, str]]:
    """Documents and credits as facts of a replay, and the home of each credit."""
    facts: list[Fact] = []
    homes: dict[str, str] = {}
    for document in documents:
        if document.reachable_minor <= 0:
            continue
        key, opened = document.key, document.course.invoice_on
        due = document.course.due_on
        facts.append(Fact(key, FactKind.DOCUMENT, opened, document.reachable_minor, due_on=due))
        for index, (day, minor) in enumerate(document.raised):
            facts.append(Fact(f"{key}+{index}", FactKind.CHARGE, max(day, opened), minor, key))
        for index, one in enumerate(document.named):
            credit = f"{key}-{index}"
            # Paid before the document: it covers it on the document's day.
            day = max(one.on, opened)
            facts.append(Fact(credit, FactKind.CREDIT, day, one.amount_minor, key, is_booked=one.is_booked))
            if one.until:
                facts.append(Fact(f"{credit}!", FactKind.REVERSAL, max(one.until, day), names=credit))
            homes[credit] = key
    for credit_ in free:
        facts.append(Fact(credit_.key, FactKind.CREDIT, credit_.on, credit_.amount_minor))
        homes[credit_.key] = credit_.key
    return facts, homes


def _live_day(walk: _Walk, day: date, facts: Sequence[Fact]) -> Problem | None:
    """Documents, what ran up, decisions, payments: in this order, so that a payment finds what is owed that day."""
    for kind in (FactKind.DOCUMENT, FactKind.CHARGE):
        problem = _take(walk, [fact for fact in facts if fact.kind is kind])
        if problem:
            return problem
    paid = [fact for fact in facts if fact.kind is FactKind.CREDIT]
    is_paid = bool(paid) and day <= walk.last_day and walk.replay.policies.on(day).takes_charges_first
    if day in walk.days or is_paid:
        problem = _charge(walk, day)
        if problem:
            return problem
    for document in walk.documents.values():
        for decision in (one for one in document.decided if one.on == day):
            problem = _decide(walk, document.key, decision)
            if problem:
                return problem
    walk.replay.apply_waiting(day)
    back = [fact for fact in facts if fact.kind is FactKind.REVERSAL]
    # Who named a document comes before who left it to the order; what is taken back comes last.
    return _take(
        walk,
        [*(fact for fact in paid if fact.names), *(fact for fact in paid if not fact.names), *back],
    )


def _take(walk: _Walk, facts: Iterable[Fact]) -> Problem | None:
    for fact in facts:
        problem = walk.replay.take(fact)
        if problem:
            return problem
    return None


def _charge(walk: _Walk, day: date) -> Problem | None:
    if walk.terms.mode is not ChargeMode.ACCRUE:
        return None
    _note_paid(walk)
    for key in [key for key in walk.replay.open if key not in walk.ended]:
        document = walk.documents[key]
        total = _accrual_by(walk, document, day).by(day)
        if is_problem(total):
            return total
        before = walk.charged.get(key, (0, 0))
        walk.charged[key] = total
        kinds = ((PostingKind.INTEREST, Part.INTEREST), (PostingKind.PENALTY, Part.PENALTY))
        for (kind, part), now, then in zip(kinds, total, before, strict=True):
            problem = _open_charge(walk, key, kind, part, day, now - then)
            if problem:
                return problem
    return None


def _note_paid(walk: _Walk) -> None:
    """What was applied to the principal of each document since it was asked last."""
    for one in walk.replay.applications[walk.seen :]:
        if one.part is Part.PRINCIPAL:
            walk.paid.setdefault(one.document, []).append((one.on, -one.amount_minor))
    walk.seen = len(walk.replay.applications)


def _accrual_by(walk: _Walk, document: Document, day: date) -> Accrual:
    """What runs on a document by what is known of its principal that day; the same one until something changes it."""
    paid = walk.paid.get(document.key, [])
    told = [at for at in (*document.lasting, *document.raised) if at[0] <= day]
    found = walk.accruals.get(document.key)
    if found is None or found[:2] != (len(paid), len(told)):
        course = replace(document.course, changes=tuple(sorted((*paid, *told))))
        found = len(paid), len(told), Accrual(walk.terms, course, walk.last_day)
        walk.accruals[document.key] = found
    return found[2]


def _decide(walk: _Walk, key: str, decision: Decided) -> Problem | None:
    if key not in walk.replay.open:
        return None
    if decision.kind is DecisionKind.FEE:
        return _open_charge(walk, key, PostingKind.FEE, Part.COSTS, decision.on, decision.amount_minor)
    kind = PostingKind.WAIVER
    if decision.kind is DecisionKind.CANCELLATION:
        kind = PostingKind.CHARGE_CANCELLATION
        walk.ended.add(key)
    least = min(walk.replay.open_charges(key), decision.amount_minor)
    return _open_charge(walk, key, kind, Part.PENALTY, decision.on, -least)


def _open_charge(
    walk: _Walk, key: str, kind: PostingKind, part: Part, day: date, minor: int
) -> Problem | None:
    if not minor:
        return None
    plan = walk.plans[key]
    plan[kind, day] = plan.get((kind, day), 0) + minor
    named = f"{key}:{kind.value}:{day.isoformat()}"
    if minor < 0:
        return walk.replay.take(Fact(named, FactKind.WAIVER, day, -minor, key))
    return walk.replay.take(Fact(named, FactKind.CHARGE, day, minor, key, part=part))
