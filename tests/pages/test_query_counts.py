"""No page asks the database for each row: fifty rows cost as many statements as one, and no page costs very many.

Two sites, one with a ledger of a single row and one with sixty rows of sixty debtors in several files, visited by
their owners. Every page that the resolver knows is walked; a page that answers other than 200 is not a list.
"""

from typing import Any

import pytest
from django.db import connection

from jieqing.claims.receivables import services
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from tests.cast import Cast
from tests.isolation.addresses import pages
from tests.isolation.things import HEADER, ID_TABLES
from tests.query_counts import statements

STATEMENTS_MAX = 40
FILES, ROWS_EACH = 6, 10
# Ids of rows of one file come in any order; a row of the same kind is looked at on both sites.
FIRST_BY = {"receivables_item": "kind DESC, document_number"}


@pytest.fixture
def few_and_many(filled_sites: Cast) -> Cast:
    cast = filled_sites
    for file in range(FILES):
        lines = [
            f"江苏省第{file}{row}机械有限公司,FP-{file}{row},2026-0{row % 6 + 1}-10,2026-0{row % 6 + 1}-28,{row + 1}00.00,CNY\n"
            for row in range(ROWS_EACH)
        ]
        found = services.import_file(
            actor=cast.actor("stranger"), name=f"{file}.csv", source=(HEADER + "".join(lines)).encode()
        )
        assert not is_problem(found), found
    return cast


def ids_on(cast: Cast, name: str) -> dict[str, Any]:
    site = cast.site if name == "owner" else cast.other_site
    values: dict[str, Any] = {"site_slug": site.slug, "token": "none", "digest": "none", "rule_id": "GATE-05"}
    with site_scope(site.id), connection.cursor() as cursor:
        for parameter, table in ID_TABLES.items():
            first = FIRST_BY.get(table, "id")
            cursor.execute(f'SELECT id FROM "{table}" WHERE site_id = %s ORDER BY {first} LIMIT 1', [site.id])
            values[parameter] = cursor.fetchone()[0]
    return values


def test_a_page_asks_as_often_for_many_rows_as_for_few(few_and_many: Cast) -> None:
    few, many = ids_on(few_and_many, "owner"), ids_on(few_and_many, "stranger")
    walked, growing, heavy = [], {}, {}
    for page in pages():
        if "site_slug" not in page.parameters:
            continue
        counts = []
        for name, values in (("owner", few), ("stranger", many)):
            client = few_and_many.clients[name]
            if client.get(page.address(values)).status_code != 200:
                break
            counts.append(len(statements(lambda: client.get(page.address(values)))))  # noqa: B023
        if len(counts) == 2:
            walked.append(page.route)
        if len(counts) == 2 and counts[1] > counts[0]:
            growing[page.route] = tuple(counts)
        if counts and max(counts) > STATEMENTS_MAX:
            heavy[page.route] = max(counts)
    assert len(walked) >= 15, "most pages of a site answer 200 to its owner"
    assert growing == {}, "statements for few rows, for many"
    assert heavy == {}
