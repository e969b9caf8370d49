"""Which court: each rule once, then what holds for every question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.claims.entitlements.engine.jurisdiction import suggest_courts
from jieqing.claims.entitlements.engine.jurisdiction_answers import Suggestion
from jieqing.claims.entitlements.engine.jurisdiction_facts import (
    EXCLUSIVE,
    Aim,
    Arbitration,
    Dispute,
    JurisdictionFacts,
    Link,
)
from jieqing.claims.entitlements.engine.jurisdiction_levels import YI_FEN, Level

WUXI, JINHUA, SITE, HANGZHOU = "无锡市滨湖区", "金华市婺城区", "苏州市姑苏区", "杭州市西湖区"
SALE = {"dispute": Dispute.SALE, "creditor_place": WUXI, "debtor_place": JINHUA}


def ask(**facts: object) -> Suggestion:
    return suggest_courts(JurisdictionFacts(**{**SALE, **facts}))  # type: ignore[arg-type]


def places(found: Suggestion) -> list[str | None]:
    return [forum.place for forum in found.forums]


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({}, [WUXI, JINHUA]),
        ({"dispute": Dispute.LOAN}, [WUXI, JINHUA]),
        ({"performance_place": SITE}, [SITE, JINHUA]),
        ({"performance_place": SITE, "is_performed": False}, [JINHUA]),
        ({"performance_place": WUXI, "is_performed": False}, [WUXI, JINHUA]),
        ({"performance_place": JINHUA}, [JINHUA]),
        ({"debtor_residence": HANGZHOU}, [WUXI, HANGZHOU]),
        ({"debtor_place": None}, [WUXI, None]),
        ({"agreed_place": HANGZHOU, "agreed_link": Link.SIGNING}, [HANGZHOU]),
        ({"agreed_place": HANGZHOU, "agreed_link": Link.NONE}, [WUXI, JINHUA]),
        ({"agreed_place": HANGZHOU, "is_agreement_written": False}, [WUXI, JINHUA]),
        ({"dispute": Dispute.CONSTRUCTION, "property_place": SITE}, [SITE]),
        ({"dispute": Dispute.CONSTRUCTION, "property_place": SITE, "agreed_place": WUXI}, [SITE]),
        ({"dispute": Dispute.CONSTRUCTION}, [None]),
        ({"dispute": Dispute.HOUSE_LEASE, "property_place": SITE}, [SITE]),
        ({"dispute": Dispute.LEASE, "property_place": SITE}, [SITE, JINHUA]),
        ({"arbitration": Arbitration.VALID}, []),
        ({"arbitration": Arbitration.VALID, "dispute": Dispute.CONSTRUCTION, "property_place": SITE}, []),
        ({"arbitration": Arbitration.UNCLEAR}, [WUXI, JINHUA]),
        ({"aim": Aim.PAYMENT_ORDER, "agreed_place": WUXI}, [JINHUA]),
        ({"aim": Aim.PAYMENT_ORDER, "has_pre_suit_preservation": True}, []),
        ({"aim": Aim.PAYMENT_ORDER, "is_debtor_missing": True}, []),
        ({"aim": Aim.PRESERVATION, "asset_place": SITE}, [SITE, JINHUA, WUXI]),
        ({"aim": Aim.ENFORCEMENT, "first_court_place": WUXI, "asset_place": SITE}, [SITE, WUXI]),
        ({"aim": Aim.ENFORCEMENT, "first_court_place": WUXI, "asset_place": WUXI}, [WUXI]),
        ({"aim": Aim.CONFIRMATION, "mediator_place": HANGZHOU}, [WUXI, JINHUA, HANGZHOU]),
    ],
)  # fmt: skip
def test_where(facts: dict[str, object], wanted: list[str | None]) -> None:
    assert places(ask(**facts)) == wanted


@pytest.mark.parametrize(
    ("amount_fen", "same", "wanted"),
    [
        (YI_FEN - 1, None, Level.BASIC),
        (YI_FEN, None, None),
        (YI_FEN, True, Level.BASIC),
        (YI_FEN, False, Level.INTERMEDIATE),
        (5 * YI_FEN - 1, True, Level.BASIC),
        (5 * YI_FEN, None, Level.INTERMEDIATE),
        (50 * YI_FEN, True, Level.HIGH),
        (None, True, None),
    ],
)
def test_which_level(amount_fen: int | None, same: bool | None, wanted: Level | None) -> None:
    found = ask(amount_fen=amount_fen, is_same_province=same)
    assert {forum.level for forum in found.forums} == {wanted}
    assert bool(found.missing) == (wanted is None)


def test_a_payment_order_is_always_the_basic_courts() -> None:
    assert ask(aim=Aim.PAYMENT_ORDER, amount_fen=60 * YI_FEN).forums[0].level is Level.BASIC


def test_an_agreement_against_exclusive_jurisdiction_is_told() -> None:
    found = ask(dispute=Dispute.CONSTRUCTION, property_place=SITE, agreed_place=WUXI)
    assert "专属管辖" in found.ruled_out[0].zh


PLACES = st.one_of(st.none(), st.sampled_from([WUXI, JINHUA, SITE, HANGZHOU]))
FACTS = st.builds(
    JurisdictionFacts,
    dispute=st.sampled_from(list(Dispute)), aim=st.sampled_from(list(Aim)),
    creditor_place=PLACES, debtor_place=PLACES, debtor_residence=PLACES, performance_place=PLACES,
    is_performed=st.sampled_from([None, True, False]), property_place=PLACES, asset_place=PLACES,
    first_court_place=PLACES, mediator_place=PLACES, agreed_place=PLACES,
    agreed_link=st.sampled_from(list(Link)), is_agreement_written=st.booleans(),
    arbitration=st.sampled_from(list(Arbitration)), amount_fen=st.one_of(st.none(), st.integers(0, 10**13)),
    is_same_province=st.sampled_from([None, True, False]), is_foreign=st.booleans(),
)  # fmt: skip


@given(facts=FACTS)
def test_every_answer_says_why_or_what_is_missing(facts: JurisdictionFacts) -> None:
    found = suggest_courts(facts)
    assert found.forums or found.ruled_out or found.missing
    for forum in found.forums:
        assert forum.reasons
        assert all(reason.citation for reason in forum.reasons)
        assert forum.place or found.missing
    if facts.aim is Aim.SUIT and facts.dispute in EXCLUSIVE and found.forums:
        assert places(found) == [facts.property_place]
    if facts.aim is Aim.SUIT and facts.arbitration is Arbitration.VALID:
        assert not found.forums
