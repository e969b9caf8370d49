"""The function for contacts that lack a fact, or say something in an unusual way: leaf by leaf, unknown kept apart from no.

The same clauses and the same answers as the compiled function; slower, as every leaf is asked by itself and masks are of double
width (see `clauses`). Contacts whose time since an earlier contact decides come here too.
"""

from __future__ import annotations

from typing import Any

from jieqing.trust.compliance.engine.clauses import NEVER_SINCE, Clauses, Leaf
from jieqing.trust.compliance.engine.facts import Facts, Never, View
from jieqing.trust.compliance.engine.finishing import Finish
from jieqing.trust.compliance.engine.verdicts import ALLOW, Verdict

_KEPT_MAX = 4096
_OF_TIME = ("minute", "agreed")


class Sparse:
    """The function of one set of clauses."""

    def __init__(self, clauses: Clauses, finish: Finish) -> None:
        self.finish = finish
        self.every = (1 << 2 * clauses.width) - 1
        self.leaves = [(leaf, _Masks(leaf), leaf.key[0] in _OF_TIME) for leaf in clauses.leaves]

    def __call__(self, facts: Facts) -> Verdict:
        view = View(facts)
        rest = times = self.every
        for leaf, masks, is_time in self.leaves:
            value = _value(leaf, view)
            mask = masks[tuple(value) if isinstance(value, list) else value]
            if is_time:
                times &= mask
            else:
                rest &= mask
        mask = rest & times
        if not mask:
            return Verdict(ALLOW, (), None, facts, self.finish.packs.digest)
        return self.finish(mask, rest, view.local, facts)


class _Masks(dict[Any, int]):
    """Masks of double width by value."""

    def __init__(self, leaf: Leaf) -> None:
        super().__init__()
        self.leaf = leaf

    def __missing__(self, value: Any) -> int:
        mask = self.leaf.missing if value is None else self.leaf.mask(value)
        if len(self) < _KEPT_MAX:
            self[value] = mask
        return mask


def _value(leaf: Leaf, view: View) -> Any:
    """What a leaf asks of a contact; None when it is absent."""
    match leaf.key:
        case ("minute",):
            return view.minute
        case ("day",):
            return view.ordinal
        case ("agreed",):
            return view.agreed()
        case ("granted", fact):
            return view.granted(fact)
        case (("days" | "hours") as unit, fact):
            passed = view.days_since(fact) if unit == "days" else view.seconds_since(fact)
            return NEVER_SINCE if isinstance(passed, Never) else passed
        case ("pair", fact, other):
            held, asked = view.value(fact), view.value(other)
            return None if held is None or asked is None else isinstance(held, list | tuple) and asked in held
        case (_, fact):
            return view.value(fact)
    raise AssertionError(leaf.key)
