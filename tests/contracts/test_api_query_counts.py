"""No list of the API asks the database for each row: a page of many costs as many statements as a page of few."""

from typing import Any

from tests.cast import Cast
from tests.isolation.addresses import operations
from tests.pages.test_query_counts import few_and_many, ids_on
from tests.query_counts import statements

__all__ = ["few_and_many"]
STATEMENTS_MAX = 30


def test_a_list_asks_as_often_for_many_rows_as_for_few(few_and_many: Cast) -> None:
    sites = {name: ids_on(few_and_many, name) for name in ("owner", "stranger")}
    walked, growing, heavy = [], {}, {}
    for operation in operations():
        if operation.method != "GET":
            continue
        counts = []
        for name, values in sites.items():
            address, client = (
                operation.address(values) + "?currency=CNY&as_of=2026-06-30",
                few_and_many.clients[name],
            )
            if client.get(address).status_code != 200:
                break

            def ask(client: Any = client, address: str = address) -> object:
                return client.get(address)

            counts.append(len(statements(ask)))
        else:
            walked.append(operation.name)
            if counts[1] > counts[0]:
                growing[operation.name] = counts
            if max(counts) > STATEMENTS_MAX:
                heavy[operation.name] = counts
    assert (growing, heavy) == ({}, {})
    assert len(walked) >= 15, walked
