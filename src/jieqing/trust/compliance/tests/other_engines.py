"""The same rules for other engines: written once from a pack's trees, for second opinions and for the benchmark.

They get more than ours: the local minute and date and whether agreed hours hold are worked out for them beforehand. None
knows an absent fact, so only contacts with every fact are asked. casbin says yes or no, no reasons.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from jieqing.trust.compliance.engine.facts import View, fact_value
from jieqing.trust.compliance.engine.hours import Agreed
from jieqing.trust.compliance.engine.packs import PackSet, Rule
from jieqing.trust.compliance.engine.predicates import (
    All,
    AnyOf,
    AtLeast,
    Dated,
    Granted,
    Has,
    HasFact,
    Is,
    Not,
    OneOf,
    Outside,
    Predicate,
    Window,
    atoms_of,
)
from jieqing.trust.compliance.engine.vocabulary import FACTS, Kind

Context = dict[str, Any]


def is_shared(rule: Rule) -> bool:
    """Whether every engine can say the rule: no passing of time, which each would need told anyway."""
    return all(
        isinstance(atom, Is | OneOf | AtLeast | Has | HasFact | Window | Dated | Granted | Outside)
        for atom in atoms_of(rule.predicate)
    )


def shared_set(packs: PackSet, size: int) -> PackSet:
    """The first rules that every engine can say."""
    rules = tuple(rule for rule in packs.rules if is_shared(rule))[:size]
    return PackSet(packs.packs, rules, packs.digest)


def context_of(facts: Mapping[str, Any]) -> Context | None:
    """What the others are given; None when a fact is absent or cannot be read."""
    view = View(facts)
    found: Context = {}
    for name, kind in FACTS.items():
        value = fact_value(facts, name)
        if kind in (Kind.INSTANT, Kind.HOURS):
            continue
        if value is None:
            return None
        found[_name(name)] = value
    if view.minute is None or view.ordinal is None:
        return None
    return found | {
        "minute": view.minute,
        "day": view.ordinal,
        "agreed": view.granted("agreed_hours"),
        "outside": view.agreed() is Agreed.OUTSIDE,
    }


def _answer(atom: Granted | Outside) -> str:
    """Under which name what was granted or agreed is worked out beforehand."""
    if isinstance(atom, Outside):
        return "outside"
    return "agreed" if atom.fact == "agreed_hours" else atom.fact


def _name(fact: str) -> str:
    return fact.replace(".", "_")


@dataclass(frozen=True)
class Dialect:
    """How an engine writes a predicate."""

    conj: str
    disj: str
    negated: str
    variable: str
    true: str
    false: str
    contains: str
    one_of: Callable[[str, Sequence[str]], str]

    def write(self, predicate: Predicate) -> str:
        """Write one predicate."""
        match predicate:
            case All(parts):
                return f"({f' {self.conj} '.join(map(self.write, parts))})"
            case AnyOf(parts):
                return f"({f' {self.disj} '.join(map(self.write, parts))})"
            case Not(part):
                return self.negated.format(self.write(part))
            case Is(fact, value):
                return f"{self._at(fact)} == {self.true if value else self.false}"
            case OneOf(fact, values):
                return f"({self.one_of(self._at(fact), sorted(values))})"
            case AtLeast(fact, number):
                return f"{self._at(fact)} >= {number}"
            case Has(fact, value):
                return self.contains.format(held=self._at(fact), one=json.dumps(value))
            case HasFact(fact, other):
                return self.contains.format(held=self._at(fact), one=self._at(other))
            case Window(start, end):
                word = self.disj if start > end else self.conj
                return f"({self._at('minute')} >= {start} {word} {self._at('minute')} < {end})"
            case Dated(first, last):
                ends = [f"{self._at('day')} >= {first}"] if first is not None else []
                ends += [f"{self._at('day')} < {last}"] if last is not None else []
                return f"({f' {self.conj} '.join(ends)})"
            case Granted() | Outside():
                return f"{self._at(_answer(predicate))} == {self.true}"
        raise ValueError(predicate)

    def _at(self, fact: str) -> str:
        return self.variable.format(_name(fact))


def _listed(at: str, values: Sequence[str]) -> str:
    return f"{at} in {json.dumps(values)}"


def _equal_to_one(at: str, values: Sequence[str]) -> str:
    return " or ".join(f"{at} == {json.dumps(value)}" for value in values)


ZEN = Dialect("and", "or", "not({})", "{}", "true", "false", "{one} in {held}", _listed)
CEDAR = Dialect(
    "&&", "||", "!({})", "context.{}", "true", "false", "{held}.contains({one})",
    lambda at, values: f"{json.dumps(values)}.contains({at})",
)  # fmt: skip
CASBIN = Dialect("and", "or", "not ({})", "r.c.{}", "True", "False", "{one} in {held}", _equal_to_one)


def zen_table(packs: PackSet) -> Callable[[Context], list[str]]:
    """zen-engine: a decision table that collects every row, parsed and compiled once."""
    import zen

    place = {"position": {"x": 0, "y": 0}}
    rows = [
        {"_id": str(number), "c": ZEN.write(rule.predicate), "o": json.dumps(rule.id)}
        for number, rule in enumerate(packs.rules)
    ]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "c", "name": "condition"}],
        "outputs": [{"id": "o", "name": "rule", "field": "rule"}],
        "rules": rows,
    }
    content = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", **place},
            {"id": "table", "type": "decisionTableNode", "name": "table", "content": table, **place},
            {"id": "out", "type": "outputNode", "name": "out", **place},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "2", "type": "edge", "sourceId": "table", "targetId": "out"},
        ],
    }
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(content)))
    return lambda context: [row["rule"] for row in decision.evaluate(context)["result"]]


def zen_expression(packs: PackSet) -> Callable[[Context], list[str]]:
    """zen-engine's bare expression language: all conditions in one compiled list, no decision around it."""
    import zen

    text = ", ".join(ZEN.write(rule.predicate) for rule in packs.rules)
    compiled = zen.compile_expression(f"[{text}]")
    ids = [rule.id for rule in packs.rules]
    return lambda context: [
        rule for rule, fires in zip(ids, compiled.evaluate(context), strict=True) if fires
    ]


