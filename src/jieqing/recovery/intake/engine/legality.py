"""The legality check: an intake pack asked about one debt.

Red refuses: the law gives no claim, or none against this debtor. Amber waits for a lawyer's decision with a reason. Green
opens. Red stands over amber over green; every rule is asked and every reason kept. A rule that cannot be judged because a
fact is missing is amber and names the fact; so green means that every rule was judged and none fired.

Packs have the form of ``trust.compliance`` and its predicates; the facts are those of ``questions``. The same facts and the
same pack give the same verdict for ever: both digests stand in it.

Invariant: adding a rule never turns a verdict greener; a missing fact never gives green where some value of it would not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jieqing.kernel.canonical import canonical_bytes, sha256
from jieqing.kernel.outcomes import JSON
from jieqing.recovery.intake.engine.questions import ASKED_BOOLS, ASKED_TEXTS, BY_CODE, COMPUTED_BOOLS
from jieqing.trust.compliance.engine.facts import View
from jieqing.trust.compliance.engine.interpreter import truth
from jieqing.trust.compliance.engine.pack_text import NotAPack, read_text
from jieqing.trust.compliance.engine.packs import Words
from jieqing.trust.compliance.engine.predicates import All, AnyOf, Is, Not, OneOf, Predicate, facts_read


class Colour(StrEnum):
    """Values stand in rows and evidence: never rename one."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


_RANK = {Colour.GREEN: 0, Colour.AMBER: 1, Colour.RED: 2}
_RULE_KEYS = frozenset({"id", "verdict", "confidence", "article", "text", "when"})


@dataclass(frozen=True, slots=True)
class IntakeRule:
    id: str
    colour: Colour
    article: Words
    text: Words
    confidence: str
    when: Predicate

    @property
    def is_policy(self) -> bool:
        return self.confidence == "low"


@dataclass(frozen=True, slots=True)
class IntakePack:
    id: str
    rules: tuple[IntakeRule, ...]
    digest: str

    def rule(self, rule_id: str) -> IntakeRule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that fired, or could not be judged because facts are missing."""

    rule: IntakeRule
    missing: tuple[str, ...] = ()

    @property
    def colour(self) -> Colour:
        return Colour.AMBER if self.missing else self.rule.colour

    def as_json(self) -> dict[str, JSON]:
        return {
            "rule": self.rule.id,
            "colour": self.colour.value,
            "article": {"zh": self.rule.article.zh, "en": self.rule.article.en},
            "text": {"zh": self.rule.text.zh, "en": self.rule.text.en},
            "missing": list(self.missing),
        }


@dataclass(frozen=True, slots=True)
class Legality:
    colour: Colour
    reasons: tuple[Reason, ...]
    facts_digest: str
    pack_digest: str

    @property
    def missing(self) -> tuple[str, ...]:
        """Every fact that some rule waits for, in the order of the rules."""
        return tuple(dict.fromkeys(fact for reason in self.reasons for fact in reason.missing))


def judge(pack: IntakePack, facts: Mapping[str, JSON]) -> Legality:
    """Return the verdict on one debt."""
    view = View(facts)
    reasons = tuple(reason for rule in pack.rules if (reason := _ask(rule, view)) is not None)
    colour = max((reason.colour for reason in reasons), key=_RANK.__getitem__, default=Colour.GREEN)
    digest = sha256(
        canonical_bytes({name: value for name, value in facts.items() if value is not None})
    ).hex()
    strongest_first = sorted(reasons, key=lambda reason: (-_RANK[reason.colour], bool(reason.missing)))
    return Legality(colour, tuple(strongest_first), digest, pack.digest)


def read_intake_pack(text: str) -> IntakePack:
    """Read a pack's text; a misspelt fact, value or key is refused with its place.

    Errors: NotAPack.
    """
    document = read_text(text)
    items = document.get("rules") if isinstance(document, Mapping) else None
    if not isinstance(document, Mapping) or not isinstance(items, list):
        raise NotAPack("an intake pack is a map with pack, title, source, jurisdiction and rules")
    pack_id = document.get("pack")
    if not isinstance(pack_id, str):
        raise NotAPack("pack: its name is missing")
    rules = tuple(_rule(item, pack_id) for item in items)
    double = {rule.id for rule in rules if sum(other.id == rule.id for other in rules) > 1}
    if double:
        raise NotAPack(f"pack {pack_id}: rules given twice: {', '.join(sorted(double))}")
    return IntakePack(pack_id, rules, sha256(canonical_bytes(document)).hex())


def _ask(rule: IntakeRule, view: View) -> Reason | None:
    fires = truth(rule.when, view)
    if fires is None:
        return Reason(rule, tuple(name for name in facts_read(rule.when) if view.value(name) is None))
    return Reason(rule) if fires else None


def _rule(item: JSON, pack_id: str) -> IntakeRule:
    if not isinstance(item, Mapping) or set(item) != _RULE_KEYS:
        raise NotAPack(f"pack {pack_id}: a rule has exactly {', '.join(sorted(_RULE_KEYS))}")
    rule_id = str(item["id"])
    if item["verdict"] not in ("red", "amber"):
        raise NotAPack(f"rule {rule_id}: verdict is red or amber")
    if item["confidence"] not in ("high", "medium", "low"):
        raise NotAPack(f"rule {rule_id}: confidence is high, medium or low")
    return IntakeRule(
        rule_id,
        Colour(str(item["verdict"])),
        _words(item["article"], f"rule {rule_id}, article"),
        _words(item["text"], f"rule {rule_id}, text"),
        str(item["confidence"]),
        _predicate(item["when"], f"rule {rule_id}, when"),
    )


def _words(value: JSON, where: str) -> Words:
    match value:
        case {"zh": str(zh), "en": str(en), **rest} if not rest and zh and en:
            return Words(zh, en)
        case _:
            raise NotAPack(f"{where}: a map with zh and en")


def _predicate(value: JSON, where: str) -> Predicate:
    match value:
        case {"all": list(parts), **rest} if parts and not rest:
            return All(_parts(parts, where))
        case {"any": list(parts), **rest} if parts and not rest:
            return AnyOf(_parts(parts, where))
        case {"not": part, **rest} if not rest:
            return Not(_predicate(part, where))
        case {"fact": str(fact), "is": bool(wanted), **rest} if not rest:
            if fact not in ASKED_BOOLS | COMPUTED_BOOLS:
                raise NotAPack(f"{where}: {fact} is no yes-or-no fact of intake")
            return Is(fact, wanted)
        case {"fact": str(fact), "in": list(values), **rest} if values and not rest:
            strange = [one for one in values if fact not in ASKED_TEXTS or one not in BY_CODE[fact].choices]
            if strange:
                raise NotAPack(f"{where}: {fact} has no value {strange[0]!r}")
            return OneOf(fact, frozenset(str(one) for one in values))
        case _:
            raise NotAPack(f"{where}: no such form of predicate: {value}")


def _parts(parts: Sequence[JSON], where: str) -> tuple[Predicate, ...]:
    return tuple(_predicate(part, where) for part in parts)
