"""Terms: what stands, what is refused, and the steps that may follow each other."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.claims.entitlements.engine.fees import court_fee
from jieqing.claims.entitlements.engine.fees_tables import FeeKind
from jieqing.recovery.placements.engine.terms import (
    FeeTerms,
    Mandate,
    PlacementStateCode,
    Terms,
    check_holder,
    check_terms,
    may_follow,
)

DAY = date(2026, 11, 22)
# 18 % up to a million yuan, 15 % to five (law FEE-11): the most a law firm may take of what is placed, as a rate.
TABLE = [
    (100_000_00, "0.18", None),
    (100_000_00, "0.1800001", "placement.fee_above_cap"),
    (2_000_000_00, "0.165", None),
    (2_000_000_00, "0.1650001", "placement.fee_above_cap"),
    (0, "0.9", None),
]


def cap(amount_fen: int) -> int:
    return court_fee(FeeKind.AGENCY_CAP, amount_fen).fee_fen  # type: ignore[union-attr]


@pytest.mark.parametrize(("placed", "rate", "expected"), TABLE)
def test_a_law_firm_keeps_the_cap_of_contingency_fees(placed: int, rate: str, expected: str | None) -> None:
    terms = Terms("催告", DAY, fee=FeeTerms(rate=Decimal(rate)))
    found = check_terms(terms, site_kind="law_firm", placed_fen=placed, fee_cap_fen=cap)
    assert (found.code if found else None) == expected
    assert check_terms(terms, site_kind="amc", placed_fen=placed, fee_cap_fen=cap) is None


@given(st.integers(1, 10**11), st.decimals(0, 1, places=7))
def test_no_fee_that_passes_is_above_the_cap(placed: int, rate: Decimal) -> None:
    terms = Terms("催告", DAY, fee=FeeTerms(rate=rate))
    found = check_terms(terms, site_kind="law_firm", placed_fen=placed, fee_cap_fen=cap)
    assert (found is None) == (rate * placed <= cap(placed))


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (Terms("", DAY), "placement.scope_missing"),
        (Terms("长" * 2_001, DAY), "placement.scope_long"),
        (Terms("催告", DAY, date(2026, 11, 21)), "placement.ends_before_start"),
        (Terms("催告", DAY, mandate=Mandate(Decimal("1.1"))), "placement.discount_out_of_range"),
        (Terms("催告", DAY, mandate=Mandate(Decimal("NaN"))), "placement.discount_out_of_range"),
        (Terms("催告", DAY, mandate=Mandate(max_instalment_months=121)), "placement.months_out_of_range"),
        (Terms("催告", DAY, fee=FeeTerms(Decimal("0.1"), 1)), "placement.two_fees"),
    ],
)
def test_what_cannot_stand(terms: Terms, expected: str) -> None:
    found = check_terms(terms, site_kind="amc", placed_fen=100, fee_cap_fen=cap)
    assert found is not None
    assert found.code == expected


def test_what_is_over_never_begins_again() -> None:
    over = (PlacementStateCode.RECALLED, PlacementStateCode.ENDED, PlacementStateCode.DECLINED)
    assert not any(may_follow(one, other) for one in over for other in PlacementStateCode)


def test_mediators_hold_no_placement() -> None:
    assert check_holder("mediation") is not None
    assert check_holder("outsourcing") is None
