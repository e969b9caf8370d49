"""A list page asks the database as often for fifty rows as for one: a pytest plugin that says so.

``queries_of(action)`` runs an action and returns the statements it sent; ``same_queries(few, many)`` runs two and
fails, showing which statement is repeated, when the second sent more.
"""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

Action = Callable[[], object]


@pytest.fixture
def queries_of(db: None) -> Callable[[Action], list[str]]:
    return statements


@pytest.fixture
def same_queries(db: None) -> Callable[[Action, Action], int]:
    def check(few: Action, many: Action) -> int:
        first, second = statements(few), statements(many)
        if len(second) > len(first):
            more = Counter(map(_shape, second)) - Counter(map(_shape, first))
            shown = "\n".join(f"{times}x more: {shape[:200]}" for shape, times in more.most_common(5))
            pytest.fail(f"{len(first)} statements for few rows, {len(second)} for many\n{shown}")
        return len(second)

    return check


def statements(action: Action) -> list[str]:
    """Statements that read or write rows; transaction marks and settings are the same for every page."""
    with CaptureQueriesContext(connection) as captured:
        action()
    return [
        query["sql"]
        for query in captured
        if not re.match(r"SAVEPOINT|RELEASE|SELECT set_config", query["sql"])
    ]


def _shape(statement: str) -> str:
    """The statement without its values, so that repetitions fall together."""
    return re.sub(r"'[^']*'|\b\d+\b", "?", statement)
