"""Verdicts: what the gate answers, with every reason and the digests that let anybody recompute it.

Strictest wins: deny over needs_approval over allow. `not_before` is the first instant at which none of today's denials
would stand, as far as time alone decides; it is None when the contact is not denied, or when a denial does not lift
with time. It promises nothing: at that instant the gate is asked again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from jieqing.kernel.outcomes import JSON
from jieqing.trust.compliance.engine.facts import Facts, facts_digest
from jieqing.trust.compliance.engine.packs import Rule

VerdictKind = Literal["allow", "needs_approval", "deny"]
ALLOW, NEEDS_APPROVAL, DENY = "allow", "needs_approval", "deny"
RANK: dict[str, int] = {ALLOW: 0, NEEDS_APPROVAL: 1, DENY: 2}


class Reason:
    """Why: a rule that fired, or a rule that could not be judged because facts are missing."""

    __slots__ = ("missing", "rule")

    def __init__(self, rule: Rule, missing: tuple[str, ...] = ()) -> None:
        self.rule = rule
        self.missing = missing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reason) and self.rule.id == other.rule.id and self.missing == other.missing

    def __hash__(self) -> int:
        return hash((self.rule.id, self.missing))

    def __repr__(self) -> str:
        return f"Reason({self.rule.id}{', missing ' + ' '.join(self.missing) if self.missing else ''})"

    @property
    def verdict(self) -> str:
        """What this reason alone would answer: a missing fact denies."""
        return DENY if self.missing else self.rule.verdict

    def text(self, lang: str = "zh") -> str:
        """Return the sentence a person reads."""
        zh = lang.lower().startswith("zh")
        words = self.rule.text.text(lang)
        if self.missing:
            facts = ("、" if zh else ", ").join(self.missing)
            words = (
                f"缺少或无法识别的事实：{facts}；无法确认是否符合：{words}"
                if zh
                else f"Missing or unreadable facts: {facts}; it cannot be shown that this is kept: {words}"
            )
        if self.rule.is_policy:
            words = f"{words}（平台政策，依据待核）" if zh else f"{words} (policy; source to be checked)"
        return words

    def as_dict(self) -> dict[str, JSON]:
        """Return the JSON form of the contract."""
        rule = self.rule
        found: dict[str, JSON] = {
            "rule": rule.id,
            "article": rule.article.zh,
            "pack": rule.pack,
            "text": self.text("zh"),
            "text_en": self.text("en"),
            "verdict": self.verdict,
            "confidence": rule.confidence,
            "basis": "policy" if rule.is_policy else "law",
        }
        if rule.aliases:
            found["aliases"] = list(rule.aliases)
        if rule.law_text:
            found["article_sha256"] = rule.law_text.sha256
        if self.missing:
            found["missing"] = list(self.missing)
        return found


class Verdict(NamedTuple):
    """The answer for one contact. The digest of the facts is computed when asked for."""

    verdict: str
    reasons: tuple[Reason, ...]
    not_before: datetime | None
    facts: Facts
    pack_digest: str

    @property
    def facts_digest(self) -> str:
        """The digest of the facts as given."""
        return facts_digest(self.facts)

    def as_dict(self) -> dict[str, JSON]:
        """Return the JSON form of the contract."""
        return {
            "verdict": self.verdict,
            "not_before": self.not_before.isoformat() if self.not_before else None,
            "reasons": [reason.as_dict() for reason in self.reasons],
            "facts_digest": self.facts_digest,
            "pack_digest": self.pack_digest,
        }
