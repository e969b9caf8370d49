"""The worked cases of docs/algorithms, replayed by the engine and by the second formulation."""

from datetime import date
from decimal import Decimal

import pytest

from jieqing.claims.entitlements.engine.lpr import LPR
from jieqing.claims.entitlements.engine.printing import statement_json
from jieqing.claims.entitlements.engine.reading import ReadFacts, read_facts
from jieqing.claims.entitlements.engine.statement import Statement, draw_statement
from jieqing.claims.entitlements.tests import day_by_day
from jieqing.claims.entitlements.tests.worked_cases import ALL_CASES, Case
from jieqing.kernel.tests.worked_tables import Row, tables

PAGE = tables("algorithms/interest.md")


def drawn(case: Case) -> tuple[ReadFacts, Statement]:
    read = read_facts(case.facts)
    assert isinstance(read, ReadFacts), read
    statement = draw_statement(read.facts, date.fromisoformat(case.as_of))
    assert isinstance(statement, Statement), statement
    return read, statement


def test_the_pages_have_cases() -> None:
    assert len(ALL_CASES) >= 40


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.heading)
def test_a_case_comes_to_what_the_page_says(case: Case) -> None:
    read, statement = drawn(case)
    found = statement_json(statement, read.warnings)
    columns = ("item", "part", "from", "to", "days", "base_fen", "rate", "day_count", "amount_fen", "rule")
    assert [[str(line[name]) for name in columns] for line in found["segments"]] == [
        list(row.values()) for row in case.segments
    ]
    if case.shares:
        assert [
            [line["date"], line["part"], line["item"] or "-", str(line["amount_fen"])]
            for line in found["appropriations"]
        ] == [list(row.values()) for row in case.shares]
    names = ("principal_fen", "interest_fen", "penalty_fen", "costs_fen", "total_fen", "surplus_fen")
    warned = ", ".join(line["code"].removeprefix("owed.") for line in found["warnings"]) or "-"
    assert [case.as_of, *(str(found[name]) for name in names), warned] == list(case.sums.values())


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.heading)
def test_the_second_formulation_agrees(case: Case) -> None:
    read, statement = drawn(case)
    second = day_by_day.owed(read.facts, statement.as_of)
    assert second["principal"] == statement.principal_minor
    assert second["interest"] + second["doubled"] == statement.interest_minor
    assert second["doubled"] == statement.doubled_minor
    assert second["penalty"] == statement.penalty_minor
    assert (second["costs"], second["surplus"]) == (statement.costs_minor, statement.surplus_minor)


@pytest.mark.parametrize("row", PAGE["The one-year LPR"], ids=lambda row: row["from"])
def test_the_lpr_and_its_multiples(row: Row) -> None:
    first = date.fromisoformat(row["from"])
    percent = LPR.at(first.toordinal()).one_year * 100
    assert percent == Decimal(row["1Y"])
    assert [percent * factor for factor in (4, Decimal("1.3"), Decimal("1.5"))] == [
        Decimal(row[name]) for name in ("4×1Y", "1Y×1.3", "1Y×1.5")
    ]
    [published] = [found for found in LPR.publications if found.day == first]
    assert published.five_year * 100 == Decimal(row["5Y+"])


@pytest.mark.parametrize("row", PAGE["The base rate before the LPR"], ids=lambda row: row["from"])
def test_the_base_rate(row: Row) -> None:
    assert LPR.at(date.fromisoformat(row["from"]).toordinal()).one_year * 100 == Decimal(row["1Y"])


@pytest.mark.parametrize("row", PAGE["Which value holds on a day"], ids=lambda row: row["day"])
def test_the_value_of_a_day(row: Row) -> None:
    day = date.fromisoformat(row["day"]).toordinal()
    assert LPR.at(day).one_year * 100 == Decimal(row["1Y"])
    assert "、".join(LPR.unconfirmed_months(day, day) or ["-"]) == row["unconfirmed"]
