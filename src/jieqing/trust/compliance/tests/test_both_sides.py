"""Every shipped rule stands between two worked contacts that differ in one fact: it stops the one, the other is allowed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

from jieqing.trust.compliance.engine.interpreter import judge
from jieqing.trust.compliance.engine.packs import Rule
from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.tests.edges import EDGES

Leaves = dict[str, Any]


@lru_cache(maxsize=1)
def judged() -> tuple[tuple[frozenset[str], bool, Leaves], ...]:
    """Of every worked contact: the rules that fired knowing all they ask, whether it was allowed, its facts as leaves."""
    found = []
    for edge in EDGES:
        verdict = judge(shipped(), edge.facts)
        fired = frozenset(reason.rule.id for reason in verdict.reasons if not reason.missing)
        found.append((fired, verdict.verdict == "allow", leaves(edge.facts)))
    return tuple(found)


def leaves(facts: Leaves) -> Leaves:
    flat: Leaves = {}
    for name, value in facts.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{inner}": held for inner, held in value.items()}
        else:
            flat[name] = value
    return flat


def differing(one: Leaves, other: Leaves) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


@pytest.mark.parametrize("rule", shipped().rules, ids=lambda rule: rule.id)
def test_one_fact_parts_denied_from_allowed(rule: Rule) -> None:
    stopped = [facts for fired, _, facts in judged() if rule.id in fired]
    let_through = [facts for _, allowed, facts in judged() if allowed]
    assert stopped, "no worked contact meets this rule"
    read = {*rule.facts, "agreed_hours"}
    assert any(
        len(apart := differing(one, other)) == 1 and apart <= read for one in stopped for other in let_through
    ), "no allowed contact beside it"


def test_no_two_contacts_have_one_title() -> None:
    titles = [edge.title for edge in EDGES]
    assert len(titles) == len(set(titles))
