"""Properties of ageing that no table can show: whatever the items and the edges."""

import doctest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jieqing.claims.receivables.engine import ageing
from jieqing.claims.receivables.engine.ageing import (
    AgedItem,
    Basis,
    Bucket,
    age_items,
    bucket_index,
    buckets_of,
    build_reports,
    check_edges,
)

DAY = date(2026, 6, 30)
days = st.integers(-2_000, 2_000).map(lambda n: DAY + timedelta(days=n))
maybe_days = st.none() | days
items = st.builds(
    AgedItem, st.sampled_from(["CNY", "USD"]), days, maybe_days, maybe_days, st.integers(-(10**12), 10**12)
)
edge_sets = st.sets(st.integers(-500, 500), min_size=1, max_size=8).map(lambda found: tuple(sorted(found)))


@given(st.lists(items, max_size=40), edge_sets, st.sampled_from(Basis))
def test_buckets_sum_to_what_is_open(found: list[AgedItem], edges: tuple[int, ...], basis: Basis) -> None:
    sums = age_items(found, as_of=DAY, basis=basis, edges=edges)
    reports = {r.currency: r for r in build_reports(sums, as_of=DAY, basis=basis, edges=edges)}
    for currency in ("CNY", "USD"):
        own = [item for item in found if item.currency == currency and item.open_minor]
        assert (reports[currency].total_minor if own else 0) == sum(item.open_minor for item in own)
        assert (reports[currency].items if own else 0) == len(own)


@given(st.lists(items, max_size=20), edge_sets, st.randoms())
def test_the_order_of_items_changes_no_byte(found: list[AgedItem], edges: tuple[int, ...], random) -> None:  # type: ignore[no-untyped-def]
    def report(rows: list[AgedItem]) -> list[bytes]:
        sums = age_items(rows, as_of=DAY, basis=Basis.DUE, edges=edges)
        return [r.canonical() for r in build_reports(sums, as_of=DAY, basis=Basis.DUE, edges=edges)]

    before = report(found)
    random.shuffle(found)
    assert report(found) == before


@given(st.integers(-3_000, 3_000), edge_sets)
def test_every_age_is_inside_its_bucket_and_no_other(age: int, edges: tuple[int, ...]) -> None:
    index = bucket_index(age, edges)
    for number, bucket in enumerate(buckets_of(edges)):
        inside = (bucket.from_days is None or bucket.from_days <= age) and (
            bucket.to_days is None or age <= bucket.to_days
        )
        assert inside == (number == index)


def test_edges_made_of_numbers_are_checked_too() -> None:
    assert check_edges([0, 30]) == (0, 30)
    assert check_edges(list(range(30))).code == "ageing.edges_count"  # type: ignore[union-attr]


def test_a_currency_without_open_items_still_has_its_report() -> None:
    [report] = build_reports([], as_of=DAY, basis=Basis.DUE, edges=(0,), currency="CNY")
    assert (report.total_minor, report.items, report.as_dict()["currency"]) == (0, 0, "CNY")


def test_labels_say_what_the_bucket_holds() -> None:
    assert [b.label("zh") for b in buckets_of((0, 30, 90))] == [
        "未到期",
        "逾期 1–30 天",
        "逾期 31–90 天",
        "逾期 90 天以上",
    ]
    assert Bucket(1, 30).label("zh", Basis.INVOICE) == "1–30 天"
    assert Bucket(None, 30).label("en") == "Up to 30 days"
    assert Bucket(5, 5).label("en") == "5 days"


def test_doctests() -> None:
    assert doctest.testmod(ageing).failed == 0
