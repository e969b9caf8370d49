"""Interpreter, compiled function and column kernel answer alike, whatever is drawn; zen-engine on the rules it can say.

A fiftieth of the soak's million runs here; the seed is printed with a failure and may be given: ``GATE_SEED``, ``GATE_CASES``.
"""

import json
import os
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from jieqing.kernel.outcomes import is_problem
from jieqing.trust.compliance.engine.clauses import clauses_of
from jieqing.trust.compliance.engine.columns import columns_of
from jieqing.trust.compliance.engine.compiler import Decide, compile_packs
from jieqing.trust.compliance.engine.facts import check_facts
from jieqing.trust.compliance.engine.interpreter import judge
from jieqing.trust.compliance.engine.kernel import VERDICTS, Kernel
from jieqing.trust.compliance.engine.pack_reading import pack_from
from jieqing.trust.compliance.engine.packs import PacksClash, PackSet, pack_set
from jieqing.trust.compliance.engine.vocabulary import FACTS, Kind
from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.tests.edges import EDGES
from jieqing.trust.compliance.tests.other_engines import Context, context_of, shared_set, zen_expression
from jieqing.trust.compliance.tests.random_contacts import random_contact, random_pack

SEED = int(os.environ.get("GATE_SEED") or secrets.randbelow(10**9))
CASES = int(os.environ.get("GATE_CASES") or 20_000)
PACK_SETS = max(CASES // 500, 10)
BATCH = 2_000
DECIDE = compile_packs(shipped())


@pytest.fixture(autouse=True)
def seed_told() -> None:
    print(f"GATE_SEED={SEED} GATE_CASES={CASES}")


def random_set(chance: random.Random) -> PackSet:
    """A set of packs; one whose rules have more alternatives than a person would write is drawn again."""
    while True:
        numbers = range(chance.randrange(1, 4))
        packs = pack_set(pack_from(random_pack(chance, f"R{number}")) for number in numbers)
        try:
            clauses_of(packs)
        except PacksClash:
            continue
        return packs


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.title)
def test_at_the_edges(edge: object) -> None:
    facts = edge.facts  # type: ignore[attr-defined]
    assert DECIDE(facts) == judge(shipped(), facts)


@dataclass(frozen=True)
class Zen:
    """zen-engine on the rules that it can say."""

    rules: frozenset[str]
    ask: Callable[[Context], list[str]]


def zen_of(packs: PackSet) -> Zen:
    shared = shared_set(packs, len(packs.rules))
    return Zen(frozenset(rule.id for rule in shared.rules), zen_expression(shared))


def agree(
    packs: PackSet, contacts: list[dict[str, Any]], decide: Decide, zen: Zen | None = None
) -> list[str]:
    """Hold everybody to the interpreter, contact by contact; the verdicts."""
    answers = Kernel(packs).decide(columns_of(contacts))
    found = []
    for index, facts in enumerate(contacts):
        wanted = judge(packs, facts)
        assert decide(facts) == wanted, facts
        assert VERDICTS[answers.verdicts[index]] == wanted.verdict, facts
        assert answers.reasons(index) == tuple((one.rule, bool(one.missing)) for one in wanted.reasons), facts
        if zen is not None and (context := context_of(facts)) is not None:
            assert zen.ask(context) == [one.rule.id for one in wanted.reasons if one.rule.id in zen.rules], (
                facts
            )
        found.append(wanted.verdict)
    return found


def test_on_random_contacts() -> None:
    """Absent facts, times at every edge in six zones, and, where nothing is absent, zen-engine on the rules it can say."""
    chance, packs = random.Random(SEED), shipped()
    decide, zen = compile_packs(packs), zen_of(packs)
    seen: dict[str, int] = {}
    for start in range(0, CASES // 2, BATCH):
        size = min(BATCH, CASES // 2 - start)
        contacts = [random_contact(chance, absent=chance.choice((0.0, 0.03))) for _ in range(size)]
        for verdict in agree(packs, contacts, decide, zen):
            seen[verdict] = seen.get(verdict, 0) + 1
    assert len(seen) == 3, f"the draw is one-sided: {seen}"


def test_on_random_packs() -> None:
    chance = random.Random(SEED + 1)
    for _ in range(PACK_SETS):
        packs = random_set(chance)
        contacts = [random_contact(chance) for _ in range(CASES // 2 // PACK_SETS)]
        agree(packs, contacts, compile_packs(packs))


@pytest.mark.parametrize("rows", [0, 100])
def test_where_the_tables_are_full_the_answers_are_the_same(rows: int) -> None:
    chance, decide = random.Random(SEED + 3), compile_packs(shipped(), rows)
    for _ in range(300):
        facts = random_contact(chance, absent=chance.choice((0.0, 0.03)))
        assert decide(facts) == judge(shipped(), facts), facts


def test_facts_of_a_wrong_kind_are_refused_before_anybody_judges() -> None:
    chance = random.Random(SEED + 2)
    for _ in range(CASES // 50):
        facts = random_contact(chance)
        name, kind = chance.choice(list(FACTS.items()))
        wrong = chance.choice([value for value in WRONG if kind not in WRONG[value]])
        holder, _, inner = name.rpartition(".")
        (facts.setdefault(holder, {}) if holder else facts)[inner] = json.loads(wrong)
        found = check_facts(facts)
        assert is_problem(found) and found.code == "gate.wrong_kind", (name, wrong)


# Values, and the kinds that they are not wrong for.
WRONG = {
    "true": (Kind.BOOL, Kind.HOURS),
    "7": (Kind.COUNT,),
    "-1": (),
    '"x"': (Kind.TEXT, Kind.INSTANT, Kind.HOURS),
    "[1]": (Kind.HOURS,),
    "{}": (Kind.HOURS,),
}


def test_columns_at_the_edges() -> None:
    agree(shipped(), [edge.facts for edge in EDGES], compile_packs(shipped()))
