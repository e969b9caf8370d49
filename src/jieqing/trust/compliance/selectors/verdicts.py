"""Verdicts counted: by week, channel, person, rule and pack, from the decisions of the active site.

A decision counts once in each row it belongs to: a refusal for three reasons counts for three rules, for each of their
packs once. What a second person approved counts as allowed. Weeks begin on Monday in Beijing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jieqing.trust.compliance.models import Decision

REFUSALS_MAX = 20
VERDICTS = ("allow", "needs_approval", "deny")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many contacts were allowed (approved ones too), wait for approval, were denied."""

    allow: int = 0
    needs_approval: int = 0
    deny: int = 0

    @property
    def total(self) -> int:
        return self.allow + self.needs_approval + self.deny


@dataclass(frozen=True, slots=True)
class VerdictCounts:
    """The same decisions, counted five ways. Keys: Monday, channel code, person, rule id, pack id."""

    whole: Counted
    by_week: Mapping[date, Counted] = field(default_factory=dict)
    by_channel: Mapping[str, Counted] = field(default_factory=dict)
    by_person: Mapping[UUID, Counted] = field(default_factory=dict)
    by_rule: Mapping[str, Counted] = field(default_factory=dict)
    by_pack: Mapping[str, Counted] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A contact that was refused, without a word of whom: the reference opens only with the rights of its room."""

    id: UUID
    at: datetime
    actor_id: UUID
    channel: str
    purpose: str
    role: str
    verdict: str
    rules: tuple[str, ...]
    entry_id: UUID


_WEEK = "date_trunc('week', at AT TIME ZONE 'Asia/Shanghai')::date"
_ANSWER = "CASE WHEN approved_by IS NOT NULL AND verdict = 'needs_approval' THEN 'allow' ELSE verdict END"
_SETS = f"""
    SELECT {_WEEK} AS week, channel, actor_id, {_ANSWER} AS answer, count(*)
    FROM compliance_decision WHERE site_id = %(site)s AND at >= %(start)s AND at < %(end)s
    GROUP BY GROUPING SETS (({_WEEK}, {_ANSWER}), (channel, {_ANSWER}), (actor_id, {_ANSWER}))
"""  # noqa: S608  # only names of columns
_BY_RULE = f"""
    SELECT rule, {_ANSWER} AS answer, count(*)
    FROM compliance_decision, unnest(rules) AS rule
    WHERE site_id = %(site)s AND at >= %(start)s AND at < %(end)s GROUP BY 1, 2
"""  # noqa: S608
_BY_PACK = f"""
    SELECT known.pack, {_ANSWER} AS answer, count(DISTINCT decision.id)
    FROM compliance_decision AS decision, unnest(rules) AS fired
    JOIN unnest(%(rules)s::text[], %(packs)s::text[]) AS known (rule, pack) ON known.rule = fired
    WHERE site_id = %(site)s AND at >= %(start)s AND at < %(end)s GROUP BY 1, 2
"""  # noqa: S608
_WEEKS_OF_RULE = f"""
    SELECT {_WEEK}, {_ANSWER}, count(*) FROM compliance_decision
    WHERE site_id = %(site)s AND at >= %(start)s AND at < %(end)s AND %(rule)s = ANY (rules) GROUP BY 1, 2
"""  # noqa: S608


def verdict_counts(
    site_id: UUID, start: datetime, end: datetime, packs_of: Mapping[str, str]
) -> VerdictCounts:
    """Count the decisions of [start, end); `packs_of` says which pack a rule stands in."""
    asked = {"site": site_id, "start": start, "end": end}
    weeks: dict[date, dict[str, int]] = {}
    channels: dict[str, dict[str, int]] = {}
    people: dict[UUID, dict[str, int]] = {}
    for week, channel, person, answer, count in _rows(_SETS, asked):
        if week is not None:
            weeks.setdefault(week, {})[answer] = count
        elif channel is not None:
            channels.setdefault(channel, {})[answer] = count
        else:
            people.setdefault(person, {})[answer] = count
    packs = asked | {"rules": list(packs_of), "packs": list(packs_of.values())}
    counted = {week: Counted(**found) for week, found in weeks.items()}
    return VerdictCounts(
        whole=_sum(counted.values()),
        by_week=counted,
        by_channel={key: Counted(**found) for key, found in channels.items()},
        by_person={key: Counted(**found) for key, found in people.items()},
        by_rule=_grouped(_rows(_BY_RULE, asked)),
        by_pack=_grouped(_rows(_BY_PACK, packs)),
    )


def weeks_of_rule(site_id: UUID, rule: str, start: datetime, end: datetime) -> dict[date, Counted]:
    """The contacts a rule was a reason for, by week."""
    asked = {"site": site_id, "start": start, "end": end, "rule": rule}
    return _grouped(_rows(_WEEKS_OF_RULE, asked))


def latest_refusals(rule: str, limit: int = REFUSALS_MAX) -> list[Refusal]:
    """The newest contacts that a rule stood against on the active site."""
    rows = Decision.objects.filter(rules__contains=[rule]).exclude(verdict="allow").order_by("-at", "-id")
    return [
        Refusal(
            row.id, row.at, row.actor_id, row.channel, row.purpose, str(row.facts.get("role") or ""),
            row.verdict, tuple(row.rules), row.entry_id,
        )
        for row in rows[:limit]
    ]  # fmt: skip


def _rows(sql: str, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return list(cursor.fetchall())


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[Any, Counted]:
    found: dict[Any, dict[str, int]] = {}
    for key, answer, count in rows:
        found.setdefault(key, {})[answer] = count
    return {key: Counted(**counts) for key, counts in found.items()}


def _sum(counted: Iterable[Counted]) -> Counted:
    every = list(counted)
    return Counted(*(sum(getattr(one, name) for one in every) for name in VERDICTS))
