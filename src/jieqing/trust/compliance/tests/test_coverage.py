"""docs/law/coverage.md answers for every demand of the notes on the law, and names rules that are really shipped."""

from __future__ import annotations

import re

import pytest

from jieqing.kernel.tests.worked_tables import ROOT
from jieqing.trust.compliance.library import shipped

# The demands of the notes, family by family: the last number of each.
FAMILIES = {
    "GBT": 22, "CBA": 11, "NIFA": 1, "CFC": 1, "MLC": 1, "CARD": 4, "INET": 1, "OUT": 2, "COMP": 5, "RL": 20,
    "CR": 5, "AI": 11, "PI": 21, "US": 15, "UK": 6,
}  # fmt: skip
DEMANDS = tuple(f"{name}-{number:02}" for name, last in FAMILIES.items() for number in range(1, last + 1))
ALONE = ("SOL-17", "ENF-04", "MED-11")
# Families that are the platform's own, or laws beside the families above.
OTHERS = ("GATE", "CNP", "ABR", "B2B", "MED")

LAW = ROOT / "docs" / "law"
RULES = {rule.id for rule in shipped().rules}
ID = re.compile(r"\b[A-Z][A-Z0-9]*-\d\d[a-z]?\b")


def rows() -> dict[str, tuple[list[str], str]]:
    """Of each line of the tables: the rules it names and what it says besides."""
    found: dict[str, tuple[list[str], str]] = {}
    for line in (LAW / "coverage.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and ID.fullmatch(cells[0]):
            assert cells[0] not in found, f"{cells[0]} has two lines"
            found[cells[0]] = (ID.findall(cells[2]), cells[3])
    return found


@pytest.mark.parametrize("demand", [*DEMANDS, *ALONE])
def test_every_demand_is_a_rule_or_has_its_reason(demand: str) -> None:
    rules, said = rows()[demand]
    assert rules or said, "neither a rule nor a reason why there is none"
    assert set(rules) <= RULES, f"not shipped: {sorted(set(rules) - RULES)}"


def test_no_line_is_about_nothing() -> None:
    assert set(rows()) == {*DEMANDS, *ALONE}


def test_every_shipped_rule_of_a_demand_stands_in_its_line() -> None:
    held = rows()
    for rule in RULES:
        demand = rule.rstrip("abcdefgh")
        if demand.partition("-")[0] not in OTHERS:
            assert rule in held[demand][0], f"{rule} is shipped and its line does not say so"


def test_what_refusals_name_is_shipped_or_a_demand() -> None:
    named = set(ID.findall((LAW / "refusals.md").read_text(encoding="utf-8")))
    assert named <= RULES | {*DEMANDS, *ALONE}
