"""The query counter sees a loop that asks for each row, and lets an honest list pass."""

import pytest
from django.db import connection


def ask(value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", [value])


def test_a_query_for_each_row_is_seen(same_queries) -> None:
    with pytest.raises(pytest.fail.Exception, match="49x more"):
        same_queries(lambda: ask(1), lambda: [ask(number) for number in range(50)])


def test_the_same_number_passes_and_is_told(same_queries, queries_of) -> None:
    assert same_queries(lambda: ask(1), lambda: ask(50)) == 1
    assert len(queries_of(lambda: ask(1))) == 1
