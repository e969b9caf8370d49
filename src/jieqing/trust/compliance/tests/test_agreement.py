"""Interpreter, compiled function and column kernel answer alike, whatever is drawn.

A fiftieth of the soak's million runs here; the seed is printed with a failure and may be given: ``GATE_SEED``, ``GATE_CASES``.
"""

import os
import random
import secrets

import pytest

from jieqing.trust.compliance.engine.clauses import clauses_of
from jieqing.trust.compliance.engine.columns import columns_of
from jieqing.trust.compliance.engine.compiler import compile_packs
from jieqing.trust.compliance.engine.interpreter import judge
from jieqing.trust.compliance.engine.kernel import VERDICTS, Kernel
from jieqing.trust.compliance.engine.pack_reading import pack_from
from jieqing.trust.compliance.engine.packs import PacksClash, PackSet, pack_set
from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.tests.edges import EDGES
from jieqing.trust.compliance.tests.random_contacts import random_contact, random_pack

SEED = int(os.environ.get("GATE_SEED") or secrets.randbelow(10**9))
CASES = int(os.environ.get("GATE_CASES") or 20_000)
PACK_SETS = max(CASES // 500, 10)


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
    assert compile_packs(shipped())(facts) == judge(shipped(), facts)


def test_on_random_contacts() -> None:
    chance, packs = random.Random(SEED), shipped()
    decide = compile_packs(packs)
    seen: dict[str, int] = {}
    for _ in range(CASES // 2):
        facts = random_contact(chance)
        wanted = judge(packs, facts)
        assert decide(facts) == wanted
        seen[wanted.verdict] = seen.get(wanted.verdict, 0) + 1
    assert len(seen) == 3, f"the draw is one-sided: {seen}"


def test_on_random_packs() -> None:
    chance = random.Random(SEED + 1)
    for _ in range(PACK_SETS):
        packs = random_set(chance)
        decide = compile_packs(packs)
        for _ in range(CASES // 2 // PACK_SETS):
            facts = random_contact(chance)
            assert decide(facts) == judge(packs, facts)


def same_by_column(packs: PackSet, contacts: list[dict[str, object]]) -> None:
    """The kernel's verdict and reasons are the interpreter's, contact by contact."""
    answers = Kernel(packs).decide(columns_of(contacts))
    for index, facts in enumerate(contacts):
        wanted = judge(packs, facts)
        assert VERDICTS[answers.verdicts[index]] == wanted.verdict, facts
        assert answers.reasons(index) == tuple((one.rule, bool(one.missing)) for one in wanted.reasons), facts


def test_columns_at_the_edges() -> None:
    same_by_column(shipped(), [edge.facts for edge in EDGES])


def test_columns_on_random_contacts() -> None:
    chance = random.Random(SEED + 2)
    same_by_column(shipped(), [random_contact(chance) for _ in range(CASES // 4)])


def test_columns_on_random_packs() -> None:
    chance = random.Random(SEED + 3)
    for _ in range(PACK_SETS):
        packs = random_set(chance)
        same_by_column(packs, [random_contact(chance) for _ in range(CASES // 4 // PACK_SETS)])
