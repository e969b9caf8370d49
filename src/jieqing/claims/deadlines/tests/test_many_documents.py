"""A ledger of more documents than a page holds: the one limitation that matters is found among the newest, by every face."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.claims.deadlines import selectors
from jieqing.claims.deadlines.engine.watched import LIMITATION_MONTHS, ActFacts, limitation_of
from jieqing.claims.deadlines.management.cli import deadlines
from jieqing.claims.deadlines.services import record_act
from jieqing.claims.entitlements.engine.deadlines import add_months
from jieqing.claims.entitlements.engine.limitation_events import Act
from jieqing.claims.entitlements.engine.limitation_proof import Material
from jieqing.claims.receivables import services as ledger
from jieqing.claims.receivables.models import Item
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope

HEAD = "客户名称,单据号,开票日期,到期日,金额,币种,已收金额,收款日期\n"
TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


def filled(cast: Cast, *lines: str) -> Cast:
    source = (HEAD + "\n".join(lines) + "\n").encode()
    found = ledger.import_file(actor=cast.actor("owner"), name="应收.csv", source=source)
    assert not is_problem(found), found
    return cast


def near(cast: Cast, **more: Any) -> dict[str, str]:
    with site_scope(cast.site.id):
        rows = selectors.near_days(as_of=TODAY, **more)
    return {row.document_number: row.deadline.last_day.isoformat() for row in rows}


@pytest.fixture
def many(cast: Cast) -> Cast:
    """350 documents long out of time, one that is near, one kept alive by a payment, one by an act, one too new."""
    old = [f"宏达机械有限公司,OLD-{n},2019-01-01,2019-02-01,100.00,CNY,," for n in range(350)]
    return filled(
        cast,
        *old,
        "宏达机械有限公司,NEAR,2023-11-20,2023-12-20,100.00,CNY,,",
        "宏达机械有限公司,PAID,2021-11-20,2021-12-20,100.00,CNY,10.00,2024-01-15",
        "宏达机械有限公司,SETTLED,2023-11-20,2023-12-20,100.00,CNY,100.00,2024-01-15",
        "宏达机械有限公司,NEW,2026-01-01,2026-02-01,100.00,CNY,,",
    )


def test_every_open_document_is_looked_at_and_only_those_that_matter_are_read(many: Cast) -> None:
    assert near(many) == {"NEAR": "2026-12-21", "PAID": "2027-01-15"}
    with site_scope(many.site.id):
        item = Item.objects.get(document_number="OLD-349")
    act = ActFacts(date(2024, 2, 1), Act.PLAN, Material.SIGNED)
    made = record_act(
        actor=many.actor("owner"), item_id=item.id, due_on=item.due_on, facts=act, note="还款承诺书"
    )
    assert not is_problem(made), made
    assert near(many)["OLD-349"] == "2027-02-01"
    with site_scope(many.site.id):
        told = statements(lambda: selectors.near_days(as_of=TODAY))
    assert len(told) <= 6


def test_program_command_and_file_tell_the_same_days(many: Cast, client: Client) -> None:
    client.force_login(many.users["owner"])
    slug = many.site.slug
    with clock.frozen(NOON):
        answer = client.get(f"/api/v1/sites/{slug}/deadlines").json()
        table = client.get(f"/s/{slug}/deadlines.csv").content.decode("utf-8-sig")
    assert (answer["as_of"], answer["total"]) == ("2026-11-20", 2)
    assert [row["document"] for row in answer["deadlines"]] == ["NEAR", "PAID"]
    assert all(row["articles"] and row["entry"] for row in answer["deadlines"])
    assert "NEAR" in table and "OLD-1" not in table
    said = CliRunner().invoke(deadlines, ["--site", slug, "--as-of", "2026-11-20", "--json"])
    assert said.exit_code == 0, said.output
    lines = [json.loads(line) for line in said.stdout.splitlines()]
    assert lines == answer["deadlines"]


@settings(max_examples=25, deadline=None)
@given(
    dues=st.lists(st.dates(date(2003, 1, 1), date(2026, 11, 1)), min_size=1, max_size=8),
    paid=st.lists(st.dates(date(2003, 1, 1), date(2026, 11, 20)), max_size=8),
    within=st.sampled_from([0, 30, 180, 1095]),
)
def test_what_is_read_is_all_that_can_end_in_sight(dues: list[date], paid: list[date], within: int) -> None:
    """The window of the statement against the engine: a document left out has no day in sight."""
    first = add_months(
        TODAY - timedelta(days=selectors.PASSED_DAYS + selectors.ROLL_DAYS), -LIMITATION_MONTHS
    )
    last = add_months(TODAY + timedelta(days=within), -LIMITATION_MONTHS)
    long_ago = add_months(TODAY + timedelta(days=within), -selectors.LONGEST_MONTHS)
    for due in dues:
        is_read = first <= due <= last or due < long_ago or any(first <= day <= last for day in paid)
        found = limitation_of(due, sorted(paid), [])
        if is_read or is_problem(found) or found.deadline is None:
            continue
        on = found.deadline.last_day
        assert not TODAY - timedelta(days=selectors.PASSED_DAYS) <= on <= TODAY + timedelta(days=within), due
