"""The tables of docs/algorithms are true: each row is replayed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from jieqing.kernel import dates
from jieqing.kernel.capitals import capital_amount
from jieqing.kernel.money import Rounding, allocate, format_amount, round_ratio, to_minor
from jieqing.kernel.outcomes import Problem
from jieqing.kernel.rates import Rate
from jieqing.kernel.tests.worked_tables import ROOT, Row, tables


def shown(outcome: object) -> str:
    return outcome.code if isinstance(outcome, Problem) else str(outcome)


def minor_units(row: Row) -> Row:
    return {"result": shown(to_minor(Decimal(row["text"]), row["currency"]))}


def rounding(row: Row) -> Row:
    numer, denom = map(int, row["ratio"].split("/"))
    return {mode.value: str(round_ratio(numer, denom, mode)) for mode in Rounding}


def splitting(row: Row) -> Row:
    try:
        shares = allocate(int(row["total"]), [int(weight) for weight in row["weights"].split(",")])
    except ValueError:
        return {"shares": "refused"}
    return {"shares": ", ".join(map(str, shares))}


def amounts(row: Row) -> Row:
    def text(lang: str) -> str:
        return format_amount(int(row["minor"]), row["currency"], lang).replace("\u00a0", " ")

    return {"zh": text("zh"), "en": text("en")}


def interest(row: Row) -> Row:
    rate = Rate(Decimal(row["rate"]), int(row["day count"]))
    return {"interest": str(rate.interest(int(row["principal"]), int(row["days"])))}


def capitals(row: Row) -> Row:
    return {"capital": capital_amount(int(row["fen"]), prefix="人民币")}


def days_past_due(row: Row) -> Row:
    due, as_of = date.fromisoformat(row["due"]), date.fromisoformat(row["as of"])
    return {"overdue days": str(dates.overdue_days(due, as_of))}


def workdays(row: Row) -> Row:
    day = date.fromisoformat(row["day"])
    return {
        "kind": shown(dates.day_kind(day)),
        "next": shown(dates.next_workday(day)),
        "previous": shown(dates.previous_workday(day)),
    }


REPLAYS: dict[tuple[str, str], Callable[[Row], Row]] = {
    ("algorithms/money.md", "Minor units"): minor_units,
    ("algorithms/money.md", "Rounding"): rounding,
    ("algorithms/money.md", "Splitting"): splitting,
    ("algorithms/money.md", "Amounts on a page"): amounts,
    ("algorithms/money.md", "Simple interest"): interest,
    ("algorithms/money.md", "Capital numerals"): capitals,
    ("algorithms/dates.md", "Days past due"): days_past_due,
    ("algorithms/dates.md", "Workdays"): workdays,
}


@pytest.mark.parametrize(("page", "heading"), REPLAYS)
def test_every_row_is_true(page: str, heading: str) -> None:
    rows = tables(page)[heading]
    replayed = [row | REPLAYS[page, heading](row) for row in rows]
    assert replayed == rows


@pytest.mark.parametrize("page", ["algorithms/money.md", "algorithms/dates.md", "glossary.md"])
def test_the_reader_skips_no_row(page: str) -> None:
    lines = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
    in_tables = sum(line.startswith("|") for line in lines)
    found = tables(page).values()
    assert sum(map(len, found)) == in_tables - 2 * len(found), (
        "every table line is a row but its header and rule"
    )


@pytest.mark.parametrize("page", sorted({page for page, _ in REPLAYS}))
def test_every_table_is_replayed(page: str) -> None:
    assert {(page, heading) for heading in tables(page)} == {key for key in REPLAYS if key[0] == page}


def test_segments_are_rounded_one_by_one() -> None:
    rate = Rate(Decimal("0.0365"), 365)
    assert sum(rate.interest(100, 50) for _ in range(3)) == 3
    assert rate.interest(100, 150) == 2
