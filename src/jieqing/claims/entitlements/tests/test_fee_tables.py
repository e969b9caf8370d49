"""The worked tables of docs/algorithms/fees.md, replayed; and the same fees by the shortcut of each bracket."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jieqing.claims.entitlements.engine.fees import Fee, court_fee, parse_kind
from jieqing.claims.entitlements.engine.fees_tables import SCHEDULES, FeeKind
from jieqing.kernel.money import MAX_MINOR
from jieqing.kernel.outcomes import is_problem
from jieqing.kernel.tests.worked_tables import Row, tables

PAGE = tables("algorithms/fees.md")
KINDS = st.sampled_from(list(FeeKind))
AMOUNTS = st.one_of(
    st.integers(0, 10**6), st.integers(0, 10**10), st.integers(0, MAX_MINOR - 1),
    st.sampled_from(sorted({edge for s in SCHEDULES.values() for edge, _ in s.brackets if edge})),
)  # fmt: skip


def fen(yuan: str) -> int:
    return int(Decimal(yuan) * 100)


def fee_of(kind: FeeKind, amount_fen: int) -> Fee:
    fee = court_fee(kind, amount_fen)
    assert not is_problem(fee)
    return fee


@pytest.mark.parametrize("row", PAGE["Worked fees"], ids=lambda row: row["amount"])
def test_each_worked_fee(row: Row) -> None:
    found = {name: fee_of(FeeKind(name), fen(row["amount"])).fee_fen for name in list(row)[1:]}
    assert found == {name: fen(row[name]) for name in list(row)[1:]}


@pytest.mark.parametrize("row", PAGE["The cap of a success fee"], ids=lambda row: row["amount"])
def test_each_worked_cap(row: Row) -> None:
    assert fee_of(FeeKind.AGENCY_CAP, fen(row["amount"])).fee_fen == fen(row["agency_cap"])


def test_one_fee_line_by_line() -> None:
    steps = fee_of(FeeKind.PAYMENT_ORDER, 12_345_678).steps
    found = [[s.rule, str(s.base_fen), s.rate or "-", str(s.amount_fen)] for s in steps]
    assert found == [list(row.values()) for row in PAGE["One fee, line by line"]]


def test_the_brackets_of_the_page_are_those_of_the_engine() -> None:
    wanted: dict[str, list[tuple[int | None, int | None]]] = {}
    for row in PAGE["Brackets"]:
        rate = None if row["rate"] == "-" else int(Decimal(row["rate"]) * 100)
        edge = None if row["to (元)"] == "-" else fen(row["to (元)"])
        wanted.setdefault(row["kind"], []).append((edge, rate))
        if rate is None:
            assert fen(row["flat (元)"]) == SCHEDULES[FeeKind(row["kind"])].flat_fen
    assert {kind: list(SCHEDULES[FeeKind(kind)].brackets) for kind in wanted} == wanted


@pytest.mark.parametrize("row", PAGE["What is refused"], ids=lambda row: row["result"])
def test_what_is_refused(row: Row) -> None:
    kind = parse_kind(row["kind"])
    found = kind if is_problem(kind) else court_fee(kind, int(row["amount in fen"]))
    assert is_problem(found)
    assert found.code == row["result"]


def by_shortcut(kind: str, amount_fen: int) -> Decimal:
    for row in PAGE["The shortcut"]:
        if row["kind"] == kind and (row["up to (元)"] == "-" or amount_fen <= fen(row["up to (元)"])):
            return amount_fen * Decimal(row["percent"]) / 100 + fen(row["sum (元)"])
    raise AssertionError(kind)


def to_fen(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@given(amount=AMOUNTS)
@example(amount=89_600_000)
def test_the_brackets_equal_the_shortcut(amount: int) -> None:
    case = by_shortcut("case", amount)
    wanted = {
        FeeKind.CASE: to_fen(case),
        FeeKind.APPEAL: to_fen(case),
        FeeKind.HALF: to_fen(case / 2),
        FeeKind.PAYMENT_ORDER: to_fen(case / 3),
        FeeKind.BANKRUPTCY: min(to_fen(case / 2), 30_000_000),
        FeeKind.ENFORCEMENT: to_fen(by_shortcut("enforcement", amount)),
        FeeKind.PRESERVATION: min(to_fen(by_shortcut("preservation", amount)), 500_000),
    }
    assert {kind: fee_of(kind, amount).fee_fen for kind in wanted} == wanted


@given(kind=KINDS, amount=AMOUNTS)
def test_the_steps_sum_to_the_fee(kind: FeeKind, amount: int) -> None:
    fee = fee_of(kind, amount)
    assert sum(step.amount_fen for step in fee.steps) == fee.fee_fen
    brackets = [step for step in fee.steps if step.rule.startswith("bracket_")]
    assert sum(step.base_fen for step in brackets) == amount


@given(kind=KINDS, amounts=st.tuples(AMOUNTS, AMOUNTS))
def test_more_never_costs_less(kind: FeeKind, amounts: tuple[int, int]) -> None:
    less, more = sorted(amounts)
    assert fee_of(kind, less).fee_fen <= fee_of(kind, more).fee_fen


@pytest.mark.parametrize("kind", list(FeeKind))
def test_no_jump_at_the_edge_of_a_bracket(kind: FeeKind) -> None:
    for edge, _rate in SCHEDULES[kind].brackets:
        if edge:
            at, above = (fee_of(kind, amount).fee_fen for amount in (edge, edge + 1))
            assert 0 <= above - at <= 1


@given(kind=KINDS, amount=AMOUNTS)
def test_no_float_anywhere(kind: FeeKind, amount: int) -> None:
    def walk(value: object) -> None:
        assert not isinstance(value, float)
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            for part in value:
                walk(part)

    walk(fee_of(kind, amount).as_dict())


@pytest.mark.parametrize("amount", [1.0, True, "1"])
def test_only_whole_fen_are_taken(amount: object) -> None:
    with pytest.raises(TypeError):
        court_fee(FeeKind.CASE, amount)  # type: ignore[arg-type]


@given(kind=KINDS, amount=AMOUNTS)
def test_a_cap_is_never_exceeded(kind: FeeKind, amount: int) -> None:
    fee = fee_of(kind, amount)
    if kind is FeeKind.AGENCY_CAP:
        assert fee.fee_fen * 100 <= amount * 18
    if kind is FeeKind.PRESERVATION:
        assert 3_000 <= fee.fee_fen <= 500_000
