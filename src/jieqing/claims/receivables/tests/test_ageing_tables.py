"""The worked tables of docs/algorithms/ageing.md, replayed by the engine."""

from datetime import date

import pytest

from jieqing.claims.receivables.engine.ageing import (
    AgedItem,
    Basis,
    age_items,
    bucket_index,
    buckets_of,
    parse_edges,
)
from jieqing.kernel.outcomes import is_problem
from jieqing.kernel.tests.worked_tables import Row, tables

PAGE = tables("algorithms/ageing.md")
AS_OF = date(2026, 6, 30)
EDGES = (0, 30, 60, 90)


def day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)


def items() -> list[AgedItem]:
    return [
        AgedItem(
            row["currency"],
            date.fromisoformat(row["invoice"]),
            day(row["due"]),
            day(row["posting"]),
            int(row["open"]),
        )
        for row in PAGE["One ledger, three bases"]
    ]


@pytest.mark.parametrize("row", PAGE["Buckets"], ids=lambda row: f"{row['edges']} at {row['age']}")
def test_an_age_falls_into_one_bucket(row: Row) -> None:
    edges = tuple(map(int, row["edges"].split(",")))
    index = bucket_index(int(row["age"]), edges)
    bucket = buckets_of(edges)[index]
    found = [index, *("-" if end is None else end for end in (bucket.from_days, bucket.to_days))]
    assert [str(part) for part in found] == [row["bucket"], row["from"], row["to"]]


@pytest.mark.parametrize("row", PAGE["Edges that are refused"], ids=lambda row: row["text"])
def test_edges_are_read_or_refused(row: Row) -> None:
    found = parse_edges(row["text"])
    assert (found.code if is_problem(found) else ",".join(map(str, found))) == row["result"]


@pytest.mark.parametrize("basis", list(Basis))
def test_each_item_ages_from_its_basis(basis: Basis) -> None:
    for item, row in zip(items(), PAGE["One ledger, three bases"], strict=True):
        [found] = age_items([item], as_of=AS_OF, basis=basis, edges=EDGES)
        assert (row["item"], found.bucket) == (row["item"], int(row[f"bucket by {basis.value}"]))


@pytest.mark.parametrize(
    ("basis", "heading"), [(Basis.DUE, "Sums by due date"), (Basis.POSTING, "Sums by posting date")]
)
def test_the_sums_of_the_page(basis: Basis, heading: str) -> None:
    found = age_items(items(), as_of=AS_OF, basis=basis, edges=EDGES)
    wanted = [[row["currency"], *(int(row[name]) for name in list(row)[1:])] for row in PAGE[heading]]
    assert [
        [
            s.currency, s.bucket, s.amount_minor, s.items, s.credit_minor, s.credit_items,
            s.fallback_minor, s.fallback_items,
        ]
        for s in found
    ] == wanted  # fmt: skip
