"""Where a site shows words in public, and what a finding in them means for a site of its kind.

A law firm may say what lawyers do; a law firm or an asset manager may put debts and consulting side by side. Everybody else may not.
What is refused is said with its article and with words that may stand there instead.
"""

from __future__ import annotations

from dataclasses import dataclass

from jieqing.estate.sites.engine.tenancy import SiteKind
from jieqing.kernel.outcomes import JSON, Problem
from jieqing.trust.wording.engine.lexicon import Gravity
from jieqing.trust.wording.engine.scanner import Finding

# Who may read what stands on all sites.
READERS_ROLE = "platform_operator"
# What the scanner's rules leave to organisations whose own trade it is.
OWN_TRADE: dict[SiteKind, frozenset[str]] = {
    SiteKind.LAW_FIRM: frozenset({"BIZ-04", "BIZ-06"}),
    SiteKind.AMC: frozenset({"BIZ-04"}),
}
SURFACES: dict[str, tuple[str, str]] = {
    "name": ("机构名称", "Name"),
    "slug": ("站点代号", "Address"),
    "scope": ("经营范围", "Business scope"),
    "host": ("自有域名", "Own domain"),
    "slogan": ("宣传语", "Slogan"),
    "introduction": ("机构介绍", "Introduction"),
    "services": ("服务项目", "Services"),
    "hours": ("接待时间", "Hours"),
    "privacy_contact": ("个人信息保护联系方式", "Contact for personal information"),
    "script": ("已备案话术", "Filed script"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A finding with the words that it found."""

    finding: Finding
    words: str

    def as_dict(self) -> dict[str, JSON]:
        one = self.finding
        return {
            "rule": one.rule,
            "words": self.words,
            "verdict": "block" if one.gravity is Gravity.BLOCK else "needs_approval",
            "article": "; ".join(one.articles),
            "why": one.why[0],
            "why_en": one.why[1],
            "instead": one.instead[0],
            "instead_en": one.instead[1],
        }


def concerns(kind: str, finding: Finding) -> bool:
    """Whether a finding says anything about a site of this kind."""
    return finding.rule not in OWN_TRADE.get(SiteKind(kind), frozenset())


def refusal(surface: str, places: list[Place]) -> Problem | None:
    """Why the words may not stand there, the gravest first; None where nothing is forbidden."""
    blocked = [one for one in places if one.finding.gravity is Gravity.BLOCK]
    if not blocked:
        return None
    zh, en = SURFACES.get(surface, (surface, surface))
    first = blocked[0]
    words = "、".join(f"“{one.words}”" for one in blocked)
    return Problem(
        code="site.words_forbidden",
        zh=f"{zh}里的{words}不能使用：{first.finding.why[0]}",
        en=f"{en}: {words} may not stand there. {first.finding.why[1]}",
        todo_zh=f"可以这样写：{first.finding.instead[0]}依据：{'；'.join(first.finding.articles)}。",
        todo_en=f"Say instead: {first.finding.instead[1]} Source: {'; '.join(first.finding.articles)}.",
        details={"surface": surface, "places": [one.as_dict() for one in blocked]},
    )
