"""``gate_single``: one contact after another through the shipped mainland packs, facts in, verdict with all reasons out.

A rule evaluation is a decision times a rule in force: every rule of every pack is answered in every decision, none is skipped
because another denied. Ours is ``compile_packs``; the time includes reading the facts, local time, the verdict, every reason with
its article and text at hand, and when a denial lifts. The digest of the facts is made when asked for and not in the time; what
it costs is noted, as is what a decision costs by its outcome.

Beside it, on 40 rules that every engine can say, each at its documented best: zen-engine (compiled decision table; and its bare
expression language), cedarpy (parsed PolicySet, batch), casbin (ABAC with eval: yes or no only). They get local time worked out for them.
The limit is a bare loop that reads every fact of the contact once and decides nothing.

The headline is of contacts never met before: each turn draws 2,000 new ones from a seed of its own and asks each once. No verdict is
kept; what is kept are masks by the values of a few facts together (`engine.tables`, bounded), and those were filled by 20,000 other
contacts, a floor's day. Rows that a new contact still adds are in the time. Two figures are noted beside it: the same contacts asked again and
again, which no floor does, and new contacts on tables that have met 2,000 only.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.frame import Contender, Goal, Result, alternate, expect, load_average
from benchmarks.gate_contacts import Contact, draw_contacts
from jieqing.trust.compliance.engine.compiler import Decide, compile_packs
from jieqing.trust.compliance.engine.facts import facts_digest
from jieqing.trust.compliance.engine.interpreter import judge
from jieqing.trust.compliance.engine.packs import PackSet, pack_set
from jieqing.trust.compliance.engine.vocabulary import FACTS
from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.tests.other_engines import (
    as_object,
    casbin_denies,
    cedar_batch,
    context_of,
    shared_set,
    zen_expression,
    zen_table,
)

CONTACTS = 2_000
PASSES = 10
# Other contacts that filled the tables before the headline's are met; turns of the headline, each of contacts of its own.
MET_BEFORE = 20_000
TURNS = 15
DECISIONS = CONTACTS * PASSES
SHARED = 40
SAMPLE = 400
# Slower engines get fewer contacts of the same list; a turn is half a second or less for each.
SIZES = {"ours": 20_000, "zen table": 1_000, "zen expression": 2_000, "cedarpy": 1_000, "casbin": 60}


def mainland() -> PackSet:
    """The shipped packs that speak on the mainland."""
    return pack_set(pack for pack in shipped().packs if pack.jurisdiction in ("CN", "any"))


def in_force(packs: PackSet, contacts: list[Contact]) -> int:
    """How many rules are in force on every day of the contacts: all, or the benchmark would count too much."""
    first, last = min(one["at"] for one in contacts)[:10], max(one["at"] for one in contacts)[:10]
    days = {pack.id: (pack.effective_from, pack.effective_to) for pack in packs.packs}
    return sum(
        all(
            (not start or start < first) and (not end or end > last)
            for start, end in (days[rule.pack], (rule.effective_from, rule.effective_to))
        )
        for rule in packs.rules
    )


def decide_all(decide: Decide, contacts: list[Contact], passes: int = PASSES) -> tuple[int, int]:
    """Decide, and touch every reason with its citation."""
    denied = cited = 0
    for facts in contacts * passes:
        found = decide(facts)
        if found.verdict == "deny":
            denied += 1
        for reason in found.reasons:
            if reason.rule.article.zh:
                cited += 1
    return denied, cited


def read_all(contacts: list[Contact]) -> int:
    """The limit: every fact once."""
    plain = [name for name in FACTS if "." not in name]
    nested = [name.split(".") for name in FACTS if "." in name]
    there = 0
    for facts in contacts * PASSES:
        get = facts.get
        for name in plain:
            if get(name) is not None:
                there += 1
        for holder, name in nested:
            if get(holder, {}).get(name) is not None:
                there += 1
    return there


def shared_contenders(contacts: list[Contact]) -> list[Contender]:
    """Everybody on the same 40 rules and contacts; each one's reasons are checked against ours."""
    packs = shared_set(mainland(), SHARED)
    expect(len(packs.rules), SHARED, "shared rules")
    decide = compile_packs(packs)
    contexts = [context for facts in contacts if (context := context_of(facts)) is not None]
    expect(len(contexts), len(contacts), "contacts with every fact")
    wanted = [[reason.rule.id for reason in decide(facts).reasons] for facts in contacts]
    zen_rows, zen_list, cedar, casbin = (
        zen_table(packs),
        zen_expression(packs),
        cedar_batch(packs),
        casbin_denies(packs),
    )
    objects = [as_object(context) for context in contexts[: SIZES["casbin"]]]

    def one_by_one(decide_one: Callable[[Any], Any], given: list[Any]) -> Callable[[], list[Any]]:
        return lambda: [decide_one(one) for one in given]

    works: dict[str, Callable[[], list[Any]]] = {
        "ours": one_by_one(
            lambda facts: [reason.rule.id for reason in decide(facts).reasons], contacts * PASSES
        ),
        "zen table": one_by_one(zen_rows, contexts[: SIZES["zen table"]]),
        "zen expression": one_by_one(zen_list, contexts[: SIZES["zen expression"]]),
        "cedarpy": lambda: cedar(contexts[: SIZES["cedarpy"]]),
        "casbin": one_by_one(casbin, objects),
    }
    checks: dict[str, list[Any]] = {name: (wanted * PASSES)[: SIZES[name]] for name in works}
    checks["casbin"] = [bool(rules) for rules in wanted[: SIZES["casbin"]]]
    return [
        Contender(name, work, lambda found, name=name: expect(found == checks[name], True, name))  # type: ignore[misc]
        for name, work in works.items()
    ]


