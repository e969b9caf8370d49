"""Hand cases of late payment: goods, services, supplies by small firms, construction (INT-08, 09, 15-18)."""

from jieqing.claims.entitlements.tests.hand_cases import HandCase, M, daily, facts, item, line, paid

BIG = 10**15


def sale(due: str | None, **more: object) -> dict:
    inside = {name: more.pop(name) for name in ("rate", "penalty_rate", "rate_basis") if name in more}
    return facts("sale", item(M, due, **inside), late_multiple="1.3", **more)


def supply(debtor: str, due: str | None = None, **more: object) -> dict:
    inside = {name: more.pop(name) for name in ("rate", "rate_basis") if name in more}
    return facts("sme_supply", item(M, due, **inside), debtor_kind=debtor, **more)


TRADE = [
    HandCase("S01", "INT-08", "due 2019-08-18, default 08-19: base rate 4.35 × 1.3", sale("2019-08-18"), "2019-12-31",
             (M, 0, line(M, "5.655", "2019-08-19", "2019-12-31"), 0, 0), ("base_rate_used",)),
    HandCase("S02", "INT-08", "due 2019-08-19, default 08-20: LPR 4.25 × 1.3, fixed", sale("2019-08-19"), "2020-12-31",
             (M, 0, line(M, "5.525", "2019-08-20", "2020-12-31"), 0, 0), (), ("base_rate_used",)),
    HandCase("S03", "INT-08", "default 2024-07-21, a Sunday: LPR of 2024-02-20, 3.45 × 1.3", sale("2024-07-20"), "2024-12-31",
             (M, 0, line(M, "4.485", "2024-07-21", "2024-12-31"), 0, 0)),
    HandCase("S04", "INT-08", "default 2024-07-22: 3.35 × 1.3", sale("2024-07-21"), "2024-12-31",
             (M, 0, line(M, "4.355", "2024-07-22", "2024-12-31"), 0, 0)),
    HandCase("S05", "INT-08", "floating, asked for: 3.35 to 2024-10-20, 3.10 from 10-21", sale("2024-07-21", floating=True), "2024-12-31",
             (M, 0, line(M, "4.355", "2024-07-22", "2024-10-20") + line(M, "4.03", "2024-10-21", "2024-12-31"), 0, 0)),
    HandCase("S06", "INT-08", "default 2014-10-01: the base rate of the same time (同期): 6.00, 5.60, 5.35, 5.10, 4.85, 4.60, 4.35, each × 1.3",
             sale("2014-09-30"), "2016-12-31",
             (M, 0, line(M, "7.8", "2014-10-01", "2014-11-21") + line(M, "7.28", "2014-11-22", "2015-02-28")
              + line(M, "6.955", "2015-03-01", "2015-05-10") + line(M, "6.63", "2015-05-11", "2015-06-27")
              + line(M, "6.305", "2015-06-28", "2015-08-25") + line(M, "5.98", "2015-08-26", "2015-10-23")
              + line(M, "5.655", "2015-10-24", "2016-12-31"), 0, 0), ("base_rate_used",)),
    HandCase("S07", "INT-08", "default of 2018 lasting: the base rate stays (the default was before 2019-08-20), no LPR",
             sale("2018-12-31"), "2021-12-31", (M, 0, line(M, "5.655", "2019-01-01", "2021-12-31"), 0, 0)),
    HandCase("S08", "SOL-16", "the due day itself bears nothing", sale("2024-07-22"), "2024-07-22", (M, 0, 0, 0, 0), ("not_due",)),
    HandCase("S09", "SOL-16", "day 1 is the day after", sale("2024-07-22"), "2024-07-23",
             (M, 0, line(M, "4.355", "2024-07-23", "2024-07-23"), 0, 0)),
    HandCase("S10", "INT-21", "2024-02-28 to 2024-03-01 is 2 days with the leap day, on 365", sale("2024-02-28"), "2024-03-01",
             (M, 0, line(M, "4.485", "2024-02-29", "2024-03-01"), 0, 0)),
    HandCase("S11", "SOL-16", "due on 2024-10-01, a holiday, as a fixed date: late from 10-02; 203 may move it to 10-08, said",
             sale("2024-10-01"), "2024-10-31", (M, 0, line(M, "4.355", "2024-10-02", "2024-10-31"), 0, 0), ("due_on_holiday",)),
    HandCase("S12", "INT-21", "10^15 fen for 1000 days, exact", facts("sale", item(BIG, "2021-12-31"), late_multiple="1.5"), "2024-09-26",
             (BIG, 0, line(BIG, "5.70", "2022-01-01", "2024-09-26"), 0, 0)),
    HandCase("S13", "INT-09", "penalty 4.485 % is 1.3 × 3.45 exactly: not above", sale("2024-06-28", penalty_rate="0.04485",
             rate_basis="year_365"), "2024-09-30", (M, 0, line(M, "4.485", "2024-06-29", "2024-09-30"), 0, 0), (),
             ("penalty_over_130_percent",)),
    HandCase("S14", "INT-09", "penalty 0.05 % a day is far above: flagged, not cut", sale("2024-06-28", penalty_rate="0.0005",
             rate_basis="day"), "2024-09-30", (M, 0, daily(M, "0.0005", "2024-06-29", "2024-09-30"), 0, 0),
             ("penalty_over_130_percent",)),
    HandCase("S15", "INT-09", "the same agreed as late interest (rate): flagged too, whatever it is called",
             sale("2024-06-28", rate="0.0005", rate_basis="day"), "2024-09-30",
             (M, daily(M, "0.0005", "2024-06-29", "2024-09-30"), 0, 0, 0), ("penalty_over_130_percent",)),
    HandCase("S16", "INT-08", "no due day: delivery (628)", sale(None, delivered_on="2024-07-22"), "2024-08-22",
             (M, 0, line(M, "4.355", "2024-07-23", "2024-08-22"), 0, 0), ("due_derived",)),
    HandCase("S17", "INT-10", "an account signed on the way: the agreed penalty stays unless it fixed principal and interest; said",
             sale("2024-06-28", penalty_rate="0.04", rate_basis="year_365",
                  notices=[{"date": "2024-09-01", "arrived": True, "kind": "reconciliation"}]), "2024-09-30",
             (M, 0, line(M, "4", "2024-06-29", "2024-09-30"), 0, 0), ("reconciled",)),
    HandCase("S18", "INT-08", "a publication that was not seen: the last value, and a warning", sale("2026-09-25"), "2026-10-10",
             (M, 0, line(M, "3.9", "2026-09-26", "2026-10-10"), 0, 0), ("lpr_unconfirmed",)),
    HandCase("S19", "INT-08", "2026-05-20 is from memory: not confirmed", sale("2026-05-25"), "2026-06-10",
             (M, 0, line(M, "3.9", "2026-05-26", "2026-06-10"), 0, 0), ("lpr_unconfirmed",)),
    HandCase("S20", "INT-08", "2026-06-22 was seen", sale("2026-06-22"), "2026-07-10",
             (M, 0, line(M, "3.9", "2026-06-23", "2026-07-10"), 0, 0), (), ("lpr_unconfirmed",)),
    HandCase("M01", "INT-17", "a ministry, delivered 2025-07-01, nothing agreed: 30 days to 07-31, 0.05 % a day",
             supply("government", delivered_on="2025-07-01"), "2025-09-30",
             (M, daily(M, "0.0005", "2025-08-01", "2025-09-30"), 0, 0, 0), ("due_derived",)),
    HandCase("M02", "INT-18", "a large enterprise, delivered 2025-07-01: 60 days to Saturday 2025-08-30, by 203 to Monday 09-01",
             supply("large_enterprise", delivered_on="2025-07-01"), "2025-09-30",
             (M, daily(M, "0.0005", "2025-09-02", "2025-09-30"), 0, 0, 0), ("due_derived",)),
    HandCase("M03", "INT-18", "a large enterprise, delivered 2024-03-05: the regulation of 2020 gave no 60 days; goods are paid on delivery (628)",
             supply("large_enterprise", delivered_on="2024-03-05"), "2024-04-30",
             (M, daily(M, "0.0005", "2024-03-06", "2024-04-30"), 0, 0, 0), ("due_derived",)),
    HandCase("M04", "INT-17", "agreed 2 % with LPR 3.10 on 2025-01-10: the floor 3.10",
             supply("government", "2025-06-30", rate="0.02", rate_basis="year_365", contract_date="2025-01-10"), "2025-09-30",
             (M, line(M, "3.10", "2025-07-01", "2025-09-30"), 0, 0, 0)),
    HandCase("M05", "INT-17", "agreed 3.10 exactly is as agreed",
             supply("government", "2025-06-30", rate="0.031", rate_basis="year_365", contract_date="2025-01-10"), "2025-09-30",
             (M, line(M, "3.10", "2025-07-01", "2025-09-30"), 0, 0, 0)),
    HandCase("M06", "INT-18", "a ministry that agreed 90 days after 2025-07-01: at most 60, Saturday 08-30, by 203 to 09-01",
             supply("public_institution", "2025-09-29", delivered_on="2025-07-01"), "2025-09-30",
             (M, daily(M, "0.0005", "2025-09-02", "2025-09-30"), 0, 0, 0), ("due_shortened",)),
    HandCase("M07", "INT-17", "late since 2020-07-01: from 2020-09-01 only, said", supply("government", "2020-06-30"), "2020-12-31",
             (M, daily(M, "0.0005", "2020-09-01", "2020-12-31"), 0, 0, 0), ("sme_before_regulation",)),
    HandCase("M08", "INT-17", "contract of 2020-03-01, before the regulation: said",
             supply("government", "2020-12-31", contract_date="2020-03-01"), "2021-01-31",
             (M, daily(M, "0.0005", "2021-01-01", "2021-01-31"), 0, 0, 0), ("sme_contract_older",)),
    HandCase("C01", "INT-15", "delivered 2024-07-10: LPR of the same time, 3.45, 3.35 from 07-22, 3.10 from 10-21; day 1 said",
             facts("construction", item(M), delivered_on="2024-07-10"), "2024-12-31",
             (M, line(M, "3.45", "2024-07-11", "2024-07-21") + line(M, "3.35", "2024-07-22", "2024-10-20")
              + line(M, "3.10", "2024-10-21", "2024-12-31"), 0, 0, 0), ("due_derived", "day_itself")),
    HandCase("C02", "INT-15", "not delivered: the settlement's submission", facts("construction", item(M), settlement_submitted_on="2024-11-01",
             suit_date="2025-03-01"), "2024-12-31", (M, line(M, "3.10", "2024-11-02", "2024-12-31"), 0, 0, 0)),
    HandCase("C03", "INT-15", "neither: the day of suit", facts("construction", item(M), suit_date="2024-12-01"), "2024-12-31",
             (M, line(M, "3.10", "2024-12-02", "2024-12-31"), 0, 0, 0)),
    HandCase("C04", "INT-15", "agreed 6 % is as agreed", facts("construction", item(M, "2024-07-10", rate="0.06", rate_basis="year_365")),
             "2024-12-31", (M, line(M, "6", "2024-07-11", "2024-12-31"), 0, 0, 0)),
    HandCase("C05", "INT-16", "advance of 2024-08-01 at 6 %: LPR of that day, 3.35",
             facts("construction", item(M, "2025-06-30", rate="0.06", rate_basis="year_365", advance=True, interest_from="2024-08-01")),
             "2025-06-30", (M, line(M, "3.35", "2024-08-02", "2025-06-30"), 0, 0, 0), ("capped",)),
    HandCase("C06", "INT-16", "advance without agreed interest bears none in its term",
             facts("construction", item(M, "2025-06-30", advance=True, interest_from="2024-08-01")), "2025-06-30", (M, 0, 0, 0, 0)),
    HandCase("C07", "INT-15", "paid in part on 2024-10-21: interest first, 3.35 on the whole to 10-20, 3.10 that day",
             facts("construction", item(M, "2024-08-31"), payments=[paid("2024-10-21", 10_000_000)]), "2024-12-31",
             (M - 10_000_000 + (got := line(M, "3.35", "2024-09-01", "2024-10-20") + line(M, "3.10", "2024-10-21", "2024-10-21")),
              line(M - 10_000_000 + got, "3.10", "2024-10-22", "2024-12-31"), 0, 0, 0)),
]  # fmt: skip
