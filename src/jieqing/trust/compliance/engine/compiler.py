"""The compiler: one plain Python function for a pack set, giving the interpreter's verdicts many times faster.

The function's text is written once for each pack set, from the vocabulary only: no word of a pack gets into it. It reads
the facts in groups, each group one look-up in a table of masks that fills as values are met (bounded; a value that finds
no place is computed), ANDs the masks, and turns the bits of the clauses that stand into reasons. Every rule is answered
in every decision; nothing is skipped because another rule denied already.

Where it differs from the interpreter there is a bug: `tests/test_agreement.py` draws random contacts and packs and
compares everything, `make soak` a million of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from jieqing.trust.compliance.engine.clauses import NEVER_SINCE, Clauses, Leaf, LeafKey, clauses_of
from jieqing.trust.compliance.engine.facts import Facts, Never, View, hours, zone
from jieqing.trust.compliance.engine.interpreter import truth
from jieqing.trust.compliance.engine.lifting import Lifting
from jieqing.trust.compliance.engine.packs import PackSet
from jieqing.trust.compliance.engine.timing import lifted_at
from jieqing.trust.compliance.engine.verdicts import ALLOW, DENY, NEEDS_APPROVAL, Reason, Verdict
from jieqing.trust.compliance.engine.vocabulary import FACTS, Kind

Decide = Callable[[Facts], Verdict]
Values = Sequence[object]
ROWS_MAX = 1 << 15
"""Rows a table may hold; beyond, masks are computed and not kept."""

# Facts that are looked up together. Small together, so that a table soon holds all that is met.
_GROUPS: tuple[tuple[str, ...], ...] = (
    ("jurisdiction", "channel", "purpose", "role"),
    ("debt_kind", "creditor_kind", "scan_verdict", "site.kind"),
    ("delivery_uncertain", "plan_active", "number_valid", "identity_verified", "discloses_debt", "refused",
     "dispute_open", "complaint_open"),
    ("represented", "minor", "deceased", "incapacitated", "time_barred", "threatens_suit", "ai_label",
     "recording_notice"),
    ("script_filed", "staff.is_lawyer", "site.live", "site.filing_valid", "placement_active", "consent"),
    ("counts.effective_calls_today", "counts.notice_connected_today", "counts.dials_same_number_today"),
    ("counts.robot_calls_7d", "counts.calls_7d_debt", "counts.contacts_7d"),
    ("counts.failed_contacts_in_a_row", "staff.count"),
)  # fmt: skip


class Table(dict[Any, int]):
    """Masks of a group of leaves by the tuple of their values; a row that is not there is computed."""

    def __init__(self, leaves: Sequence[Leaf], width: int) -> None:
        super().__init__()
        self.leaves = leaves
        self.all = (1 << 2 * width) - 1

    def __missing__(self, values: Any) -> int:
        mask = self.all
        for leaf, value in zip(self.leaves, values if len(self.leaves) > 1 else (values,), strict=True):
            mask &= leaf.missing if value is None else leaf.mask(value)
        if len(self) < ROWS_MAX:
            self[values] = mask
        return mask


def compile_packs(packs: PackSet) -> Decide:
    """Return the function that decides by these packs."""
    clauses = clauses_of(packs)
    text, names = _function(clauses)
    finish = _Finish(packs, clauses)
    names |= {"fired": finish, "Verdict": Verdict, "ALLOW": ALLOW, "DIGEST": packs.digest, "zone": zone}
    names |= {"at_of": datetime.fromisoformat, "NONE": {}, "ISO_ERRORS": (ValueError, OverflowError)}
    exec(compile(text, f"<packs {packs.digest[:12]}>", "exec"), names)  # noqa: S102 - our own text, see the docstring
    decide: Decide = names["decide"]
    return decide


def source_of(packs: PackSet) -> str:
    """Return the text of the function, for a reader."""
    return _function(clauses_of(packs))[0]


def _function(clauses: Clauses) -> tuple[str, dict[str, Any]]:
    """The text of the function and the tables it names."""
    names: dict[str, Any] = {}
    lines = ["def decide(facts):", "    get = facts.get"]
    nests = dict.fromkeys(
        leaf.key[1].partition(".")[0]
        for leaf in clauses.leaves
        if leaf.key[0] == "fact" and "." in leaf.key[1]
    )
    lines += [f"    {nest} = (get({nest!r}) or NONE).get" for nest in nests]
    masks: list[str] = []
    grouped: set[str] = set()
    for group in _GROUPS:
        leaves = [leaf for name in group if (leaf := clauses.leaf("fact", name))]
        grouped |= set(group)
        if leaves:
            table = f"T{len(names)}"
            names[table] = Table(leaves, clauses.width)
            masks.append(f"{table}[{', '.join(_fetch(leaf.key[1]) for leaf in leaves)}]")
    for leaf in clauses.leaves:
        if leaf.key[0] == "fact" and leaf.key[1] not in grouped:
            table = f"T{len(names)}"
            names[table] = Table([leaf], clauses.width)
            masks.append(_single(leaf, table, lines))
        elif leaf.key[0] in ("pair", "granted"):
            table = f"T{len(names)}"
            names[table] = Table([leaf], clauses.width)
            masks.append(f"{table}[{_derived(leaf.key, lines)}]")
    lines += _times(clauses, names)
    lines.append(f"    rest = {' & '.join([*masks, 'day', *_elapsed(clauses, names, lines)])}")
    lines += [
        "    mask = rest & minute_mask",
        "    if mask & ASKS_AGREED:",
        "        agreed_hours = get('agreed_hours')",
        "        mask &= AGREED if agreed_hours and local is not None and is_within(agreed_hours, minute) else NOT_AGREED",
        "    if not mask:",
        "        return Verdict(ALLOW, (), None, facts, DIGEST)",
        "    return fired(mask, rest, local, facts)",
    ]
    return "\n".join(lines) + "\n", names


def _fetch(name: str) -> str:
    holder, _, inner = name.partition(".")
    return f"{holder}({inner!r})" if inner else f"get({name!r})"


def _single(leaf: Leaf, table: str, lines: list[str]) -> str:
    name = leaf.key[1]
    if FACTS[name] is not Kind.TEXTS:
        return f"{table}[{_fetch(name)}]"
    variable = "v_" + name.replace(".", "_")
    lines.append(f"    {variable} = {_fetch(name)}")
    return f"{table}[None if {variable} is None else tuple({variable})]"


def _derived(key: LeafKey, lines: list[str]) -> str:
    if key[0] == "granted":
        return f"get({key[1]!r}) is True"
    one, other = (f"p_{name.replace('.', '_')}" for name in key[1:])
    lines += [f"    {one} = {_fetch(key[1])}", f"    {other} = {_fetch(key[2])}"]
    return f"None if {one} is None or {other} is None else {other} in {one}"


def _times(clauses: Clauses, names: dict[str, Any]) -> list[str]:
    """Local time: the masks of the minute, the day and the agreed hours."""
    every = (1 << 2 * clauses.width) - 1
    minute, day, agreed = (clauses.leaf(name) for name in ("minute", "day", "agreed"))
    names["MINUTES"] = tuple(minute.mask(at) if minute else every for at in range(24 * 60))
    names["DAYS"] = Table([day], clauses.width) if day else _Every(every)
    names["NO_MINUTE"] = minute.missing if minute else every
    names["NO_DAY"] = day.missing if day else every
    names["AGREED"] = agreed.mask(True) if agreed else every
    names["NOT_AGREED"] = agreed.mask(False) if agreed else every
    asks = sum(1 << index for index, _literals in agreed.asked) if agreed else 0
    names["ASKS_AGREED"] = asks << clauses.width | asks
    names["is_within"] = _is_within
    return [
        "    try:",
        "        at = at_of(get('at'))",
        "        tz = zone(get('timezone'))",
        "        if at.tzinfo is None or not 2 <= at.year <= 9998: at = None",
        "    except (TypeError, *ISO_ERRORS):",
        "        at = None",
        "    if at is not None and tz is not None:",
        "        local = at.astimezone(tz)",
        "        minute = local.hour * 60 + local.minute",
        "        minute_mask = MINUTES[minute]",
        "        day = DAYS[local.toordinal()]",
        "    else:",
        "        local = None",
        "        minute_mask = NO_MINUTE",
        "        day = NO_DAY",
    ]


def _elapsed(clauses: Clauses, names: dict[str, Any], lines: list[str]) -> list[str]:
    """The masks of the time passed since instants: worked out by a View, since few contacts have them asked."""
    leaves = [leaf for leaf in clauses.leaves if leaf.key[0] in ("days", "hours")]
    if not leaves:
        return []
    names["since"] = _Since(leaves, clauses.width)
    facts = dict.fromkeys(leaf.key[1] for leaf in leaves)
    raw = ", ".join(_fetch(fact) for fact in facts)
    # Never in every one of them, and a known time: the commonest case is one row.
    lines.append(f"    passed = since(facts, local, {raw})")
    return ["passed"]


def _is_within(value: Any, minute: int) -> bool:
    return any(
        start <= minute < end if start <= end else minute >= start or minute < end
        for start, end in hours(value)
    )


class _Every(dict[int, int]):
    """A table of a leaf that nobody asks."""

    def __init__(self, mask: int) -> None:
        super().__init__()
        self.mask = mask

    def __missing__(self, _key: int) -> int:
        return self.mask


class _Since:
    """Masks of the leaves that ask how long ago something was."""

    def __init__(self, leaves: Sequence[Leaf], width: int) -> None:
        self.leaves = leaves
        self.all = (1 << 2 * width) - 1
        self.facts = tuple(dict.fromkeys(leaf.key[1] for leaf in leaves))
        self.never = self._mask([NEVER_SINCE] * len(leaves))

    def __call__(self, facts: Facts, local: datetime | None, *raw: object) -> int:
        if local is not None and raw.count(None) == len(raw) and all(name in facts for name in self.facts):
            return self.never
        view = View(facts)
        passed = (
            view.days_since(leaf.key[1]) if leaf.key[0] == "days" else view.seconds_since(leaf.key[1])
            for leaf in self.leaves
        )
        return self._mask([NEVER_SINCE if isinstance(found, Never) else found for found in passed])

    def _mask(self, values: Sequence[int | None]) -> int:
        found = self.all
        for leaf, value in zip(self.leaves, values, strict=True):
            found &= leaf.missing if value is None else leaf.mask(value)
        return found


class _Finish:
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