def by_outcome(decide: Decide, contacts: list[Contact]) -> dict[str, float]:
    """Microseconds of a decision: of those allowed, of those denied for good, of those denied until a time."""
    found: dict[str, list[Contact]] = {"allowed": [], "denied for good": [], "denied until a time": []}
    for facts in contacts:
        verdict = decide(facts)
        if verdict.verdict != "needs_approval":
            word = "allowed" if verdict.verdict == "allow" else "denied for good"
            found["denied until a time" if verdict.not_before else word].append(facts)
    return {
        word: round(_micros(lambda some=some: [decide(one) for one in some], len(some)), 2)
        for word, some in found.items()
    }  # type: ignore[misc]


def _micros(work: Callable[[], Any], size: int) -> float:
    """The best of a few runs: notes say what a thing costs, goals say what a machine did."""
    best = float("inf")
    for _ in range(PASSES):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best / size * 1e6


class NeverMet:
    """The headline's turns: new contacts before each, drawn outside the time, their answers sampled against the interpreter after it."""

    def __init__(self, packs: PackSet, seed: int) -> None:
        self.packs, self.seed, self.decide = packs, seed + 1_000, compile_packs(packs)
        self.denied = self.asked = 0
        for facts in draw_contacts(seed + 999, MET_BEFORE):
            self.decide(facts)

    def turn(self) -> float:
        """Seconds for new contacts. Rubbish is collected before they are drawn: they come to the gate as they were put together."""
        self.seed += 1
        gc.collect()
        self.contacts = draw_contacts(self.seed, CONTACTS)
        started = time.perf_counter()
        found = decide_all(self.decide, self.contacts, passes=1)
        seconds = time.perf_counter() - started
        self._check(found)
        return seconds

    def _check(self, found: tuple[int, int]) -> None:
        expect(decide_all(self.decide, self.contacts, passes=1), found, "the same answers again")
        for facts in self.contacts[:: CONTACTS // 20]:
            expect(self.decide(facts) == judge(self.packs, facts), True, "the interpreter's verdict")
        self.denied, self.asked = self.denied + found[0], self.asked + CONTACTS


def on_young_tables(packs: PackSet, seed: int) -> float:
    """Seconds for a decision on each of as many contacts as ten passes hold, none met before, by tables that met 2,000 others."""
    decide = compile_packs(packs)
    for facts in draw_contacts(seed + 1, CONTACTS):
        decide(facts)
    spent = 0.0
    for number in range(PASSES):
        fresh = draw_contacts(seed + 2 + number, CONTACTS)
        started = time.perf_counter()
        for facts in fresh:
            decide(facts)
        spent += time.perf_counter() - started
    return spent


def _notes(
    packs: PackSet,
    seed: int,
    contacts: list[Contact],
    rules: int,
    decide: Decide,
    whole: Contender,
    headline: float,
) -> dict[str, Any]:
    """What stands beside the headline."""
    started = time.process_time()
    decide_all(decide, contacts)
    core_seconds = time.process_time() - started
    return {
        "seed": seed,
        "rules": rules,
        "decisions a second": round(CONTACTS / headline),
        f"rule evaluations/s on the same {CONTACTS:,} contacts again and again": round(
            DECISIONS * rules / whole.median
        ),
        "the same by processor time": round(DECISIONS * rules / core_seconds),
        f"rule evaluations/s on new contacts, tables that met {CONTACTS:,}": round(
            DECISIONS * rules / on_young_tables(packs, seed)
        ),
        "microseconds a decision": by_outcome(decide, contacts),
        "microseconds for the digest of the facts, when asked for": round(
            _micros(lambda: [facts_digest(facts) for facts in contacts], CONTACTS), 2
        ),
        "pack_digest": packs.digest,
        "load average": load_average(),
    }


def run(seed: int) -> Result:
    contacts = draw_contacts(seed, CONTACTS)
    packs = mainland()
    rules = in_force(packs, contacts)
    decide = compile_packs(packs)
    for facts in contacts[:: CONTACTS // SAMPLE]:
        expect(decide(facts) == judge(packs, facts), True, "the interpreter's verdict")
    denied, cited = decide_all(decide, contacts)
    whole = Contender(
        "all", lambda: decide_all(decide, contacts), lambda found: expect(found, (denied, cited), "ours")
    )
    there = read_all(contacts)
    limit = Contender(
        "limit", lambda: read_all(contacts), lambda found: expect(found, there, "the bare loop")
    )
    shared = shared_contenders(contacts)
    alternate([whole, limit, *shared])
    unmet = NeverMet(packs, seed)
    headline = statistics.median(unmet.turn() for _ in range(TURNS))
    rates = {one.name: SIZES[one.name] / one.median for one in shared}
    evaluations = CONTACTS * rules / headline
    ratios = {name: rates["ours"] / rate for name, rate in rates.items() if name != "ours"}
    return Result(
        name="gate_single",
        work=f"{CONTACTS:,} contacts never met before, one by one through {rules} rules in force, all reasons and citations, one core",
        ours=evaluations,
        unit="rule evaluations/s",
        peers={f"{name}, {SHARED} rules, decisions/s": rate for name, rate in rates.items()},
        limit=(
            "each fact read once, nothing decided: decisions/s times rules",
            DECISIONS * rules / limit.median,
        ),
        ratios=ratios,
        goals=(
            Goal(
                "rule evaluations a second on one core, contacts never met before",
                ">=",
                25_000_000,
                evaluations,
            ),
            Goal("share denied", ">=", 0.25, unmet.denied / unmet.asked),
            Goal(
                "times zen compiled (the faster of decision table and expression)",
                ">=",
                8,
                min(ratios["zen table"], ratios["zen expression"]),
            ),
            Goal("times cedarpy", ">=", 40, ratios["cedarpy"]),
            Goal("times casbin", ">=", 300, ratios["casbin"]),
        ),
        notes=_notes(packs, seed, contacts, rules, decide, whole, headline) | {"reasons given": cited},
    )
