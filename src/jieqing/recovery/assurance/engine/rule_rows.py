"""A rule as a row: its pack, the days it is in force, which of them today is. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jieqing.trust.compliance.engine.packs import Pack, PackSet, Rule

Pair = tuple[str, str]


class Force(StrEnum):
    """Whether a rule is in force on a day."""

    IN_FORCE = "in_force"
    COMING = "coming"
    OVER = "over"


FORCE_NAMES: dict[Force, Pair] = {
    Force.IN_FORCE: ("施行中", "In force"),
    Force.COMING: ("尚未施行", "To come"),
    Force.OVER: ("已失效", "No longer in force"),
}
VERDICT_NAMES: dict[str, Pair] = {
    "deny": ("不得触达", "Denied"),
    "needs_approval": ("须审批", "Needs approval"),
    "allow": ("可以触达", "Allowed"),
}
CONFIDENCE_NAMES: dict[str, Pair] = {
    "high": ("原文已核", "Text seen"),
    "medium": ("原文部分可见", "Text seen in part"),
    "low": ("平台政策，依据待核", "Policy; source to be checked"),
}
SOURCE_NAMES: dict[str, Pair] = {
    "statute": ("法律法规", "Statute"),
    "standard": ("国家标准", "National standard"),
    "association": ("行业协会规范", "Association's rules"),
    "policy": ("平台政策", "The platform's policy"),
    "foreign": ("境外规则", "Foreign rules"),
}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with its pack. `start` and `end` are the days of both together; `end` is the first day without it."""

    rule: Rule
    pack: Pack
    start: date | None
    end: date | None

    @property
    def id(self) -> str:
        return self.rule.id

    def force_on(self, day: date) -> Force:
        if self.start and day < self.start:
            return Force.COMING
        return Force.OVER if self.end and day >= self.end else Force.IN_FORCE

    def says(self, words: str) -> bool:
        """Whether every word stands in the rule's id, its texts, its articles or an earlier number of them."""
        rule = self.rule
        whole = "\n".join(
            (rule.id, rule.text.zh, rule.text.en, rule.article.zh, rule.article.en, *rule.aliases)
        ).lower()
        return all(word in whole for word in words.lower().split())


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which a rule comes into force, or is no longer."""

    on: date
    row: RuleRow
    begins: bool


def rule_rows(packs: PackSet) -> list[RuleRow]:
    """Every rule of a set, in the order of packs and pages."""
    by_id = {pack.id: pack for pack in packs.packs}
    return [_row(rule, by_id[rule.pack]) for rule in packs.rules]


def turns(rows: Iterable[RuleRow]) -> list[Turn]:
    """The days on which rules begin and end, in order."""
    found = [Turn(row.start, row, True) for row in rows if row.start]
    found += [Turn(row.end, row, False) for row in rows if row.end]
    return sorted(found, key=lambda turn: (turn.on, turn.row.id))


def picked(
    rows: Iterable[RuleRow], *, pack: str, verdict: str, confidence: str, force: str, on: date, words: str
) -> list[RuleRow]:
    """The rows that fit every filter; an empty filter lets all through."""
    return [
        row
        for row in rows
        if (not pack or row.pack.id == pack)
        and (not verdict or row.rule.verdict == verdict)
        and (not confidence or row.rule.confidence == confidence)
        and (not force or row.force_on(on) == force)
        and row.says(words)
    ]


def name_of(names: dict[str, Pair] | dict[Force, Pair], code: str, lang: str) -> str:
    found = {str(key): pair for key, pair in names.items()}.get(code, (code, code))
    return found[0 if lang.startswith("zh") else 1]


def _row(rule: Rule, pack: Pack) -> RuleRow:
    return RuleRow(
        rule,
        pack,
        start=max(_days((rule.effective_from, pack.effective_from)), default=None),
        end=min(_days((rule.effective_to, pack.effective_to)), default=None),
    )


def _days(texts: Sequence[str]) -> list[date]:
    return [date.fromisoformat(text) for text in texts if text]
