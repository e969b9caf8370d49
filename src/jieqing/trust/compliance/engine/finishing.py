"""Finishing: from the mask of standing clauses to the verdict, with every reason and when the denial lifts.

The compiled function ends here when anything stands or is unknown. Reasons are made once for each rule and given out
again and again; only a rule that could not be judged gets a reason of its own, with the facts it misses.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from jieqing.trust.compliance.engine.clauses import Clauses
from jieqing.trust.compliance.engine.facts import Facts, View
from jieqing.trust.compliance.engine.interpreter import truth
from jieqing.trust.compliance.engine.lifting import Lifting
from jieqing.trust.compliance.engine.packs import PackSet
from jieqing.trust.compliance.engine.timing import lifted_at
from jieqing.trust.compliance.engine.verdicts import DENY, NEEDS_APPROVAL, Reason, Verdict


class Finish:
    """From the mask of standing clauses to the verdict: every reason, and when the denial lifts."""

    def __init__(self, packs: PackSet, clauses: Clauses) -> None:
        self.packs = packs
        self.rule_of = clauses.rule_of
        self.reasons = tuple(Reason(packs.rules[number]) for number in clauses.rule_of)
        self.width = clauses.width
        self.low = (1 << clauses.width) - 1
        self.deny = sum(
            1 << index for index, number in enumerate(clauses.rule_of) if packs.rules[number].verdict == DENY
        )
        self.lifting = Lifting(packs, clauses)

    def __call__(self, mask: int, rest: int, local: datetime | None, facts: Facts) -> Verdict:
        low = mask & self.low
        if mask >> self.width != low:
            return self._with_unknown(mask, facts)
        found: list[Reason] = []
        bits, reasons, last = low, self.reasons, None
        while bits:
            reason = reasons[(bits & -bits).bit_length() - 1]
            bits &= bits - 1
            if last is None or reason.rule is not last:
                found.append(reason)
                last = reason.rule
        if not low & self.deny:
            return Verdict(NEEDS_APPROVAL, tuple(found), None, facts, self.packs.digest)
        not_before = None
        if not low & self.lifting.lasting and local is not None:
            if facts.get("agreed_hours"):
                denials = [reason for reason in found if reason.verdict == DENY]
                not_before = lifted_at(self.packs, denials, View(facts), truth)
            else:
                not_before = self.lifting.lifted_at(low, rest & self.low, local, facts)
        return Verdict(DENY, tuple(found), not_before, facts, self.packs.digest)

    def _with_unknown(self, mask: int, facts: Facts) -> Verdict:
        """Some rule could not be judged: name the facts it misses, rule by rule."""
        low, possible = mask & self.low, mask >> self.width
        fired = {self.rule_of[index] for index in range(self.width) if low >> index & 1}
        open_rules = {self.rule_of[index] for index in range(self.width) if possible >> index & 1}
        view = View(facts)
        found = []
        for number in sorted(fired | open_rules):
            rule = self.packs.rules[number]
            if number in fired:
                found.append(Reason(rule))
            else:
                found.append(Reason(rule, tuple(name for name in rule.facts if view.is_absent(name))))
        if any(reason.verdict == DENY for reason in found):
            return Verdict(DENY, tuple(found), self._lift_known(found, view), facts, self.packs.digest)
        return Verdict(NEEDS_APPROVAL, tuple(found), None, facts, self.packs.digest)

    def _lift_known(self, found: Sequence[Reason], view: View) -> datetime | None:
        denials = [reason for reason in found if reason.verdict == DENY]
        return (
            None if any(reason.missing for reason in denials) else lifted_at(self.packs, denials, view, truth)
        )
