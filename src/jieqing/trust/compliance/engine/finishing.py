"""Finishing: from the mask of standing clauses to the verdict, with every reason and when the denial lifts.

The compiled function ends here when anything stands or is unknown. Reasons are made once for each rule and given out
again and again; only a rule that could not be judged gets a reason of its own, with the facts it misses.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from jieqing.trust.compliance.engine.clauses import Clauses
from jieqing.trust.compliance.engine.facts import Facts, View, instant, zone
from jieqing.trust.compliance.engine.hours import MINUTES_OF_DAY
from jieqing.trust.compliance.engine.interpreter import truth
from jieqing.trust.compliance.engine.lifting import Lifting
from jieqing.trust.compliance.engine.packs import PackSet
from jieqing.trust.compliance.engine.tables import NOT_ONE, WHOLE, Budget, Rows
from jieqing.trust.compliance.engine.timing import lifted_at
from jieqing.trust.compliance.engine.verdicts import DENY, NEEDS_APPROVAL, Reason, Verdict

_new = tuple.__new__


class Answers(dict[int, tuple[str, tuple[Reason, ...], bool]]):
    """For each set of clauses that stand (shifted by one, as in `tables`): the verdict, every reason, and whether time alone never lifts it."""

    def __init__(self, packs: PackSet, clauses: Clauses, lasting: int, budget: Budget) -> None:
        super().__init__()
        self.reasons = tuple(Reason(packs.rules[number]) for number in clauses.rule_of)
        self.deny = sum(
            1 << index + 1 for index, reason in enumerate(self.reasons) if reason.rule.verdict == DENY
        )
        self.lasting, self.budget = lasting << 1, budget

    def __missing__(self, mask: int) -> tuple[str, tuple[Reason, ...], bool]:
        found: list[Reason] = []
        left = mask & ~WHOLE
        while left:
            # Bit by bit, lowest first: few stand, and a floor's first meetings come here.
            bit = left & -left
            left ^= bit
            reason = self.reasons[bit.bit_length() - 2]
            if not (found and found[-1].rule is reason.rule):
                found.append(reason)
        denies = bool(mask & self.deny)
        answer = (DENY if denies else NEEDS_APPROVAL, tuple(found), not denies or bool(mask & self.lasting))
        if self.budget.take():
            self[mask] = answer
        return answer


class Finish:
    """From the mask of standing clauses to the verdict: every reason, and when the denial lifts."""

    def __init__(self, packs: PackSet, clauses: Clauses, budget: Budget) -> None:
        self.packs, self.day = packs, clauses.leaf("day")
        self.days = Rows([self.day], clauses.width, budget) if self.day else {}
        self.rule_of = clauses.rule_of
        self.width = clauses.width
        self.low = (1 << clauses.width) - 1
        self.lifting = Lifting(packs, clauses)
        self.answers = Answers(packs, clauses, self.lifting.lasting, budget)

    def __call__(self, mask: int, rest: int, local: datetime | None, facts: Facts) -> Verdict:
        low = mask & self.low
        if mask >> self.width != low:
            return self._with_unknown(mask, facts)
        kind, reasons, lasts = self.answers[low << 1 | WHOLE]
        if lasts or local is None:
            return Verdict(kind, reasons, None, facts, self.packs.digest)
        not_before = self.lifting.lifted_at(low, rest & self.low, local, facts)
        return Verdict(DENY, reasons, not_before, facts, self.packs.digest)

    def lifted(
        self,
        reasons: tuple[Reason, ...],
        mask: int,
        rest: int,
        facts: Facts,
        at: datetime | None,
        hour: Sequence[int],
    ) -> Verdict:
        """The denial that lifts with time, for the compiled function: its masks are shifted, `rest` is what stands but for the time."""
        # Where no rule asks the time, some may lift with it all the same.
        when, place = at or instant(facts.get("at")), zone(facts.get("timezone"))
        if when is None or place is None:
            return Verdict(DENY, reasons, None, facts, self.packs.digest)
        if hour[-1] == NOT_ONE:
            local = when.astimezone(place)
            shown = local.toordinal() * MINUTES_OF_DAY + local.hour * 60 + local.minute
        else:
            shown = hour[-1] + when.minute
        if self.day:
            rest &= self.days[shown // MINUTES_OF_DAY]
        not_before = self.lifting.from_shown(mask >> 1, rest >> 1, shown, place, when, facts)
        return _new(Verdict, (DENY, reasons, not_before, facts, self.packs.digest))

    def _with_unknown(self, mask: int, facts: Facts) -> Verdict:
        """Some rule could not be judged: name the facts it misses, rule by rule."""
        low, possible = mask & self.low, mask >> self.width
        fired = {self.rule_of[index] for index in range(self.width) if low >> index & 1}
        open_rules = {self.rule_of[index] for index in range(self.width) if possible >> index & 1}
        view, found = View(facts), []
        is_absent: dict[str, bool] = {}
        for number in sorted(fired | open_rules):
            rule = self.packs.rules[number]
            if number in fired:
                found.append(Reason(rule))
                continue
            for name in rule.facts:
                if name not in is_absent:
                    is_absent[name] = view.is_absent(name)
            found.append(Reason(rule, tuple(name for name in rule.facts if is_absent[name])))
        if any(reason.verdict == DENY for reason in found):
            return Verdict(DENY, tuple(found), self._lift_known(found, view), facts, self.packs.digest)
        return Verdict(NEEDS_APPROVAL, tuple(found), None, facts, self.packs.digest)

    def _lift_known(self, found: Sequence[Reason], view: View) -> datetime | None:
        denials = [reason for reason in found if reason.verdict == DENY]
        return (
            None if any(reason.missing for reason in denials) else lifted_at(self.packs, denials, view, truth)
        )
