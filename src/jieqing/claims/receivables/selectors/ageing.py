"""The ageing report from the database: one statement, no stored totals. The rules are ``engine.ageing``'s."""

from collections.abc import Sequence
from datetime import date, datetime

from jieqing.claims.receivables.engine.ageing import (
    DEFAULT_EDGES,
    AgeingReport,
    Basis,
    BucketSum,
    build_reports,
)
from jieqing.claims.receivables.selectors.moments import revision_at
from jieqing.claims.receivables.selectors.statements import fetch, open_items, parameters

# The date an item ages from, and whether the invoice date stood in for a missing one.
BASIS_DATE: dict[Basis, tuple[str, str]] = {
    Basis.DUE: ("i.late_after", "i.due_on IS NULL"),
    Basis.INVOICE: ("i.invoice_on", "false"),
    Basis.POSTING: ("coalesce(i.posting_on, i.invoice_on)", "i.posting_on IS NULL"),
}


def ageing_statement(basis: Basis, revision: int | None) -> str:
    """The statement. ``starts`` are the first ages of the second bucket, the third ...: width_bucket counts as bisect does."""
    start, fell_back = BASIS_DATE[basis]
    return f"""
WITH {open_items(revision, in_item_order=revision is None)}
SELECT i.currency,
       width_bucket(%(as_of)s::date - {start}, %(starts)s::int[]) AS bucket,
       receivables_sum(o.open_minor), count(*),
       coalesce(receivables_sum(o.open_minor) FILTER (WHERE o.open_minor < 0), 0),
       count(*) FILTER (WHERE o.open_minor < 0),
       coalesce(receivables_sum(o.open_minor) FILTER (WHERE {fell_back}), 0),
       count(*) FILTER (WHERE {fell_back})
FROM open_item o JOIN item_state i ON i.id = o.item_id
GROUP BY 1, 2"""  # noqa: S608  # constants only; values travel as parameters


def ageing(
    *,
    as_of: date,
    basis: Basis = Basis.DUE,
    edges: Sequence[int] = DEFAULT_EDGES,
    currency: str | None = None,
    known_at: datetime | None = None,
) -> list[AgeingReport]:
    """One report for each currency with open items, as of a day and, when asked, as known at an earlier moment."""
    revision = None if known_at is None else revision_at(known_at)
    rows = fetch(
        ageing_statement(basis, revision),
        parameters(as_of=as_of, revision=revision, starts=[edge + 1 for edge in edges]),
        large=True,
        # Earlier states come from two tables, which have no common order.
        in_item_order=revision is None,
    )
    sums = [BucketSum(*row) for row in rows]
    return build_reports(sums, as_of=as_of, basis=basis, edges=edges, currency=currency)
