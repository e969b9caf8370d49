"""``gate_portfolio``: a million contacts by the column through the shipped mainland packs.

Facts lie in columns as a portfolio is kept: codes into the few values each fact takes, instants in microseconds, a quarter of the
contacts in three other time zones' clocks. The time includes local time, every rule for every contact (none skipped),
verdicts, and the bits of every reason kept for each contact. A sample is checked against the interpreter, reason by reason.
The limit is what writing the kept answers costs: the words of reasons copied once.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from benchmarks.frame import Contender, Goal, Result, alternate, expect, load_average
from benchmarks.gate_contacts import draw_contacts
from benchmarks.gate_single import in_force, mainland
from jieqing.trust.compliance.engine.columns import Coded, Columns, Moments, columns_of
from jieqing.trust.compliance.engine.interpreter import judge
from jieqing.trust.compliance.engine.kernel import VERDICTS, Answers, Kernel

CONTACTS = 1_000_000
# Each fact of the drawn contacts is drawn again, alone, for every contact of the portfolio.
DRAWN = 4_000
SAMPLE = 300
ZONES = ("Asia/Shanghai", "Asia/Tokyo", "Europe/London", "America/New_York")


def portfolio(seed: int) -> tuple[Columns, list[dict[str, Any]]]:
    """The columns, and the contacts of the sample as facts one by one."""
    drawn = draw_contacts(seed, DRAWN)
    chance = random.Random(seed)
    for facts in drawn:
        facts["timezone"] = chance.choice(ZONES) if chance.random() < 0.25 else ZONES[0]
    small = columns_of(drawn)
    draw = np.random.default_rng(seed)
    by_name: dict[str, Coded | Moments] = {}
    rows = {name: draw.integers(0, DRAWN, CONTACTS) for name in ("who", "counts", "flags")}
    for name, column in small.by_name.items():
        # What belongs together (who, how, when) stays together; the rest is mixed anew.
        place = rows["counts" if name.startswith("counts.") else "who" if name in _WHO else "flags"]
        if isinstance(column, Coded):
            by_name[name] = Coded(column.codes[place], column.values)
        else:
            by_name[name] = Moments(column.micros[place])
    sample = draw.integers(0, CONTACTS, SAMPLE)
    facts = [_facts(drawn, rows, int(index)) for index in sample]
    return Columns(CONTACTS, by_name), [
        {"index": int(i), "facts": f} for i, f in zip(sample, facts, strict=True)
    ]


_WHO = frozenset(
    {
        "at",
        "timezone",
        "channel",
        "purpose",
        "role",
        "last_contact_at",
        "last_conversation_at",
        "staff.count",
        "discloses_debt",
    }
)


def _facts(drawn: list[dict[str, Any]], rows: dict[str, Any], index: int) -> dict[str, Any]:
    who, counts, flags = (drawn[int(rows[name][index])] for name in ("who", "counts", "flags"))
    found = {**flags, **{name: who[name] for name in _WHO if "." not in name}, "counts": counts["counts"]}
    return found | {"staff": {**flags["staff"], "count": who["staff"]["count"]}}


def run(seed: int) -> Result:
    columns, sample = portfolio(seed)
    packs = mainland()
    rules = in_force(packs, draw_contacts(seed, DRAWN))
    kernel = Kernel(packs)
    first = kernel.decide(columns)
    for one in sample:
        wanted = judge(packs, one["facts"])
        found = tuple((rule.id, unknown) for rule, unknown in first.reasons(one["index"]))
        expect(VERDICTS[first.verdicts[one["index"]]], wanted.verdict, "the interpreter's verdict")
        expect(
            found, tuple((reason.rule.id, bool(reason.missing)) for reason in wanted.reasons), "its reasons"
        )
    denied = int((first.verdicts == 2).sum())

    def check(answers: Answers) -> None:
        expect(bool(np.array_equal(answers.fired, first.fired)), True, "ours")
        expect(int((answers.verdicts == 2).sum()), denied, "ours")

    ours = Contender("ours", lambda: kernel.decide(columns), check)
    words = first.fired
    limit = Contender("limit", lambda: (words.copy(), first.possible.copy()), lambda _: None)
    alternate([ours, limit])
    rate = CONTACTS * rules / ours.median
    bare = CONTACTS * rules / limit.median
    return Result(
        name="gate_portfolio",
        work=f"{CONTACTS:,} contacts by the column through {rules} rules in force, all reasons as bits, one core",
        ours=rate,
        unit="rule evaluations/s",
        peers={},
        limit=("the kept words of reasons copied once, nothing decided", bare),
        ratios={"limit": bare / rate},
        goals=(
            Goal("rule evaluations a second", ">=", 150_000_000, rate),
            Goal("share denied", ">=", 0.25, denied / CONTACTS),
        ),
        notes={
            "seed": seed,
            "rules": rules,
            "contacts a second": round(CONTACTS / ours.median),
            "sample equal to the interpreter": SAMPLE,
            "pack_digest": packs.digest,
            "load average": load_average(),
        },
    )
