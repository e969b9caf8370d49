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
from operator import itemgetter
from typing import Any

from jieqing.trust.compliance.engine.clauses import NEVER_SINCE, Clauses, Leaf, clauses_of
from jieqing.trust.compliance.engine.facts import Facts, Never, View, hours, zone
from jieqing.trust.compliance.engine.finishing import Finish
from jieqing.trust.compliance.engine.packs import PackSet
from jieqing.trust.compliance.engine.verdicts import ALLOW, Verdict
from jieqing.trust.compliance.engine.vocabulary import FACTS, Kind

Decide = Callable[[Facts], Verdict]
Values = Sequence[object]
ROWS_MAX = 1 << 15
"""Rows a table may hold; beyond, masks are computed and not kept."""

# Facts that are looked up together, of one object each. Small together, so that a table soon holds all that is met.
_GROUPS: tuple[tuple[str, ...], ...] = (
    ("jurisdiction", "channel", "purpose", "role"),
    ("debt_kind", "creditor_kind", "scan_verdict"),
    ("delivery_uncertain", "plan_active", "number_valid", "identity_verified", "discloses_debt", "refused",
     "dispute_open", "complaint_open"),
    ("represented", "minor", "deceased", "incapacitated", "time_barred", "threatens_suit", "ai_label",
     "recording_notice"),
    ("script_filed", "placement_active"),
    ("site.live", "site.filing_valid", "site.kind"),
    ("staff.count", "staff.is_lawyer"),
    ("counts.effective_calls_today", "counts.notice_connected_today", "counts.dials_same_number_today"),
    ("counts.robot_calls_7d", "counts.calls_7d_debt", "counts.contacts_7d", "counts.failed_contacts_in_a_row"),
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
    names |= {
        "fired": Finish(packs, clauses),
        "Verdict": Verdict,
        "new": tuple.__new__,
        "ALLOW": ALLOW,
        "DIGEST": packs.digest,
        "ZONES": _Zones(),
        "at_of": datetime.fromisoformat,
        "NONE": {},
    }
    exec(compile(text, f"<packs {packs.digest[:12]}>", "exec"), names)  # noqa: S102 - our own text, see the docstring
    decide: Decide = names["decide"]
    return decide


def source_of(packs: PackSet) -> str:
    """Return the text of the function, for a reader."""
    return _function(clauses_of(packs))[0]


def _function(clauses: Clauses) -> tuple[str, dict[str, Any]]:
    """The text of the function and the tables it names.

    Two functions, one text: `decide` takes facts in handfuls and expects every key; at the first key that is not
    there, `decide_sparse` begins again and takes what is absent as None.
    """
    names: dict[str, Any] = _tables(clauses)
    full = [
        "def decide(facts):",
        "    try:",
        *(f"        {line}" for line in _reading(clauses, names, full=True)),
    ]
    full += ["    except (KeyError, TypeError):", "        return decide_sparse(facts)"]
    sparse = ["def decide_sparse(facts):", *(f"    {line}" for line in _reading(clauses, names, full=False))]
    common = [f"    {line}" for line in (*_LOCAL, *_ANSWER)]
    return "\n".join([*full, *common, "", "", *sparse, *common, ""]), names


def _tables(clauses: Clauses) -> dict[str, Any]:
    """A table for each group of leaves, and one each for the others."""
    names: dict[str, Any] = {}
    grouped = {name for group in _GROUPS for name in group}
    for number, group in enumerate(_GROUPS):
        leaves = [leaf for name in group if (leaf := clauses.leaf("fact", name))]
        if leaves:
            names[f"G{number}"] = Table(leaves, clauses.width)
            # In one call where there are several, else the value itself.
            names[f"take_G{number}"] = itemgetter(*(leaf.key[1].rpartition(".")[2] for leaf in leaves))
    for leaf in clauses.leaves:
        if leaf.key[0] in ("pair", "granted") or (leaf.key[0] == "fact" and leaf.key[1] not in grouped):
            names[f"T_{'_'.join(leaf.key).replace('.', '_')}"] = Table([leaf], clauses.width)
    return names | _times(clauses)


def _reading(clauses: Clauses, names: dict[str, Any], *, full: bool) -> list[str]:
    """The lines that read the facts and look their masks up: `rest` is all but the time of day and the days."""
    nests = dict.fromkeys(name.partition(".")[0] for group in _GROUPS for name in group if "." in name)
    lines = [
        f"{nest} = facts[{nest!r}]" if full else f"{nest} = facts.get({nest!r}) or NONE" for nest in nests
    ]
    masks: list[str] = []
    for number, group in enumerate(_GROUPS):
        if f"G{number}" not in names:
            continue
        leaves = [name for name in group if clauses.leaf("fact", name)]
        holder = leaves[0].rpartition(".")[0] or "facts"
        taken = (
            f"take_G{number}({holder})" if full else ", ".join(_fetch(name, full=False) for name in leaves)
        )
        masks.append(f"G{number}[{taken}]")
    for leaf in clauses.leaves:
        table = f"T_{'_'.join(leaf.key).replace('.', '_')}"
        match leaf.key:
            case ("granted", fact):
                masks.append(f"{table}[facts.get({fact!r}) is True]")
            case ("pair", fact, other):
                held, asked = _fetch(fact, full=full), _fetch(other, full=full)
                lines += [f"held, asked = {held}, {asked}"]
                masks.append(f"{table}[None if held is None or asked is None else asked in held]")
            case ("fact", fact) if table in names:
                value = f"v_{fact.replace('.', '_')}"
                lines.append(f"{value} = {_fetch(fact, full=full)}")
                asked = f"None if {value} is None else tuple({value})" if FACTS[fact] is Kind.TEXTS else value
                masks.append(f"{table}[{asked}]")
    lines.append(f"at, tz = {_fetch('at', full=full)}, ZONES[{_fetch('timezone', full=full)}]")
    lines.append(f"rest = {' & '.join(masks) or 'EVERY'}")
    if "since" in names:
        # Few contacts get here with a rule that asks how long ago something was.
        lines += ["if rest & ASKS_SINCE:", "    rest &= since(facts)"]
    return lines


def _fetch(name: str, *, full: bool) -> str:
    holder, _, inner = name.rpartition(".")
    where = holder or "facts"
    return f"{where}[{inner!r}]" if full else f"{where}.get({inner!r})"


_LOCAL = (
    "local = None",
    "try:",
    "    at = at_of(at)",
    "    if tz is not None and at.tzinfo is not None and 2 <= at.year <= 9998:",
    "        local = at.astimezone(tz)",
    "        minute = local.hour * 60 + local.minute",
    "        rest &= DAYS[local.toordinal()]",
    "        mask = rest & MINUTES[minute]",
    "except (TypeError, ValueError):",
    "    pass",
    "if local is None:",
    "    rest &= NO_DAY",
    "    mask = rest & NO_MINUTE",
)
_ANSWER = (
    "if mask & ASKS_AGREED:",
    "    agreed_hours = facts.get('agreed_hours')",
    "    mask &= AGREED if agreed_hours and local is not None and is_within(agreed_hours, minute) else NOT_AGREED",
    "if not mask:",
    "    return new(Verdict, (ALLOW, (), None, facts, DIGEST))",
    "return fired(mask, rest, local, facts)",
)


def _times(clauses: Clauses) -> dict[str, Any]:
    """The masks of the minute, the day and the agreed hours, and of time passed."""
    every = (1 << 2 * clauses.width) - 1
    minute, day, agreed = (clauses.leaf(name) for name in ("minute", "day", "agreed"))
    asks = sum(1 << index for index, _literals in agreed.asked) if agreed else 0
    names: dict[str, Any] = {
        "EVERY": every,
        "MINUTES": tuple(minute.mask(at) if minute else every for at in range(24 * 60)),
        "DAYS": Table([day], clauses.width) if day else _Every(every),
        "NO_MINUTE": minute.missing if minute else every,
        "NO_DAY": day.missing if day else every,
        "AGREED": agreed.mask(True) if agreed else every,
        "NOT_AGREED": agreed.mask(False) if agreed else every,
        "ASKS_AGREED": asks << clauses.width | asks,
        "is_within": _is_within,
    }
    passed = [leaf for leaf in clauses.leaves if leaf.key[0] in ("days", "hours")]
    if passed:
        asked = sum(1 << index for index in {index for leaf in passed for index, _literals in leaf.asked})
        names |= {"since": _Since(passed, clauses.width), "ASKS_SINCE": asked << clauses.width | asked}
    return names


class _Zones(dict[Any, Any]):
    """Zones by name; what is no zone is None."""

    def __missing__(self, name: Any) -> Any:
        found = zone(name)
        if len(self) < ROWS_MAX:
            self[name] = found
        return found


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

    def __call__(self, facts: Facts) -> int:
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
