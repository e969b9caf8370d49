"""zen-engine, which shares no line with us, gives the same rules for the same contacts."""

import random

from jieqing.trust.compliance.engine.compiler import compile_packs
from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.tests.edges import EDGES
from jieqing.trust.compliance.tests.other_engines import (
    context_of,
    is_shared,
    shared_set,
    zen_expression,
    zen_table,
)
from jieqing.trust.compliance.tests.random_contacts import random_contact

CASES = 1_500


def test_zen_agrees() -> None:
    packs = shared_set(shipped(), len(shipped().rules))
    decide, table, expression = compile_packs(packs), zen_table(packs), zen_expression(packs)
    chance = random.Random(20261122)
    contacts = [edge.facts for edge in EDGES] + [random_contact(chance, absent=0) for _ in range(CASES)]
    asked = 0
    for facts in contacts:
        context = context_of(facts)
        if context is None:
            continue
        asked += 1
        ours = [reason.rule.id for reason in decide(facts).reasons]
        assert expression(context) == ours, facts
        if asked % 5 == 0:
            assert table(context) == ours, facts
    assert asked > CASES * 0.7


def test_most_rules_are_shared() -> None:
    shared = [rule for rule in shipped().rules if is_shared(rule)]
    assert len(shared) >= 40
