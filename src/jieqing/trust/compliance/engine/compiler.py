"""The compiler: one plain Python function for a pack set, giving the interpreter's verdicts many times faster.

The function's text is written once for each pack set, from the vocabulary only: no word of a pack gets into it. It reads
the facts in groups, each group one look-up in a table of masks that fills as values are met (`tables`; bounded, and a value that
finds no place is computed), ANDs the masks, and turns the bits of the clauses that stand into reasons. Every rule is
answered in every decision; nothing is skipped because another rule denied already.

Two functions, one meaning. `decide` expects every fact it asks for and keeps masks of single width; at the first fact that is
absent or cannot be read (`KeyError`, `TypeError`, `ValueError`) `decide_sparse` begins again: it knows unknown from no, and is
about half as fast (docs/decisions/0123).

Where they differ from the interpreter there is a bug: `tests/test_agreement.py` draws random contacts and packs and
compares everything, `make soak` a million of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from operator import itemgetter
from typing import Any

from jieqing.trust.compliance.engine.clauses import Clauses, Leaf, clauses_of
from jieqing.trust.compliance.engine.facts import Facts
from jieqing.trust.compliance.engine.finishing import Finish
from jieqing.trust.compliance.engine.hours import MINUTES_OF_DAY, Agreed, agreed_at
from jieqing.trust.compliance.engine.packs import PackSet
from jieqing.trust.compliance.engine.sparse import Sparse
from jieqing.trust.compliance.engine.tables import NOT_ONE, ROWS_MAX, Budget, HourRows, Rows
from jieqing.trust.compliance.engine.verdicts import ALLOW, Verdict
from jieqing.trust.compliance.engine.vocabulary import FACTS, Kind

Decide = Callable[[Facts], Verdict]

# Facts of the contact itself that are looked up together: what kind of contact it is, and all that is yes or no about it.
_KIND = ("jurisdiction", "channel", "purpose", "role", "debt_kind", "creditor_kind")

# Objects whose facts many kinds of contact are not asked for: a message has no caller to be cleared and no calls to count.
_SELDOM = ("staff", "counts")

_ORDER = {name: number for number, name in enumerate(FACTS)}


def compile_packs(packs: PackSet, rows: int = ROWS_MAX) -> Decide:
    """Return the function that decides by these packs; its tables keep so many rows together."""
    clauses, budget = clauses_of(packs), Budget(rows)
    text, names = _function(clauses, budget)
    finish = Finish(packs, clauses, budget)
    names |= {
        "sparse": Sparse(clauses, finish),
        "ANSWERS": finish.answers,
        "lifted": finish.lifted,
        "Verdict": Verdict,
        "new": tuple.__new__,
        "ALLOW": ALLOW,
        "DIGEST": packs.digest,
        "at_of": datetime.fromisoformat,
        "NOT_ONE": NOT_ONE,
    }
    exec(compile(text, f"<packs {packs.digest[:12]}>", "exec"), names)  # noqa: S102 - our own text, see the docstring
    decide: Decide = names["decide"]
    return decide


def source_of(packs: PackSet) -> str:
    """Return the text of the function, for a reader."""
    return _function(clauses_of(packs), Budget())[0]


def _function(clauses: Clauses, budget: Budget) -> tuple[str, dict[str, Any]]:
    """The text of the function and the tables it names."""
    names: dict[str, Any] = {}
    lines = [*_reading(clauses, budget, names), *_timing(clauses, budget, names), *_ANSWER]
    body = [f"        {line}" for line in lines]
    head = ["def decide(facts):", "    try:"]
    tail = ["    except (KeyError, TypeError, ValueError):", "        return sparse(facts)", ""]
    return "\n".join([*head, *body, *tail]), names


def _reading(clauses: Clauses, budget: Budget, names: dict[str, Any]) -> Iterator[str]:
    """The lines that read the facts: `rest` is what stands but for the time of day and the day."""
    first = True
    for holder, leaves in _groups(clauses):
        number = len(names)
        table, take, asks = f"ROWS_{number}", f"take_{number}", f"ASKS_{number}"
        names[table] = Rows(leaves, clauses.width, budget)
        names[asks] = _bits(leaves)
        match leaves[0].key:
            case ("pair", fact, other):
                value = f"{_at(other)} in {_at(fact)} if {_at(other)} is not None else None"
            case ("fact", fact) if FACTS[fact] is Kind.TEXTS:
                value = f"tuple({_at(fact)})"
            case _:
                names[take] = itemgetter(*(leaf.key[1].rpartition(".")[2] for leaf in leaves))
                value = f"{take}({f'facts[{holder!r}]' if holder else 'facts'})"
        if first:
            yield f"rest = {table}[{value}]"
        elif holder in _SELDOM:
            yield f"if rest & {asks}:"
            yield f"    rest &= {table}[{value}]"
        else:
            yield f"rest &= {table}[{value}]"
        first = False
    if first:
        yield f"rest = {(1 << clauses.width + 1) - 1}"
    since = [leaf for leaf in clauses.leaves if leaf.key[0] in ("days", "hours")]
    if since:
        names["ASKS_SINCE"] = _bits(since)
        yield "if rest & ASKS_SINCE:"
        yield "    return sparse(facts)"


def _groups(clauses: Clauses) -> list[tuple[str, list[Leaf]]]:
    """Leaves that are looked up together, with the object that holds their facts: kind first, since it leaves least open."""
    kind, plain = [], []
    nested: dict[str, list[Leaf]] = {}
    alone = []
    # In the order in which callers put facts together: reading then goes through memory in one direction.
    for leaf in sorted(clauses.leaves, key=lambda leaf: _ORDER.get(leaf.key[-1], 0)):
        match leaf.key:
            case ("pair", *_):
                alone.append(("", [leaf]))
            case ("fact", fact) if FACTS[fact] is Kind.TEXTS:
                alone.append((fact.rpartition(".")[0], [leaf]))
            case ("fact", fact) if fact in _KIND:
                kind.append(leaf)
            case ("fact" | "granted", fact) if "." in fact:
                nested.setdefault(fact.partition(".")[0], []).append(leaf)
            case ("fact" | "granted", _):
                plain.append(leaf)
    found = [("", kind), ("", plain), *nested.items(), *alone]
    return [(holder, leaves) for holder, leaves in found if leaves]


def _timing(clauses: Clauses, budget: Budget, names: dict[str, Any]) -> Iterator[str]:
    """The lines that narrow `rest` by local time and date to `mask`."""
    minute, day, agreed = (clauses.leaf(name) for name in ("minute", "day", "agreed"))
    if minute or day:
        ones = (1 << clauses.width) - 1
        minutes = [_shifted(minute, at, ones) for at in range(MINUTES_OF_DAY)]
        names["HOURS"] = HourRows(minutes, _Days(day, ones), budget)
        yield "text = facts['at']"
        yield "at = at_of(text)"
        yield "hour = HOURS[text[:13], text[-6:], facts['timezone']]"
        yield "mask = rest & hour[at.minute]"
    else:
        yield "at, hour = None, (NOT_ONE,)"
        yield "mask = rest"
    if agreed:
        names["ASKS_AGREED"] = _bits([agreed])
        names["NOT_AGREED"] = _shifted(agreed, Agreed.NOTHING, (1 << clauses.width) - 1)
        yield "if mask > 1 and mask & ASKS_AGREED:"
        names["AGREED"] = {state: _shifted(agreed, state, (1 << clauses.width) - 1) for state in Agreed}
        names["agreed_at"] = agreed_at
        yield "    hours = facts.get('agreed_hours')"
        yield "    if not hours:"
        yield "        mask &= NOT_AGREED"
        yield "    elif hour[-1] < 0:"
        yield "        return sparse(facts)"
        yield "    else:"
        yield f"        mask &= AGREED[agreed_at(hours, (hour[-1] + at.minute) % {MINUTES_OF_DAY})]"


_ANSWER = (
    "if mask < 2:",
    "    return new(Verdict, (ALLOW, (), None, facts, DIGEST))",
    "if not mask & 1:",
    "    return sparse(facts)",
    "kind, reasons, lasts = ANSWERS[mask]",
    "if lasts:",
    "    return new(Verdict, (kind, reasons, None, facts, DIGEST))",
    "return lifted(reasons, mask, rest, facts, at, hour)",
)


class _Days(dict[int, int]):
    """Masks of local dates; there are few, a table's worth for each year."""

    def __init__(self, leaf: Leaf | None, ones: int) -> None:
        super().__init__()
        self.leaf, self.ones = leaf, ones

    def __missing__(self, ordinal: int) -> int:
        return _shifted(self.leaf, ordinal, self.ones)


def _shifted(leaf: Leaf | None, value: object, ones: int) -> int:
    return ((leaf.mask(value) & ones if leaf else ones) << 1) | 1


def _bits(leaves: list[Leaf]) -> int:
    """The clauses that ask any of these leaves."""
    return sum(1 << index + 1 for index in {index for leaf in leaves for index, _literals in leaf.asked})


def _at(name: str) -> str:
    holder, _, inner = name.rpartition(".")
    return f"facts[{holder!r}][{inner!r}]" if holder else f"facts[{inner!r}]"
