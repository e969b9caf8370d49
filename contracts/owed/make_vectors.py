"""Write ``vectors.jsonl``: each worked case of docs/algorithms as facts, day and statement, for other implementations.

Run from the checkout: ``python contracts/owed/make_vectors.py``. A test holds the file against the engine.
"""

import json
from datetime import date
from pathlib import Path

from jieqing.claims.entitlements.engine.printing import statement_json
from jieqing.claims.entitlements.engine.reading import ReadFacts, read_facts
from jieqing.claims.entitlements.engine.statement import Statement, draw_statement
from jieqing.claims.entitlements.tests.worked_cases import ALL_CASES, Case

FILE = Path(__file__).parent / "vectors.jsonl"


def vector(case: Case) -> dict[str, object]:
    read = read_facts(case.facts)
    assert isinstance(read, ReadFacts)
    statement = draw_statement(read.facts, date.fromisoformat(case.as_of))
    assert isinstance(statement, Statement)
    return {
        "name": case.heading,
        "as_of": case.as_of,
        "facts": json.loads(case.facts),
        "statement": statement_json(statement, read.warnings),
    }


def text() -> str:
    return "".join(json.dumps(vector(case), ensure_ascii=False) + "\n" for case in ALL_CASES)


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
