"""Ageing: how old the open part of each item is, in buckets that the reader chose.

Words. An item's *open amount* at a day D is the sum of its postings effective on or before D. Its *age* is D minus
its basis date: the due date (with the site's roll and grace, see
``engine.overdue_terms``), the invoice date or the posting date. An item without the date asked for falls back to
its invoice date, and the report says how many did. *Edges* 0, 30, 60, 90 make five buckets: not due and due today
(age 0 or less), 1-30, 31-60, 61-90, more than 90. An item that is due today is not overdue.

A credit note or an unapplied payment is an item with a negative open amount: it is netted in the bucket of its own
age, and each bucket also says how much credit it holds, so that nothing is hidden by the netting.

Invariant: the buckets of a currency sum to its total, and the total to the ledger's open amount at D. Currencies
never meet in one sum. Equal rows give equal canonical bytes, whenever the report is made.

Refuses: edges that do not rise, that are out of bounds or too many; an unknown basis.

Source: docs/algorithms/ageing.md (worked tables that the tests replay).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from jieqing.kernel.canonical import canonical_bytes
from jieqing.kernel.outcomes import JSON, Problem, ProblemKind

EDGES_MAX = 24
EDGE_DAYS_MAX = 36_500


class Basis(StrEnum):
    """Which date an item ages from. Values are part of the command line and the API: never rename one."""

    DUE = "due"
    INVOICE = "invoice"
    POSTING = "posting"


@dataclass(frozen=True, slots=True)
class Bucket:
    """Ages from `from_days` to `to_days`, both inside; None is open: the first bucket has no start, the last no end."""

    from_days: int | None
    to_days: int | None

    def label(self, lang: str = "zh", basis: Basis = Basis.DUE) -> str:
        """Return the bucket's heading as people read it.

        Example:
            >>> [b.label("en") for b in buckets_of(DEFAULT_EDGES)][:2], Bucket(91, None).label()
            (['Not due', '1–30 days'], '逾期 90 天以上')
        """
        zh = lang.lower().startswith("zh")
        prefix = "逾期 " if basis is Basis.DUE else ""
        if self.from_days is None:
            if self.to_days == 0 and basis is Basis.DUE:
                return "未到期" if zh else "Not due"
            return f"{prefix}{self.to_days} 天以内" if zh else f"Up to {self.to_days} days"
        if self.to_days is None:
            return f"{prefix}{self.from_days - 1} 天以上" if zh else f"Over {self.from_days - 1} days"
        span = f"{self.from_days}–{self.to_days}" if self.from_days != self.to_days else f"{self.to_days}"
        return f"{prefix}{span} 天" if zh else f"{span} days"


DEFAULT_EDGES: tuple[int, ...] = (0, 30, 60, 90)


@dataclass(frozen=True, slots=True)
class AgedItem:
    """What ageing must know of one open item; the dates as the ledger has them. By due date it ages from ``late_after``."""

    currency: str
    invoice_on: date
    due_on: date | None
    posting_on: date | None
    open_minor: int
    late_after: date | None = None


@dataclass(frozen=True, slots=True)
class BucketSum:
    """One bucket of one currency. `amount_minor` is net of `credit_minor` (negative or 0); `items` counts both kinds."""

    currency: str
    bucket: int
    amount_minor: int
    items: int
    credit_minor: int = 0
    credit_items: int = 0
    fallback_minor: int = 0
    fallback_items: int = 0


@dataclass(frozen=True, slots=True)
class AgeingReport:
    """The ageing of one currency. `fallback_*` tell of items that had no date of the basis and used the invoice date."""

    as_of: date
    basis: Basis
    currency: str
    edges: tuple[int, ...]
    buckets: tuple[Bucket, ...]
    sums: tuple[BucketSum, ...]

    @property
    def total_minor(self) -> int:
        return sum(row.amount_minor for row in self.sums)

    @property
    def items(self) -> int:
        return sum(row.items for row in self.sums)

    @property
    def overdue_minor(self) -> int:
        """The net amount of the buckets that start after day 0 (whole only when 0 is among the edges)."""
        return sum(
            row.amount_minor
            for bucket, row in zip(self.buckets, self.sums, strict=True)
            if bucket.from_days is not None and bucket.from_days > 0
        )

    def as_dict(self) -> dict[str, JSON]:
        """Return the form that the command line and the API print; amounts are in the currency's minor unit."""
        return {
            "as_of": self.as_of.isoformat(),
            "basis": self.basis.value,
            "buckets": [
                {
                    "from_days": bucket.from_days,
                    "to_days": bucket.to_days,
                    "amount_fen": row.amount_minor,
                    "items": row.items,
                    "credit_fen": row.credit_minor,
                    "credit_items": row.credit_items,
                }
                for bucket, row in zip(self.buckets, self.sums, strict=True)
            ],
            "total_fen": self.total_minor,
            "currency": self.currency,
            "items": self.items,
            "fallback": {
                "amount_fen": sum(row.fallback_minor for row in self.sums),
                "items": sum(row.fallback_items for row in self.sums),
            },
        }

    def canonical(self) -> bytes:
        """Return the report's canonical bytes: what "byte for byte the same report" compares."""
        return canonical_bytes(self.as_dict())


def parse_edges(text: str) -> tuple[int, ...] | Problem:
    """Return the edges that a user wrote as ``0,30,60,90`` (Chinese commas and spaces are fine)."""
    parts = text.replace("，", ",").replace("、", ",").split(",")
    try:
        return check_edges([int(part.strip()) for part in parts if part.strip()])
    except ValueError:
        return Problem.of(EDGES_NOT_NUMBERS, text=text[:80])


