"""Proof that an overlay tightens: by its structure, and by asking.

By structure: every rule that stood still stands, word for word, with its verdict or a stricter one, and there is no verdict
"allow" to add; since the strictest rule wins, no verdict can become looser. By asking, because a proof may have a hole where its
author has one: every contact at the edges of the overlay's rules (`sample_contacts`) is decided with and without it. None may be
answered looser or lift earlier, and each rule of the overlay must make some answer stricter: one that never does is an
attempt to loosen, or says nothing, and is refused by name.
"""

from __future__ import annotations

from dataclasses import dataclass

from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.trust.compliance.engine.compiler import Decide, compile_packs
from jieqing.trust.compliance.engine.packs import Pack, PacksClash, PackSet, Rule, pack_set
from jieqing.trust.compliance.engine.sample_contacts import contacts_for
from jieqing.trust.compliance.engine.verdicts import DENY, RANK, Verdict


@dataclass(frozen=True, slots=True)
class Proof:
    """How many contacts were asked, and how many of the answers became stricter."""

    cases: int
    stricter: int


def with_overlays(base: PackSet, overlays: tuple[Pack, ...]) -> PackSet | Problem:
    """Return the set with overlays, or why they do not go together."""
    try:
        return pack_set((*base.packs, *overlays))
    except PacksClash as error:
        return Problem.of(CLASH, why=str(error))


def prove(base: PackSet, overlay: Pack) -> Proof | Problem:
    """Return the proof that this overlay tightens `base`, or which rule does not."""
    both = with_overlays(base, (overlay,))
    if isinstance(both, Problem):
        return both
    loosened = [rule.id for rule in base.rules if not _stands(rule, both.rule(rule.id))]
    if loosened:
        return Problem.of(LOOSENS, rules=", ".join(loosened))
    before, after = compile_packs(base), compile_packs(both)
    cases = stricter = 0
    for rule in (*overlay.rules, *(base.rule(rule_id) for rule_id in overlay.tighten)):
        asked, bit, loose = _ask(rule, before, after)
        if loose:
            return Problem.of(LOOSENS, rules=rule.id)
        if not bit:
            return Problem.of(NOT_STRICTER, rule=rule.id)
        cases, stricter = cases + asked, stricter + bit
    return Proof(cases, stricter)


def _ask(rule: Rule, before: Decide, after: Decide) -> tuple[int, int, bool]:
    """How many contacts were asked, how many answers this rule made stricter, and whether one became looser."""
    asked = bit = 0
    for facts in contacts_for((rule,)):
        asked += 1
        was, now = before(facts), after(facts)
        if is_looser(was, now):
            return asked, bit, True
        if RANK[now.verdict] > RANK[was.verdict] and any(one.rule.id == rule.id for one in now.reasons):
            bit += 1
    return asked, bit, False


def is_looser(was: Verdict, now: Verdict) -> bool:
    """Whether an answer is less strict than another on the same contact, or lifts earlier."""
    if RANK[now.verdict] != RANK[was.verdict]:
        return RANK[now.verdict] < RANK[was.verdict]
    if was.verdict != DENY or now.not_before is None:
        return False
    return was.not_before is None or now.not_before < was.not_before


def _stands(was: Rule, now: Rule) -> bool:
    return now.predicate == was.predicate and RANK[now.verdict] >= RANK[was.verdict]


CLASH = ProblemKind(
    "gate.overlay_clash",
    "附加规则与现行规则包不相容：{why}",
    "The overlay does not go with the packs in force: {why}",
    "请更正规则编号后重新提出。",
    "Mend the ids and propose it again.",
)
LOOSENS = ProblemKind(
    "gate.overlay_loosens",
    "站点只能收紧、不能放宽：{rules}。",
    "A site may tighten, never loosen: {rules}.",
    "请删去放宽的部分。",
    "Take out what loosens.",
)
NOT_STRICTER = ProblemKind(
    "gate.overlay_not_stricter",
    "规则 {rule} 不比现行规则更严：凡是它禁止的，现行规则已经禁止。",
    "Rule {rule} is not stricter than what stands: whatever it forbids is forbidden already.",
    "站点只能收紧：请改为更早的时间、更低的次数或更多的禁止情形，或者删去。",
    "A site may only tighten: choose earlier hours, a lower cap or further denials, or take the rule out.",
)
