"""Fees, limitation and deadlines worked by hand from the articles; the days were counted on a calendar, not by the engine."""

from datetime import date

import pytest

from jieqing.claims.entitlements.engine.deadlines_guarantee import (
    GuaranteeAct,
    GuaranteeFacts,
    GuaranteeKind,
    GuaranteeState,
    guarantee_period,
)
from jieqing.claims.entitlements.engine.deadlines_terms import renewal_deadline, term_deadline
from jieqing.claims.entitlements.engine.fees import court_fee
from jieqing.claims.entitlements.engine.fees_tables import FeeKind
from jieqing.claims.entitlements.engine.limitation import limitation
from jieqing.claims.entitlements.engine.limitation_events import Act, Event, Grade, Obstacle, ObstacleKind
from jieqing.claims.entitlements.engine.limitation_facts import ClaimKind, LimitationFacts
from jieqing.kernel.outcomes import unwrap

# 标的(元), 受理费, 减半, 支付令, 保全, 执行, in fen: the 13 vectors of 诉讼费用交纳办法 13 and 14.
VECTORS = [
    (5_000, 5000, 2500, 1667, 7000, 5000),
    (10_000, 5000, 2500, 1667, 12000, 5000),
    (50_000, 105000, 52500, 35000, 52000, 65000),
    (100_000, 230000, 115000, 76667, 102000, 140000),
    (200_000, 430000, 215000, 143333, 152000, 290000),
    (300_000, 580000, 290000, 193333, 202000, 440000),
    (500_000, 880000, 440000, 293333, 302000, 740000),
    (1_000_000, 1380000, 690000, 460000, 500000, 1240000),
    (2_000_000, 2280000, 1140000, 760000, 500000, 2240000),
    (5_000_000, 4680000, 2340000, 1560000, 500000, 5240000),
    (10_000_000, 8180000, 4090000, 2726667, 500000, 7740000),
    (20_000_000, 14180000, 7090000, 4726667, 500000, 8740000),
    (50_000_000, 29180000, 14590000, 9726667, 500000, 11740000),
]
KINDS = (FeeKind.CASE, FeeKind.HALF, FeeKind.PAYMENT_ORDER, FeeKind.PRESERVATION, FeeKind.ENFORCEMENT)
EDGES = [
    (FeeKind.CASE, 0, 5000),
    (FeeKind.CASE, 1_000_001, 5000),  # one fen above 10,000 yuan: 0.025 fen more
    (FeeKind.CASE, 1_000_100, 5003),  # one yuan: 2.5 fen, half up
    (FeeKind.PRESERVATION, 100_000, 3000),  # 1,000 yuan
    (FeeKind.PRESERVATION, 100_100, 3001),
    (FeeKind.PRESERVATION, 89_600_000, 500_000),  # the cap is reached at 896,000 yuan
    (FeeKind.PRESERVATION, 89_599_800, 499_999),
    (FeeKind.AGENCY_CAP, 90_000_000, 16_200_000),  # 18 % of 900,000
    (FeeKind.AGENCY_CAP, 300_000_000, 48_000_000),  # 180,000 + 15 % of 2,000,000
    (FeeKind.AGENCY_CAP, 800_000_000, 114_000_000),  # 180,000 + 600,000 + 12 % of 3,000,000
    (FeeKind.AGENCY_CAP, 6_000_000_000, 558_000_000),  # … + 600,000 + 9 % of 40,000,000 + 6 % of 10,000,000
    (FeeKind.BANKRUPTCY, 10_000_000_000_000, 30_000_000),  # half, capped at 300,000 yuan
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector[0]))
def test_the_thirteen_vectors(vector: tuple[int, ...]) -> None:
    assert tuple(unwrap(court_fee(kind, vector[0] * 100)).fee_fen for kind in KINDS) == vector[1:]
    assert unwrap(court_fee(FeeKind.APPEAL, vector[0] * 100)).fee_fen == vector[1]


@pytest.mark.parametrize(("kind", "amount", "fee"), EDGES)
def test_the_edges_of_the_brackets(kind: FeeKind, amount: int, fee: int) -> None:
    assert unwrap(court_fee(kind, amount)).fee_fen == fee


def day(text: str) -> date:
    return date.fromisoformat(text)


def happened(on: str, act: Act = Act.DEMAND, grade: Grade = Grade.PROVEN, ended: str = "") -> Event:
    return Event(day(on), act, grade, ended_on=day(ended) if ended else None)