def cedar_batch(packs: PackSet) -> Callable[[Sequence[Context]], list[list[str]]]:
    """cedarpy: one forbid a rule in a parsed PolicySet, requests in a batch."""
    import cedarpy

    ids = [rule.id for rule in packs.rules]
    text = "permit(principal, action, resource);\n" + "\n".join(
        f"forbid(principal, action, resource) when {{ {CEDAR.write(rule.predicate)} }};"
        for rule in packs.rules
    )
    policies = cedarpy.PolicySet.from_str(text)
    entities = cedarpy.Entities.from_json_str("[]")

    def decide(contexts: Sequence[Context]) -> list[list[str]]:
        requests = [
            {"principal": 'P::"a"', "action": 'Action::"contact"', "resource": 'R::"b"', "context": context}
            for context in contexts
        ]
        found = cedarpy.is_authorized_batch(requests, policies, entities)
        return [
            sorted(
                (
                    ids[int(name.removeprefix("policy")) - 1]
                    for name in one.diagnostics.reasons
                    if name != "policy0"
                ),
                key=ids.index,
            )
            for one in found
        ]

    return decide


def casbin_denies(packs: PackSet) -> Callable[[Any], bool]:
    """casbin: ABAC with one deny rule each; a yes or a no."""
    import casbin

    model = casbin.Model()
    model.load_model_from_text(
        "[request_definition]\nr = c\n[policy_definition]\np = rule, eft\n[policy_effect]\n"
        "e = !some(where (p.eft == deny))\n[matchers]\nm = eval(p.rule)\n"
    )
    enforcer = casbin.Enforcer(model)
    for rule in packs.rules:
        enforcer.add_policy(CASBIN.write(rule.predicate), "deny")
    return lambda context: not enforcer.enforce(context)


def as_object(context: Context) -> SimpleNamespace:
    """The attributes casbin reads."""
    return SimpleNamespace(**context)
