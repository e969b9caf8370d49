"""Every case that was worked by hand, against the engine as `jieqing owed` runs it."""

import json
from datetime import date

import pytest

from jieqing.claims.entitlements.engine.printing import statement_json
from jieqing.claims.entitlements.engine.reading import ReadFacts, read_facts
from jieqing.claims.entitlements.engine.statement import Statement, draw_statement
from jieqing.claims.entitlements.tests.hand_cases import HandCase
from jieqing.claims.entitlements.tests.hand_cases_loans import LOANS
from jieqing.claims.entitlements.tests.hand_cases_payments import PAYMENTS
from jieqing.claims.entitlements.tests.hand_cases_trade import TRADE
from jieqing.kernel.tests.worked_tables import ROOT

CASES = [*LOANS, *TRADE, *PAYMENTS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_engine_comes_to_what_the_law_says(case: HandCase) -> None:
    read = read_facts(json.dumps(case.facts))
    assert isinstance(read, ReadFacts), read
    drawn = draw_statement(read.facts, date.fromisoformat(case.as_of))
    assert isinstance(drawn, Statement), drawn
    found = statement_json(drawn, read.warnings)
    names = ("principal_fen", "interest_fen", "penalty_fen", "costs_fen", "surplus_fen")
    assert tuple(found[name] for name in names) == case.owed, case.working
    codes = {line["code"].removeprefix("owed.") for line in found["warnings"]}
    assert set(case.warns) <= codes, case.working
    assert not set(case.silent) & codes, case.working


def row(case: HandCase) -> str:
    """A case as docs/law/entitlements.md lists it."""
    return f"| {case.id} | {case.rule} | {case.working} | {case.as_of} | {', '.join(map(str, case.owed))} |"


def test_every_case_stands_in_the_document() -> None:
    page = (ROOT / "docs" / "law" / "entitlements.md").read_text(encoding="utf-8")
    assert [line for line in page.splitlines() if line.startswith("| ") and line in set(map(row, CASES))] == [
        row(case) for case in CASES
    ]
    assert len({case.id for case in CASES}) == len(CASES)


def test_two_values_for_one_month_are_refused_with_a_sentence() -> None:
    facts = {
        "kind": "sale",
        "items": [{"principal_fen": 1, "due": "2026-09-25"}],
        "lpr": [
            {"published": "2026-09-21", "one_year": "0.03"},
            {"published": "2026-09-22", "one_year": "0.031"},
        ],
    }
    found = read_facts(json.dumps(facts))
    assert isinstance(found, list) and found[0].code == "owed.lpr_contradicted"


def test_an_operators_value_replaces_the_shipped_one_and_says_so() -> None:
    facts = {
        "kind": "sale",
        "late_multiple": "1.3",
        "items": [{"principal_fen": 100_000_000, "due": "2026-06-30"}],
        "lpr": [{"published": "2026-06-22", "one_year": "0.029", "confirmed_by": "LI Na"}],
    }
    read = read_facts(json.dumps(facts))
    assert isinstance(read, ReadFacts)
    drawn = draw_statement(read.facts, date(2026, 7, 10))
    assert isinstance(drawn, Statement)
    assert drawn.penalty_minor == 103_288  # 100,000,000 × 3.77 % × 10 ÷ 365
    assert "owed.lpr_corrected" in {problem.code for problem in drawn.warnings}
    assert isinstance(read_facts(json.dumps(facts).replace(', "confirmed_by": "LI Na"', "")), list)
