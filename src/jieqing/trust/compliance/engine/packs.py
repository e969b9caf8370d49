"""Packs: rules as data, each with the article it comes from, the time it is in force and how sure we are of it.

A pack set is what a decision is made by: the shipped packs and, for one site, its overlays. There is no verdict
"allow" among the rules: what no rule denies is allowed, so a further rule can only tighten, and an overlay (added rules
and raised verdicts, nothing else) can never loosen. The strictest rule wins and every rule that fires is a reason.

Invariant: a pack set has one digest, over the canonical form of its packs; the same digest decides the same facts the
same way for ever. Sources: law.md section 16 (conflict policy), `docs/law/packs.md` for the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from jieqing.kernel.canonical import canonical_bytes, sha256
from jieqing.kernel.outcomes import JSON
from jieqing.trust.compliance.engine.predicates import All, Predicate, Unit, facts_read

SourceKind = Literal["statute", "standard", "association", "policy", "foreign"]
RuleVerdict = Literal["deny", "needs_approval"]
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    zh: str
    en: str

    def text(self, lang: str = "zh") -> str:
        return self.zh if lang.lower().startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class LawText:
    """Where the article's words stand (a path in the public statute library) and the digest of those words."""

    file: str
    article: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Allowed again when the rule's window ends, in the person's zone."""


@dataclass(frozen=True, slots=True)
class NextDay:
    """Allowed again with the next local day."""


@dataclass(frozen=True, slots=True)
class After:
    """Allowed again so long after an instant: days end at local midnight, hours count real time."""

    fact: str
    unit: Unit
    number: int


NotBefore = Opening | NextDay | After


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `predicate` is the whole condition: that of its pack, its dates and its own."""

    id: str
    pack: str
    verdict: RuleVerdict
    article: Words
    text: Words
    confidence: Confidence
    predicate: Predicate
    when: Predicate
    not_before: NotBefore | None = None
    aliases: tuple[str, ...] = ()
    law_text: LawText | None = None
    effective_from: str = ""
    effective_to: str = ""
    facts: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", facts_read(self.predicate))

    @property
    def is_policy(self) -> bool:
        """Whether the rule rests on less than text we saw: shown as policy, never as law."""
        return self.confidence == "low"


@dataclass(frozen=True, slots=True)
class Pack:
    """Rules of one source. An overlay belongs to a site and may raise verdicts of other packs' rules."""

    id: str
    title: Words
    source: SourceKind
    jurisdiction: str
    effective_from: str
    effective_to: str
    applies: Predicate
    rules: tuple[Rule, ...]
    digest: str
    overlay: bool = False
    tighten: tuple[str, ...] = ()
    document: Mapping[str, JSON] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PackSet:
    """The packs a decision is made by, overlays applied."""

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]
    digest: str

    def rule(self, rule_id: str) -> Rule:
        """Return a rule by id (KeyError when there is none)."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


class PacksClash(ValueError):
    """Two packs or rules of one id, or an overlay that raises a rule nobody has: a bug in the packs."""


def pack_set(packs: Iterable[Pack]) -> PackSet:
    """Return the set of these packs: rules in the order of packs and pages, verdicts raised where an overlay says so."""
    ordered = tuple(sorted(packs, key=lambda pack: (pack.overlay, pack.id)))
    _require_unique([pack.id for pack in ordered], "pack")
    raised = {rule_id for pack in ordered for rule_id in pack.tighten}
    rules = tuple(
        replace(rule, verdict="deny") if rule.id in raised else rule
        for pack in ordered
        for rule in pack.rules
    )
    _require_unique([rule.id for rule in rules], "rule")
    unknown = raised - {rule.id for rule in rules}
    if unknown:
        raise PacksClash(f"an overlay raises unknown rules: {', '.join(sorted(unknown))}")
    digest = sha256(canonical_bytes({pack.id: pack.digest for pack in ordered})).hex()
    return PackSet(ordered, rules, digest)


def standing_set(base: Iterable[Pack], overlays: Iterable[Pack]) -> PackSet:
    """Return the set of packs and the overlays that were adopted on top of them, perhaps on top of earlier ones.

    A rule that an overlay raises may have been renumbered since (its alias is raised) or repealed (nothing is left to raise).
    """
    shipped, added = tuple(base), tuple(overlays)
    now_called = {
        name: rule.id for pack in shipped for rule in pack.rules for name in (*rule.aliases, rule.id)
    }
    return pack_set(
        (
            *shipped,
            *(
                replace(pack, tighten=tuple(now_called[name] for name in pack.tighten if name in now_called))
                for pack in added
            ),
        )
    )


def document_digest(document: Mapping[str, JSON]) -> str:
    """Return the digest of a pack as written: the canonical form of its data, so comments and layout do not count."""
    return sha256(canonical_bytes(document)).hex()


def whole_condition(*parts: Predicate) -> Predicate:
    """Return the conjunction of a pack's, a rule's and a date's conditions, flattened."""
    flat: list[Predicate] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, All) else (part,))
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def _require_unique(names: list[str], what: str) -> None:
    double = sorted({name for name in names if names.count(name) > 1})
    if double:
        raise PacksClash(f"{what} ids given twice: {', '.join(double)}")
