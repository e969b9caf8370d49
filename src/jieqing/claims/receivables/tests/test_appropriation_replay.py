"""Appropriation by replay: any order of entering ends alike, no fen is lost, what was reversed stands again."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from jieqing.claims.receivables.engine.appropriation_facts import (
    Account,
    Application,
    Fact,
    FactKind,
    Order,
)
from jieqing.claims.receivables.engine.appropriation_replay import (
    applied_by_document,
    differences,
    replay,
    total_open,
)
from jieqing.kernel.outcomes import Problem

DAY = date(2026, 1, 1)


def on(days: int) -> date:
    return DAY + timedelta(days=days)


def document(key: str, minor: int, day: int = 0, due: int | None = None, **more) -> Fact:
    return Fact(key, FactKind.DOCUMENT, on(day), minor, due_on=None if due is None else on(due), **more)


def credit(key: str, minor: int, day: int, names: str = "") -> Fact:
    return Fact(key, FactKind.CREDIT, on(day), minor, names)


def reversal(of: str, day: int) -> Fact:
    return Fact(f"R-{of}", FactKind.REVERSAL, on(day), names=of)


def done(*facts: Fact, order: Order = Order.CIVIL_CODE_560) -> Account:
    found = replay(facts, order)
    assert isinstance(found, Account), found
    return found


def refused(*facts: Fact) -> str:
    found = replay(facts)
    assert isinstance(found, Problem)
    return found.code


@st.composite
def accounts(draw) -> list[Fact]:
    facts = [
        document(
            f"D{n}", draw(st.integers(1, 10_000)), draw(st.integers(0, 60)), draw(st.integers(0, 90)),
            secured_minor=draw(st.sampled_from([0, 0, 500])), burden=Fraction(draw(st.integers(0, 3)), 100),
        )
        for n in range(draw(st.integers(1, 5)))
    ]  # fmt: skip
    for n in range(draw(st.integers(0, 6))):
        day = draw(st.integers(0, 120))
        named = draw(
            st.sampled_from(["", "", *(one.key for one in facts if one.kind == 1 and one.on <= on(day))])
        )
        facts.append(credit(f"C{n}", draw(st.integers(1, 12_000)), day, named))
        if draw(st.integers(0, 3)) == 0:
            facts.append(reversal(f"C{n}", day + draw(st.integers(0, 30))))
    return facts


@given(accounts(), st.randoms(), st.sampled_from(Order))
def test_any_order_of_entering_ends_in_the_chronological_replay(facts, random, order):
    """Ask 16: enter facts one at a time in any order, each time replacing only what differs."""
    entered = list(facts)
    random.shuffle(entered)
    posted: list[Application] = []
    for count in range(1, len(entered) + 1):
        found = replay(entered[:count], order)
        if isinstance(found, Problem):
            continue  # a reversal before its credit, a name before its document: refused until the other one is there
        ended, begun = differences(posted, found.applications)
        kept = applied_by_document(posted)
        for one in ended:
            del kept[(one.credit, one.document, one.on, one.part)]
        for one in begun:
            kept[(one.credit, one.document, one.on, one.part)] = one.amount_minor
        posted = [Application(*at[:3], minor, at[3]) for at, minor in kept.items()]
    final = done(*facts, order=order)
    assert applied_by_document(posted) == applied_by_document(final.applications)


@given(accounts(), st.sampled_from(Order))
def test_no_fen_is_lost(facts, order):
    found = done(*facts, order=order)
    reversed_ = {one.names for one in facts if one.kind is FactKind.REVERSAL}
    charged = sum(one.amount_minor for one in facts if one.kind is FactKind.DOCUMENT)
    credited = {one.key: one.amount_minor for one in facts if one.kind is FactKind.CREDIT}
    for key, minor in credited.items():
        applied = sum(one.amount_minor for one in found.applications if one.credit == key)
        assert applied + found.unapplied_minor[key] == (0 if key in reversed_ else minor)
    assert all(minor >= 0 for minor in (*found.open_minor.values(), *found.unapplied_minor.values()))
    assert total_open(found) == charged - sum(m for key, m in credited.items() if key not in reversed_)


@given(accounts())
def test_taking_the_last_fact_back_is_as_if_it_had_never_come(facts):
    """Undo is a replay without it."""
    last = max(facts, key=lambda one: (one.on, one.kind, one.key))
    assume(last.kind is FactKind.CREDIT)
    without = [one for one in facts if one is not last]
    ended, begun = differences(done(*facts).applications, done(*without).applications)
    assert begun == [] and {one.credit for one in ended} <= {last.key}


def test_a_payment_goes_by_article_560():
    due, later = document("D1", 100, 0, 10), document("D2", 100, 0, 5)
    secured = document("D3", 100, 0, 5, secured_minor=100)
    heavy = document("D4", 100, 0, 10, burden=Fraction(1, 10))
    not_due = document("D5", 100, 0, 90)
    found = done(due, later, secured, heavy, not_due, credit("C", 350, 20))
    assert [(one.document, one.amount_minor) for one in found.applications] == [
        ("D4", 100), ("D2", 100), ("D1", 100), ("D3", 50),
    ]  # fmt: skip
    oldest = done(due, later, secured, heavy, not_due, credit("C", 350, 20), order=Order.OLDEST_DUE_FIRST)
    assert {one.document: one.amount_minor for one in oldest.applications} == {
        "D2": 100,
        "D3": 100,
        "D1": 75,
        "D4": 75,
    }


def test_equals_share_pro_rata_and_the_named_document_comes_first():
    first, second = document("D1", 100, 0, 5), document("D2", 200, 0, 5)
    assert done(first, second, credit("C", 90, 10)).open_minor == {"D1": 70, "D2": 140}
    assert done(first, second, credit("C", 90, 10, "D2")).open_minor == {"D1": 100, "D2": 110}
    assert done(first, second, credit("C", 150, 10, "D1")).open_minor == {"D1": 0, "D2": 150}


def test_what_is_paid_too_early_waits_for_its_document():
    found = done(credit("C", 150, 0), document("D1", 100, 10), document("D2", 100, 20))
    assert [(one.document, one.on, one.amount_minor) for one in found.applications] == [
        ("D1", on(10), 100), ("D2", on(20), 50),
    ]  # fmt: skip
    assert done(credit("C", 150, 0)).unapplied_minor == {"C": 150}


def test_a_dishonoured_bill_returns_the_debt_and_others_cover_it():
    found = done(document("D1", 100), credit("BILL", 100, 5), credit("CASH", 60, 6), reversal("BILL", 30))
    assert found.open_minor == {"D1": 40}
    assert [(one.credit, one.on, one.amount_minor) for one in found.applications] == [
        ("BILL", on(5), 100), ("BILL", on(30), -100), ("CASH", on(30), 60),
    ]  # fmt: skip


def test_write_off_then_recovery_never_beyond():
    """Ask 20."""
    bad = (document("D1", 100), credit("C", 30, 5), Fact("W", FactKind.WRITE_OFF, on(9), 70, "D1"))
    found = done(*bad, Fact("G", FactKind.RECOVERY, on(20), 50, "D1"))
    assert (found.open_minor, found.written_off_minor, found.recovered_minor) == (
        {"D1": 0},
        {"D1": 70},
        {"D1": 50},
    )
    again = Fact("H", FactKind.RECOVERY, on(21), 21, "D1")
    assert (
        refused(*bad, Fact("G", FactKind.RECOVERY, on(20), 50, "D1"), again)
        == "appropriation.beyond_written_off"
    )
    assert (
        refused(document("D1", 100), Fact("W", FactKind.WRITE_OFF, on(1), 101, "D1"))
        == "appropriation.beyond_open"
    )


def test_what_cannot_be_is_refused():
    one = document("D1", 100)
    assert refused(one, reversal("C", 5)) == "appropriation.nothing_to_reverse"
    twice = Fact("R2", FactKind.REVERSAL, on(7), names="C")
    assert refused(one, credit("C", 5, 1), reversal("C", 5), twice) == "appropriation.nothing_to_reverse"
    assert refused(one, credit("C", 5, 1, "D9")) == "appropriation.document_unknown"
    assert refused(one, credit("C", -5, 1)) == "appropriation.not_positive"
