"""The second formulation: the same law, told day by day with fractions, sharing no code with the engine but its facts.

For every day it asks what each debt bears on that day and adds exact fractions. A run (days on which neither the base
nor what the debt bears changes) is rounded once. What a day bears is said
in day_by_day_law. Slow and plain on purpose; it exists to disagree.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor

from jieqing.claims.entitlements.engine.facts import Facts, Item
from jieqing.claims.entitlements.tests.day_by_day_law import DAY, Bears, bears, due_of


@dataclass
class Account:
    item: Item
    name: str
    due: date | None
    open: dict[str, int]
    secured: int = 0
    run: tuple[int, Bears] | None = None
    exact: dict[str, Fraction] = field(default_factory=dict)
    settled: dict[str, int] = field(default_factory=dict)
    paid: dict[str, int] = field(default_factory=dict)

    def owed(self, part: str, rounded) -> int:
        if part == "principal":
            return self.open["principal"]
        running = rounded(self.exact.get(part, Fraction(0)))
        return self.settled.get(part, 0) + running - self.paid.get(part, 0)

    def pay(self, part: str, amount: int) -> None:
        if part == "principal":
            self.open["principal"] -= amount
        else:
            self.paid[part] = self.paid.get(part, 0) + amount

    def settle(self, rounded) -> None:
        for part, exact in self.exact.items():
            self.settled[part] = self.settled.get(part, 0) + rounded(exact)
        self.exact = {}


def rounder(name: str):
    def rounded(exact: Fraction) -> int:
        low = floor(exact)
        match name:
            case "down":
                return low
            case "up":
                return ceil(exact)
            case "half_even":
                return round(exact)
        return low + (exact - low >= Fraction(1, 2))

    return rounded


def accounts_of(facts: Facts) -> list[tuple[Account, date | None]]:
    found = []
    for item in facts.items:
        principal = item.principal_minor - item.prepaid_interest_minor
        due = due_of(facts, item)
        parts = list(facts.judgment.instalments) if facts.judgment else []
        if not parts:
            found.append((Account(item, item.id, due, {"principal": principal}), None))
            continue
        for number, part in enumerate(sorted(parts, key=lambda p: (p.due, p.amount_minor)), 1):
            principal -= part.amount_minor
            name = f"{item.id}/{number}"
            found.append((Account(item, name, part.due, {"principal": part.amount_minor}), part.due))
        if principal:
            found.append((Account(item, item.id, due, {"principal": principal}), None))
    for account, _ in found:
        held = account.item.secured_minor
        account.secured = account.open["principal"] if held < 0 else held
    return sorted(found, key=lambda pair: (pair[0].due or date.max, pair[0].name))


def owed(facts: Facts, as_of: date) -> dict[str, int]:
    """Return the open sums by part, costs and what was left over."""
    rounded = rounder(facts.rounding.value)
    accounts = accounts_of(facts)
    money = {"costs": 0, "surplus": 0}
    floor_day = facts.contract_date if facts.kind != "judgment" else None
    paid = sorted(
        (max(p.day, floor_day or p.day), p.day, p.for_item or "", p.amount_minor, p.for_item)
        for p in facts.payments
    )
    spent = sorted((cost.day, cost.amount_minor) for cost in facts.costs)
    starts = [*(day for day, *_ in paid), *(day for day, _ in spent), as_of, *_starts(facts)]
    day = min(starts)
    while day <= as_of:
        for account, perform_by in accounts:
            bearing = bears(facts, account.item, perform_by, day, as_of)
            base = account.open["principal"]
            if account.run != (base, bearing):
                account.settle(rounded)
                account.run = (base, bearing)
            for part, rate, _ in bearing:
                account.exact[part] = account.exact.get(part, Fraction(0)) + base * rate
        for _, amount in [found for found in spent if found[0] == day]:
            money["costs"] += amount
            used = min(money["surplus"], money["costs"])
            money["costs"] -= used
            money["surplus"] -= used
        for *_, amount, named in [found for found in paid if found[0] == day]:
            rates = {
                id(account): sum(
                    (rate for _, rate, _ in bears(facts, account.item, perform_by, day, as_of)), Fraction(0)
                )
                for account, perform_by in accounts
            }
            everyone = [account for account, _ in accounts]
            chosen = [account for account in everyone if named and account.item.id == named]
            for group in [chosen, everyone] if chosen else [everyone]:
                amount = appropriate(facts, group, money, amount, day, rates, rounded)
            money["surplus"] += amount
        day += DAY
    everyone = [account for account, _ in accounts]
    sums = {part: sum(account.owed(part, rounded) for account in everyone) for part in
            ("principal", "interest", "penalty", "doubled")}  # fmt: skip
    return {**sums, **money}


def _starts(facts: Facts) -> list[date]:
    days = [facts.contract_date, facts.delivered_on, facts.settlement_submitted_on, facts.suit_date]
    for item in facts.items:
        days += [item.due, item.interest_from]
    if facts.judgment is not None:
        days += [facts.judgment.day, facts.judgment.perform_by]
        days += [part.due for part in facts.judgment.instalments]
    return [day for day in days if day is not None]


def appropriate(facts, accounts, money, amount, day, rates, rounded) -> int:
    names = [part.name.lower() for part in facts.order]
    while names and amount:
        if names[0] == "costs":
            given = min(amount, money["costs"])
            money["costs"] -= given
            amount -= given
            names.pop(0)
            continue
        if names[0] == "doubled":
            parts = [names.pop(0)]
        else:
            parts = []
            while names and names[0] not in ("costs", "doubled"):
                parts.append(names.pop(0))
        amount = to_debts(accounts, parts, amount, day, rates, rounded)
    return amount


def to_debts(accounts, parts, amount, day, rates, rounded) -> int:
    """民法典 560, step by step: each step keeps those that the one before could not tell apart."""

    waiting = [a for a in accounts if sum(a.owed(part, rounded) for part in parts)]
    while waiting and amount:
        best = waiting
        due = [a for a in best if a.due is not None and a.due <= day]
        best = due or best
        least = min(a.secured for a in best)
        best = [a for a in best if a.secured == least]
        heaviest = max(rates[id(a)] for a in best)
        best = [a for a in best if rates[id(a)] == heaviest]
        earliest = min(a.due or date.max for a in best)
        best = [a for a in best if (a.due or date.max) == earliest]
        wanted = [sum(a.owed(part, rounded) for part in parts) for a in best]
        pot = min(amount, sum(wanted))
        exact = [Fraction(pot * want, sum(wanted)) for want in wanted]
        gets = [floor(share) for share in exact]
        ranked = sorted(range(len(best)), key=lambda i: (gets[i] - exact[i], i))
        for i in ranked[: pot - sum(gets)]:
            gets[i] += 1
        for account, share in zip(best, gets, strict=True):
            for part in parts:
                given = min(share, account.owed(part, rounded))
                account.pay(part, given)
                share -= given
        amount -= pot
        waiting = [a for a in waiting if a not in best]
    return amount
