"""Hand cases of judgments and appropriation: 法释〔2014〕8号, 民法典 560 and 561."""

from jieqing.claims.entitlements.tests.hand_cases import HandCase, M, daily, facts, item, line, paid

D = "0.000175"


def judged(principal: int, perform_by: str | None, **more: object) -> dict:
    judgment = {"date": "2024-01-31", **({"perform_by": perform_by} if perform_by else {})}
    for name in ("instalments", "suspended"):
        if name in more:
            judgment[name] = more.pop(name)
    inside = {name: more.pop(name) for name in ("rate", "rate_basis", "interest_from") if name in more}
    return facts("judgment", item(principal, **inside), judgment=judgment, **more)


def two(first: dict, second: dict, *payments: dict) -> dict:
    return facts(
        "sale", {"id": "A", **first}, {"id": "B", **second}, late_multiple="1.3", payments=list(payments)
    )


def owe(principal: int, due: str, **more: object) -> dict:
    return {"principal_fen": principal, "due": due, **more}


# Two debts of 10,000.00 yuan, both due on 2024-08-30: 31 days of September at 3.35 × 1.3 by 2024-09-30.
LATE = line(1_000_000, "4.355", "2024-08-31", "2024-09-30")

PAYMENTS = [
    HandCase("J01", "INT-11", "100,000.00 to be paid by 2024-03-11: 100 days to 2024-06-19 at 0.000175", judged(10_000_000, "2024-03-11"),
             "2024-06-19", (10_000_000, daily(10_000_000, D, "2024-03-12", "2024-06-19"), 0, 0, 0), ("day_itself",)),
    HandCase("J02", "INT-11", "on the last day for performance: nothing", judged(10_000_000, "2024-03-11"), "2024-03-11",
             (10_000_000, 0, 0, 0, 0)),
    HandCase("J03", "INT-12", "three instalments, each for itself",
             judged(9_000_000, None, instalments=[{"due": "2024-03-29", "amount_fen": 3_000_000},
                    {"due": "2024-04-30", "amount_fen": 3_000_000}, {"due": "2024-05-31", "amount_fen": 3_000_000}]), "2024-06-30",
             (9_000_000, daily(3_000_000, D, "2024-03-30", "2024-06-30") + daily(3_000_000, D, "2024-05-01", "2024-06-30")
              + daily(3_000_000, D, "2024-06-01", "2024-06-30"), 0, 0, 0)),
    HandCase("J04", "INT-12", "40,000.00 paid on 2024-04-30: to the judgment first, the rest goes on; nothing to the doubled part",
             judged(10_000_000, "2024-03-11", payments=[paid("2024-04-30", 4_000_000)]), "2024-06-19",
             (6_000_000, daily(10_000_000, D, "2024-03-12", "2024-04-30") + daily(6_000_000, D, "2024-05-01", "2024-06-19"), 0, 0, 0)),
    HandCase("J05", "INT-12", "paid in full but for 100.00 of the doubled part",
             judged(10_000_000, "2024-03-11", payments=[paid("2024-04-30", 10_000_000 + daily(10_000_000, D, "2024-03-12", "2024-04-30") - 10_000)]),
             "2024-06-19", (0, 10_000, 0, 0, 0)),
    HandCase("J06", "INT-12", "general interest of 6 % and the doubled part on the principal only; 2,000.00 goes to general interest",
             judged(10_000_000, "2024-03-11", rate="0.06", rate_basis="year_365", interest_from="2024-01-31",
                    payments=[paid("2024-06-19", 200_000)]), "2024-06-19",
             (10_000_000,
              line(10_000_000, "6", "2024-02-01", "2024-06-19") + daily(10_000_000, D, "2024-03-12", "2024-06-19") - 200_000, 0, 0, 0)),
    HandCase("J07", "INT-12", "stayed 2024-04-01 to 2024-04-30 without the debtor asking: those 30 days do not count",
             judged(10_000_000, "2024-03-11", suspended=[{"from": "2024-04-01", "to": "2024-04-30"}]), "2024-06-19",
             (10_000_000, daily(10_000_000, D, "2024-03-12", "2024-03-31") + daily(10_000_000, D, "2024-05-01", "2024-06-19"), 0, 0, 0)),
    HandCase("J08", "INT-12", "two instalments; one payment of 40,000.00 after both: the earlier first, then the later",
             judged(6_000_000, None, instalments=[{"due": "2024-03-29", "amount_fen": 3_000_000}, {"due": "2024-04-30", "amount_fen": 3_000_000}],
                    payments=[paid("2024-05-31", 4_000_000)]), "2024-06-30",
             (2_000_000, daily(3_000_000, D, "2024-03-30", "2024-05-31") + daily(3_000_000, D, "2024-05-01", "2024-05-31")
              + daily(2_000_000, D, "2024-06-01", "2024-06-30"), 0, 0, 0)),
    HandCase("J09", "INT-11", "performance ended in 2014-06: from 2014-08-01, said", judged(10_000_000, "2014-06-30"), "2014-12-31",
             (10_000_000, daily(10_000_000, D, "2014-08-01", "2014-12-31"), 0, 0, 0), ("judgment_before_2014",)),
    HandCase("P01", "INT-14", "costs, then interest, then principal: 1,000.00 of costs, LATE, the rest to principal",
             {**two(owe(1_000_000, "2024-08-30"), owe(1, "2030-01-01"), paid("2024-09-30", 500_000)),
              "costs": [{"date": "2024-09-01", "amount_fen": 100_000}]}, "2024-09-30",
             (1_000_001 - (500_000 - 100_000 - LATE), 0, 0, 0, 0)),
    HandCase("P02", "INT-13", "the debtor names the debt that is not due: it is paid",
             two(owe(1_000_000, "2024-08-30"), owe(400_000, "2030-01-01"), paid("2024-09-30", 400_000, "B")), "2024-09-30",
             (1_000_000, 0, LATE, 0, 0)),
    HandCase("P03", "INT-13", "named and more than it: the rest follows the law",
             two(owe(1_000_000, "2024-08-30"), owe(400_000, "2030-01-01"), paid("2024-09-30", 500_000, "B")), "2024-09-30",
             (1_000_000 - (100_000 - LATE), 0, 0, 0, 0)),
    HandCase("P04", "INT-13", "nothing named: the due debt before the one not due",
             two(owe(1_000_000, "2024-08-30"), owe(400_000, "2030-01-01"), paid("2024-09-30", 500_000)), "2024-09-30",
             (1_400_000 - (500_000 - LATE), 0, 0, 0, 0)),
    HandCase("P05", "INT-13", "both due: the unsecured first; the secured keeps its penalty",
             two(owe(1_000_000, "2024-08-30", secured=True), owe(1_000_000, "2024-08-30"), paid("2024-09-30", 1_000_000 + LATE)),
             "2024-09-30", (1_000_000, 0, LATE, 0, 0)),
    HandCase("P06", "INT-13", "three secured differently (all, 5,000, nothing): the least secured first",
             facts("sale", {"id": "A", **owe(1_000_000, "2024-08-30", secured=True)}, {"id": "B", **owe(1_000_000, "2024-08-30", secured=500_000)},
                   {"id": "C", **owe(1_000_000, "2024-08-30")}, late_multiple="1.3",
                   payments=[paid("2024-09-30", 2 * (1_000_000 + LATE))]), "2024-10-01",
             (1_000_000, 0, line(1_000_000, "4.355", "2024-08-31", "2024-10-01"), 0, 0)),
    HandCase("P07", "INT-13", "equal security: the heavier burden (10 % before 4 %) first, though due later",
             two(owe(1_000_000, "2024-08-30", penalty_rate="0.04", rate_basis="year_365"),
                 owe(1_000_000, "2024-09-10", penalty_rate="0.10", rate_basis="year_365"),
                 paid("2024-09-30", 1_000_000 + line(1_000_000, "10", "2024-09-11", "2024-09-30"))), "2024-09-30",
             (1_000_000, 0, line(1_000_000, "4", "2024-08-31", "2024-09-30"), 0, 0)),
    HandCase("P08", "INT-13", "same burden: the earlier due first",
             two(owe(1_000_000, "2024-09-10", penalty_rate="0.05", rate_basis="year_365"),
                 owe(1_000_000, "2024-08-30", penalty_rate="0.05", rate_basis="year_365"),
                 paid("2024-09-30", 1_000_000 + line(1_000_000, "5", "2024-08-31", "2024-09-30"))), "2024-09-30",
             (1_000_000, 0, line(1_000_000, "5", "2024-09-11", "2024-09-30"), 0, 0)),
    HandCase("P09", "INT-13", "all equal: pro rata by what is owed (2:1), to the fen",
             two(owe(2_000_000, "2024-09-30"), owe(1_000_000, "2024-09-30"), paid("2024-09-30", 1_000_000)), "2024-09-30",
             (2_000_000, 0, 0, 0, 0)),
    HandCase("P10", "INT-14", "paid too much: the debt ends, the rest is left over",
             two(owe(1_000_000, "2024-08-30"), owe(1, "2024-08-30"), paid("2024-09-30", 1_200_000)), "2024-12-31",
             (0, 0, 0, 0, 1_200_000 - 1_000_001 - LATE)),
    HandCase("P11", "INT-14", "two payments of one day are one sum, whichever was written first (a)",
             facts("sale", item(1_000_000, "2024-08-30"), late_multiple="1.3", payments=[paid("2024-09-30", 300_000), paid("2024-09-30", 1_000)]),
             "2024-09-30", (1_000_000 - (301_000 - LATE), 0, 0, 0, 0)),
    HandCase("P12", "INT-14", "two payments of one day are one sum, whichever was written first (b)",
             facts("sale", item(1_000_000, "2024-08-30"), late_multiple="1.3", payments=[paid("2024-09-30", 1_000), paid("2024-09-30", 300_000)]),
             "2024-09-30", (1_000_000 - (301_000 - LATE), 0, 0, 0, 0)),
    HandCase("P13", "INT-14", "paid before the due day: the principal falls, nothing else was open",
             facts("sale", item(1_000_000, "2024-08-30"), late_multiple="1.3", payments=[paid("2024-08-01", 400_000)]), "2024-09-30",
             (600_000, 0, line(600_000, "4.355", "2024-08-31", "2024-09-30"), 0, 0)),
    HandCase("P14", "INT-14", "agreed order principal first: interest stays open",
             {**facts("private_loan", item(M, "2024-12-31", rate="0.06", rate_basis="year_365"), contract_date="2024-01-01",
                      creditor_kind="company", payments=[paid("2024-06-30", 10_000_000)]), "order": ["principal", "interest"]}, "2024-12-31",
             (M - 10_000_000, line(M, "6", "2024-01-02", "2024-06-30") + line(M - 10_000_000, "6", "2024-07-01", "2024-12-31"), 0, 0, 0)),
    HandCase("P15", "INT-14", "a payment later than the statement is left out, said",
             facts("sale", item(1_000_000, "2024-08-30"), late_multiple="1.3", payments=[paid("2024-10-01", 400_000)]), "2024-09-30",
             (1_000_000, 0, LATE, 0, 0), ("payment_after_as_of",)),
]  # fmt: skip
