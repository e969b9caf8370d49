"""contracts/owed-facts.schema.json and the vectors beside it: what the schema takes the reader takes, and the other way."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jieqing.claims.entitlements.engine.reading import ReadFacts, facts_from
from jieqing.claims.entitlements.tests.worked_cases import ALL_CASES
from jieqing.kernel.tests.worked_tables import ROOT

SCHEMA = json.loads((ROOT / "contracts" / "owed-facts.schema.json").read_text(encoding="utf-8"))
VECTORS = (ROOT / "contracts" / "owed" / "vectors.jsonl").read_text(encoding="utf-8").splitlines()
SALE: dict[str, Any] = {"kind": "sale", "items": [{"id": "A", "principal_fen": 100, "due": "2024-06-30"}]}


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_vectors_are_the_worked_cases() -> None:
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("make_vectors", ROOT / "contracts" / "owed" / "make_vectors.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.text().splitlines() == VECTORS, "run python contracts/owed/make_vectors.py"


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.heading)
def test_the_schema_takes_every_case(case: Any) -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(case.facts))


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "gift"},
        {"items": [{"id": "A"}]},
        {"items": [{"principal_fen": "100"}]},
        {"items": [{"principal_fen": 1.5}]},
        {"items": [{"principal_fen": -1}]},
        {"items": [{"principal_fen": 2**53}]},
        {"items": [{"principal_fen": 1, "due": "30/06/2024"}]},
        {"items": [{"principal_fen": 1, "rate": "ten"}]},
        {"items": [{"principal_fen": 1, "rate": "-0.1"}]},
        {"items": [{"principal_fen": 1, "rate_basis": "month"}]},
        {"payments": [{"date": "2024-07-01", "amount_fen": 0}]},
        {"payments": [{"amount_fen": 1}]},
        {"payments": {"date": "2024-07-01"}},
        {"judgment": {"perform_by": "2024-07-01", "instalments": [{"due": "2024-08-01"}]}},
        {"floating": "yes"},
        {"rounding": "bankers"},
        {"order": ["love"]},
        {"lpr": [{"published": "2026-09-21"}]},
    ],
)
def test_what_the_schema_refuses_the_reader_refuses(changes: dict[str, Any]) -> None:
    facts = SALE | changes
    assert not Draft202012Validator(SCHEMA).is_valid(facts)
    assert not isinstance(facts_from(json.loads(json.dumps(facts), parse_float=str)), ReadFacts)
