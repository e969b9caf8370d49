"""Ageing by debtor, and the ledger's own sum that every report must equal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jieqing.claims.receivables.engine.ageing import DEFAULT_EDGES, Basis
from jieqing.claims.receivables.selectors.ageing import BASIS_DATE
from jieqing.claims.receivables.selectors.item_filter import ItemFilter, narrowing
from jieqing.claims.receivables.selectors.moments import revision_at
from jieqing.claims.receivables.selectors.statements import fetch, open_items, parameters


@dataclass(frozen=True, slots=True)
class DebtorAgeing:
    """One debtor's buckets in one currency; ``debtor_id`` None is everybody beyond the first ones, together."""

    debtor_id: UUID | None
    name: str
    debtors: int
    items: int
    sums_minor: tuple[int, ...]

    @property
    def total_minor(self) -> int:
        return sum(self.sums_minor)


def ageing_by_debtor(
    *,
    as_of: date,
    currency: str,
    basis: Basis = Basis.DUE,
    edges: Sequence[int] = DEFAULT_EDGES,
    first: int = 20,
    known_at: datetime | None = None,
) -> list[DebtorAgeing]:
    """The ``first`` debtors who owe most, each split into buckets, then one row for all others."""
    revision = None if known_at is None else revision_at(known_at)
    rows = fetch(
        f"""
        WITH {open_items(revision)},
        cells AS (
            SELECT i.debtor_id, width_bucket(%(as_of)s::date - {BASIS_DATE[basis][0]}, %(starts)s::int[]) AS bucket,
                   sum(o.open_minor)::bigint AS minor, count(*) AS items
            FROM open_item o JOIN item_state i ON i.id = o.item_id
            WHERE i.currency = %(currency)s GROUP BY 1, 2
        ),
        ranked AS (
            SELECT debtor_id, row_number() OVER (ORDER BY sum(minor) DESC, debtor_id) AS place FROM cells GROUP BY 1
        ),
        placed AS (SELECT * FROM cells JOIN ranked USING (debtor_id))
        SELECT place, debtor_id, coalesce(nullif(p.name, ''), p.code), bucket, minor, placed.items
        FROM placed JOIN parties_party p ON p.id = placed.debtor_id WHERE place <= %(first)s
        UNION ALL
        SELECT %(first)s + 1, NULL, (SELECT (count(*) - %(first)s)::text FROM ranked), bucket,
               sum(minor)::bigint, sum(items)::bigint
        FROM placed WHERE place > %(first)s GROUP BY bucket
        ORDER BY 1, 4
        """,  # noqa: S608  # constants only
        parameters(
            as_of=as_of,
            revision=revision,
            currency=currency,
            first=first,
            starts=[edge + 1 for edge in edges],
        ),
        large=True,
    )
    found: dict[int, DebtorAgeing] = {}
    for place, debtor_id, name, bucket, minor, items in rows:
        before = found.get(place)
        sums = list(before.sums_minor) if before else [0] * (len(edges) + 1)
        sums[bucket] = minor
        found[place] = DebtorAgeing(
            debtor_id=debtor_id,
            name=name if debtor_id else "",
            debtors=1 if debtor_id else int(name),
            items=items + (before.items if before else 0),
            sums_minor=tuple(sums),
        )
    return [found[place] for place in sorted(found)]


def debtor_ageing(
    debtor_id: UUID,
    *,
    as_of: date,
    currency: str,
    basis: Basis = Basis.DUE,
    edges: Sequence[int] = DEFAULT_EDGES,
    known_at: datetime | None = None,
) -> tuple[int, ...]:
    """One debtor's buckets in one currency, in minor units."""
    revision = None if known_at is None else revision_at(known_at)
    wanted = ItemFilter(debtor_id=debtor_id)
    rows = fetch(
        f"""
        WITH {open_items(revision, narrow=narrowing(wanted, revision))}
        SELECT width_bucket(%(as_of)s::date - {BASIS_DATE[basis][0]}, %(starts)s::int[]), sum(o.open_minor)::bigint
        FROM open_item o JOIN item_state i ON i.id = o.item_id
        WHERE i.currency = %(currency)s AND i.debtor_id = %(debtor)s GROUP BY 1
        """,  # noqa: S608  # constants only
        parameters(
            as_of=as_of,
            revision=revision,
            currency=currency,
            debtor=debtor_id,
            starts=[edge + 1 for edge in edges],
        ),
    )
    sums: dict[int, int] = dict(rows)
    return tuple(sums.get(bucket, 0) for bucket in range(len(edges) + 1))


def ledger_sums(*, as_of: date, known_at: datetime | None = None) -> dict[str, int]:
    """Each currency's sum of all postings effective by a day: no join, no bucket, so a report can be held against it."""
    revision = None if known_at is None else revision_at(known_at)
    rows = fetch(
        """
        SELECT currency, sum(amount_minor)::bigint FROM receivables_posting
        WHERE site_id = %(site)s AND effective_on <= %(as_of)s
          AND (%(revision)s::int IS NULL OR recorded_rev <= %(revision)s)
          AND (voided_rev IS NULL OR voided_rev > %(revision)s)
        GROUP BY 1
        """,
        parameters(as_of=as_of, revision=revision),
    )
    return dict(rows)