DUE = LimitationFacts(due_on=day("2021-06-30"))
LIMITS: list[tuple[str, LimitationFacts, str]] = [
    # SOL-01, 16: 2024-06-30 is a Sunday.
    ("three years", DUE, "2024-07-01"),
    ("leap day", LimitationFacts(due_on=day("2020-02-29")), "2023-02-28"),
    # 2024-10-01 begins the holiday that ends on 10-07.
    ("ends on a holiday", LimitationFacts(due_on=day("2021-10-01")), "2024-10-08"),
    ("instalments: the last (SOL-02)",
     LimitationFacts(instalments=(day("2021-01-29"), day("2021-03-31"), day("2021-02-26"))), "2024-04-01"),
    ("no due day: the grace of the demand (SOL-03)", LimitationFacts(grace_ends_on=day("2022-05-20")), "2025-05-20"),
    ("no due day: refused on the first demand", LimitationFacts(refused_on=day("2022-05-20")), "2025-05-20"),
    ("a proved demand (SOL-06)", LimitationFacts(due_on=day("2021-06-30"), events=(happened("2023-03-15"),)), "2026-03-16"),
    ("a weak demand does not count (SOL-07)",
     LimitationFacts(due_on=day("2021-06-30"), events=(happened("2023-03-15", grade=Grade.WEAK),)), "2024-07-01"),
    ("part payment", LimitationFacts(due_on=day("2021-06-30"), events=(happened("2024-01-10", Act.PART_PAYMENT),)), "2027-01-11"),
    ("a demand after the end restarts nothing (SOL-04)",
     LimitationFacts(due_on=day("2021-06-30"), events=(happened("2024-08-01"),)), "2024-07-01"),
    ("a demand on the last (rolled) day is in time",
     LimitationFacts(due_on=day("2021-06-30"), events=(happened("2024-07-01"),)), "2027-07-01"),
    ("a suit holds it until it ends (SOL-06)",
     LimitationFacts(due_on=day("2021-06-30"), events=(happened("2023-03-15", Act.SUIT, ended="2023-09-20"),)), "2026-09-20"),  # worked Sunday
    ("payment order equals suit (SOL-08)",
     LimitationFacts(due_on=day("2021-06-30"), events=(happened("2023-03-15", Act.PAYMENT_ORDER),)), "2026-03-16"),
    ("notice of assignment that arrived (SOL-12)",
     LimitationFacts(due_on=day("2021-06-30"), events=(happened("2022-11-11", Act.ASSIGNMENT_NOTICE),)), "2025-11-11"),
    # Removed on 2024-06-12: six months later (SOL-05); 2024-12-12 is a Thursday.
    ("an obstacle in the last six months",
     LimitationFacts(due_on=day("2021-06-30"), obstacles=(Obstacle(day("2024-05-01"), day("2024-06-12"), ObstacleKind.FORCE_MAJEURE),)),
     "2024-12-12"),
    ("an obstacle before the last six months",
     LimitationFacts(due_on=day("2021-06-30"), obstacles=(Obstacle(day("2023-05-01"), day("2023-06-12"), ObstacleKind.FORCE_MAJEURE),)),
     "2024-07-01"),
    ("enforcement: two years (SOL-15)", LimitationFacts(ClaimKind.ENFORCEMENT, due_on=day("2023-03-10")), "2025-03-10"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "facts", "last"), LIMITS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_limitation(name: str, facts: LimitationFacts, last: str) -> None:
    deadline = unwrap(limitation(facts)).deadline
    assert deadline is not None and str(deadline.last_day) == last, name


TERMS = [
    ("pre_suit_suit", "2024-09-02", "2024-10-08"),  # PRE-01: 30 days end on 10-02, in the holiday
    ("appeal_judgment", "2024-03-01", "2024-03-18"),  # 03-16 is a Saturday
    ("appeal_ruling", "2024-03-01", "2024-03-11"),
    (
        "payment_order_objection",
        "2024-01-31",
        "2024-02-18",
    ),  # 02-15 in Spring Festival; Sunday 02-18 is worked
    ("judicial_confirmation", "2024-04-01", "2024-05-06"),  # MED-07: 05-01 to 05-05 holiday
    ("construction_priority", "2023-01-31", "2024-07-31"),  # CON-02: 18 months
    ("construction_priority", "2022-08-31", "2024-02-29"),
    ("freeze_deposit", "2024-02-29", "2025-02-28"),  # PRE-05: never moved by a holiday
    ("freeze_real_estate", "2021-10-01", "2024-10-01"),
]


@pytest.mark.parametrize(("code", "start", "last"), TERMS)
def test_terms(code: str, start: str, last: str) -> None:
    assert str(unwrap(term_deadline(code, day(start))).last_day) == last


def test_renewal_is_asked_for_seven_days_before_the_freeze_ends() -> None:
    freeze = unwrap(term_deadline("freeze_deposit", day("2024-03-15")))
    assert str(renewal_deadline(freeze).last_day) == "2025-03-07"  # 2025-03-08 is a Saturday


GUARANTEES = [
    (GuaranteeFacts(day("2024-05-31"), GuaranteeKind.JOINT), "2024-12-02"),  # 11-30 is a Saturday
    (GuaranteeFacts(day("2024-05-31"), GuaranteeKind.JOINT, agreed_until=day("2024-05-31")), "2024-12-02"),
    (
        GuaranteeFacts(day("2024-05-31"), GuaranteeKind.JOINT, agreed_months=24),
        "2026-06-01",
    ),  # Sunday 2026-05-31
]


@pytest.mark.parametrize(("facts", "last"), GUARANTEES)
def test_guarantee_periods(facts: GuaranteeFacts, last: str) -> None:
    assert str(unwrap(guarantee_period(facts)).deadline.last_day) == last


def test_a_general_guarantor_is_held_by_a_suit_and_not_by_a_demand() -> None:
    demanded = GuaranteeAct(day("2024-09-01"), is_demand_of_guarantor=True)
    sued = GuaranteeAct(day("2024-09-01"), is_suit_against_debtor=True)
    for acts, acted_on in (((demanded,), None), ((sued,), day("2024-09-01"))):
        found = unwrap(guarantee_period(GuaranteeFacts(day("2024-05-31"), GuaranteeKind.UNCLEAR, acts=acts)))
        assert found.kind is GuaranteeKind.GENERAL and found.acted_on == acted_on
        assert (found.state is GuaranteeState.ACTED) == (acted_on is not None)