def check_edges(edges: Sequence[int]) -> tuple[int, ...] | Problem:
    """Return the edges as a tuple when they rise and are within bounds."""
    if not 1 <= len(edges) <= EDGES_MAX:
        return Problem.of(EDGES_COUNT, count=len(edges), most=EDGES_MAX)
    if any(abs(edge) > EDGE_DAYS_MAX for edge in edges):
        return Problem.of(EDGES_FAR, most=EDGE_DAYS_MAX)
    if any(later <= earlier for earlier, later in pairwise(edges)):
        return Problem.of(EDGES_NOT_RISING, edges=",".join(map(str, edges)))
    return tuple(edges)


def parse_basis(text: str) -> Basis | Problem:
    """Return the basis that a user named."""
    try:
        return Basis(text.strip().lower())
    except ValueError:
        return Problem.of(BASIS_UNKNOWN, text=text[:40])


def buckets_of(edges: Sequence[int]) -> tuple[Bucket, ...]:
    """Return one bucket more than there are edges, without a gap or an overlap.

    Example:
        >>> [(b.from_days, b.to_days) for b in buckets_of((0, 30))]
        [(None, 0), (1, 30), (31, None)]
    """
    starts: list[int | None] = [None, *(edge + 1 for edge in edges)]
    ends: list[int | None] = [*edges, None]
    return tuple(Bucket(start, end) for start, end in zip(starts, ends, strict=True))


def bucket_index(age_days: int, edges: Sequence[int]) -> int:
    """Return which bucket an age falls into; the database counts the same way (see the ageing statement)."""
    return bisect_left(edges, age_days)


def basis_date(item: AgedItem, basis: Basis) -> tuple[date, bool]:
    """Return the date an item ages from, and whether it fell back to the invoice date."""
    wanted = {Basis.DUE: item.due_on, Basis.INVOICE: item.invoice_on, Basis.POSTING: item.posting_on}[basis]
    if basis is Basis.DUE and item.late_after is not None:
        return item.late_after, wanted is None
    return (item.invoice_on, True) if wanted is None else (wanted, False)


def age_items(
    items: Iterable[AgedItem], *, as_of: date, basis: Basis, edges: Sequence[int]
) -> list[BucketSum]:
    """Return the sums that the database statement must equal: the readable second formulation of ageing."""
    found: dict[tuple[str, int], list[int]] = {}
    for item in items:
        if item.open_minor == 0:
            continue
        start, fell_back = basis_date(item, basis)
        key = (item.currency, bucket_index((as_of - start).days, edges))
        sums = found.setdefault(key, [0] * 6)
        for offset, counts in ((0, True), (2, item.open_minor < 0), (4, fell_back)):
            sums[offset] += item.open_minor if counts else 0
            sums[offset + 1] += int(counts)
    return [BucketSum(currency, bucket, *sums) for (currency, bucket), sums in sorted(found.items())]


def build_reports(
    sums: Iterable[BucketSum], *, as_of: date, basis: Basis, edges: Sequence[int], currency: str | None = None
) -> list[AgeingReport]:
    """Return one report for each currency, in the order of its code; empty buckets are there with zeros.

    With `currency` the report of that one comes back even when nothing is open in it.
    """
    by_currency: dict[str, dict[int, BucketSum]] = {currency: {}} if currency else {}
    for row in sums:
        if currency in (None, row.currency):
            by_currency.setdefault(row.currency, {})[row.bucket] = row
    buckets = buckets_of(edges)
    return [
        AgeingReport(
            as_of=as_of,
            basis=basis,
            currency=code,
            edges=tuple(edges),
            buckets=buckets,
            sums=tuple(rows.get(index) or BucketSum(code, index, 0, 0) for index in range(len(buckets))),
        )
        for code, rows in sorted(by_currency.items())
    ]


EDGES_NOT_NUMBERS = ProblemKind(
    "ageing.edges_not_numbers",
    "账龄分段“{text}”不是一串整数。",
    "The edges “{text}” are not whole numbers.",
    "请写成用逗号分开的天数，例如 0,30,60,90。",
    "Write days separated by commas, such as 0,30,60,90.",
)
EDGES_COUNT = ProblemKind(
    "ageing.edges_count",
    "账龄分段需要 1 到 {most} 个分界天数，这里有 {count} 个。",
    "Ageing takes 1 to {most} edges; {count} were given.",
    "请减少或补充分界天数。",
    "Give fewer or more edges.",
)
EDGES_FAR = ProblemKind(
    "ageing.edges_far",
    "分界天数不能超过 {most} 天。",
    "An edge cannot be beyond {most} days.",
    "请检查是否多写了零。",
    "Check for a zero too many.",
)
EDGES_NOT_RISING = ProblemKind(
    "ageing.edges_not_rising",
    "分界天数必须从小到大、互不相同：{edges}。",
    "Edges must rise and differ: {edges}.",
    "请按从小到大重新排列。",
    "Put them in rising order.",
)
BASIS_UNKNOWN = ProblemKind(
    "ageing.basis_unknown",
    "账龄口径“{text}”无法识别。",
    "The ageing basis “{text}” is not known.",
    "请选择 due（到期日）、invoice（开票日）或 posting（入账日）。",
    "Choose due, invoice or posting.",
)
