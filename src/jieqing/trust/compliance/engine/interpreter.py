"""The interpreter: the reference by which the compiled function and the column kernel are judged.

It walks every rule's tree in the order written and keeps no tables, so it can be read beside the law. A rule answers
yes (a reason), no, or unknown: then the facts it reads that are absent are named and the contact is denied.
"""

from __future__ import annotations

from datetime import datetime

from jieqing.trust.compliance.engine.facts import Facts, Never, View
from jieqing.trust.compliance.engine.hours import Agreed, within
from jieqing.trust.compliance.engine.packs import PackSet, Rule
from jieqing.trust.compliance.engine.predicates import (
    All,
    AnyOf,
    AtLeast,
    Dated,
    Elapsed,
    Granted,
    Has,
    HasFact,
    Is,
    Not,
    OneOf,
    Outside,
    Predicate,
    Window,
)
from jieqing.trust.compliance.engine.timing import lifted_at
from jieqing.trust.compliance.engine.verdicts import ALLOW, RANK, Reason, Verdict


def judge(packs: PackSet, facts: Facts) -> Verdict:
    """Return the verdict on one contact: every rule asked, every reason kept."""
    view = View(facts)
    reasons = [reason for rule in packs.rules if (reason := _ask(rule, view)) is not None]
    verdict = max((reason.verdict for reason in reasons), key=RANK.__getitem__, default=ALLOW)
    not_before: datetime | None = None
    if verdict == "deny":
        not_before = lifted_at(packs, [reason for reason in reasons if reason.verdict == "deny"], view, truth)
    return Verdict(verdict, tuple(reasons), not_before, facts, packs.digest)


def _ask(rule: Rule, view: View) -> Reason | None:
    fires = truth(rule.predicate, view)
    if fires is None:
        return Reason(rule, tuple(name for name in rule.facts if view.is_absent(name)))
    return Reason(rule) if fires else None


def truth(predicate: Predicate, view: View, at_minute: int | None = None) -> bool | None:
    """Answer a predicate: yes, no, or None for unknown.

    `at_minute` asks what it would be at another minute of the day, all else equal.
    """
    match predicate:
        case Not(part):
            answer = truth(part, view, at_minute)
            return None if answer is None else not answer
        case All(parts):
            answers = [truth(part, view, at_minute) for part in parts]
            return False if False in answers else (None if None in answers else True)
        case AnyOf(parts):
            answers = [truth(part, view, at_minute) for part in parts]
            return True if True in answers else (None if None in answers else False)
        case Window(start, end):
            minute = view.minute if at_minute is None or view.minute is None else at_minute
            return None if minute is None else within((start, end), minute)
        case Granted(fact):
            return view.granted(fact, at_minute)
        case Outside():
            return view.agreed(at_minute) is Agreed.OUTSIDE
        case Dated(first, last):
            day = view.ordinal
            return None if day is None else (first is None or day >= first) and (last is None or day < last)
        case Elapsed(fact, unit, number):
            return _elapsed(view, fact, unit, number)
        case _:
            return _compare(predicate, view)


def _elapsed(view: View, fact: str, unit: str, number: int) -> bool | None:
    passed = view.days_since(fact) if unit == "days" else view.seconds_since(fact)
    if passed is None:
        return None
    return isinstance(passed, Never) or passed >= (number if unit == "days" else number * 3600)


def _compare(atom: Is | OneOf | AtLeast | Has | HasFact, view: View) -> bool | None:
    value = view.value(atom.fact)
    if value is None:
        return None
    match atom:
        case Is(_, wanted):
            return value is wanted
        case OneOf(_, values):
            return value in values
        case AtLeast(_, number):
            return isinstance(value, int) and value >= number
        case Has(_, wanted_text):
            return isinstance(value, list | tuple) and wanted_text in value
        case HasFact(_, other):
            held = view.value(other)
            return None if held is None else isinstance(value, list | tuple) and held in value
