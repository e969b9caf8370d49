"""Overlays: what a site adds to the shipped packs for itself. It may tighten, never loosen.

An overlay is a pack like the others (docs/law/packs.md) marked `overlay: true`: rules of its own, and rules of others raised
from "ask first" to "no". Its names begin with `site-` and `SITE-`, so that no shipped pack ever meets them. Most overlays are
put together from a few `Form`s: earlier evenings, lower caps, channels nobody uses here, contacts somebody approves first.

Refused: names of other people's rules, a rule that is not stricter than what stands already, and whatever the proof
(`engine.tightening`) finds looser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from jieqing.kernel.outcomes import JSON, Problem, ProblemKind
from jieqing.trust.compliance.engine.pack_reading import pack_from
from jieqing.trust.compliance.engine.pack_text import NotAPack, read_text
from jieqing.trust.compliance.engine.packs import Pack

PACK_PREFIX, RULE_PREFIX = "site-", "SITE-"


@dataclass(frozen=True, slots=True)
class Closed:
    """Hours in which nobody is reached ("20:00", "09:00"): on these channels, or on all. Agreed hours lift it as they lift the law's."""

    start: str
    end: str
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cap:
    """No further contact once a count (``counts.effective_calls_today``) has reached this number."""

    count: str
    at_most: int
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Barred:
    """Never, or only after a person's yes, where each of these facts has one of its values: ``{"channel": ("visit",)}``."""

    where: Mapping[str, tuple[str, ...]]
    verdict: Literal["deny", "needs_approval"] = "deny"


@dataclass(frozen=True, slots=True)
class Raised:
    """A rule of the shipped packs that asks for approval and shall deny here."""

    rule: str


Form: TypeAlias = Closed | Cap | Barred | Raised


def overlay_document(name: str, title: Mapping[str, str], forms: Sequence[Form]) -> dict[str, JSON]:
    """Return the pack that says these forms. `name` is the site's own (letters, digits, ``-``); `title` has zh and en."""
    rules = [
        _rule(f"{RULE_PREFIX}{name}-{number}", form)
        for number, form in enumerate((form for form in forms if not isinstance(form, Raised)), 1)
    ]
    return {
        "pack": f"{PACK_PREFIX}{name}",
        "title": dict(title),
        "source": "policy",
        "jurisdiction": "any",
        "overlay": True,
        "tighten": [form.rule for form in forms if isinstance(form, Raised)],
        "rules": list(rules),
    }


def read_overlay(given: str | Mapping[str, JSON]) -> Pack | Problem:
    """Return the overlay of a text or a document, or what its author must mend."""
    try:
        document = read_text(given) if isinstance(given, str) else given
        if not isinstance(document, Mapping):
            raise NotAPack("a pack is a map with the keys pack, title, source …")
        pack = pack_from(document)
    except NotAPack as error:
        return Problem.of(UNREADABLE, why=str(error))
    if not pack.overlay:
        return Problem.of(UNREADABLE, why=f"pack {pack.id}: overlay: true")
    strange = [rule.id for rule in pack.rules if not rule.id.startswith(RULE_PREFIX)]
    if not pack.id.startswith(PACK_PREFIX) or strange:
        return Problem.of(NOT_ITS_OWN, names=", ".join(strange or [pack.id]))
    if not pack.rules and not pack.tighten:
        return Problem.of(UNREADABLE, why=f"pack {pack.id}: rules, tighten: []")
    return pack


def _rule(rule_id: str, form: Closed | Cap | Barred) -> dict[str, JSON]:
    found: dict[str, JSON] = {
        "id": rule_id,
        "verdict": form.verdict if isinstance(form, Barred) else "deny",
        "confidence": "high",
        "article": {"zh": "本站规定", "en": "Rule of this site"},
    }
    match form:
        case Closed(start, end, channels):
            parts: list[JSON] = [{"window": [start, end]}, {"not": {"granted": "agreed_hours"}}]
            return found | {
                "text": {
                    "zh": f"本站规定：当地时间{start}至{end}不联系，另有约定的除外",
                    "en": f"Rule of this site: no contact from {start} to {end} local time unless agreed",
                },
                "when": _all([*_on(channels), *parts]),
                "not_before": "opening",
            }
        case Cap(count, at_most, channels):
            lifts: dict[str, JSON] = {"not_before": "next_day"} if count.endswith("_today") else {}
            return (
                found
                | lifts
                | {
                    "text": {
                        "zh": f"本站规定：{COUNT_NAMES.get(count, (count, count))[0]}已达{at_most}次",
                        "en": f"Rule of this site: {COUNT_NAMES.get(count, (count, count))[1]} reached {at_most}",
                    },
                    "when": _all([*_on(channels), {"fact": count, "at_least": at_most}]),
                }
            )
        case Barred(where, verdict):
            said = "；".join(f"{fact} {'、'.join(values)}" for fact, values in where.items())
            zh, en = (
                ("须经审批", "approved first") if verdict == "needs_approval" else ("不联系", "no contact")
            )
            return found | {
                "text": {"zh": f"本站规定：{zh}（{said}）", "en": f"Rule of this site: {en} ({said})"},
                "when": _all([{"fact": fact, "in": list(values)} for fact, values in where.items()]),
            }


COUNT_NAMES: Mapping[str, tuple[str, str]] = {
    "counts.effective_calls_today": ("当日有效通话", "effective calls today"),
    "counts.notice_connected_today": ("当日拨通的告知语音", "connected notice calls today"),
    "counts.dials_same_number_today": ("当日对同一号码的拨打", "dials of this number today"),
    "counts.robot_calls_7d": ("七日内机器人触达", "robot contacts in seven days"),
    "counts.calls_7d_debt": ("七日内就该债务的通话", "calls about this debt in seven days"),
    "counts.contacts_7d": ("七日内触达", "contacts in seven days"),
}
"""The counts that the platform keeps itself, so that a cap on them holds whoever asks."""


def _on(channels: Sequence[str]) -> list[JSON]:
    return [{"fact": "channel", "in": list(channels)}] if channels else []


def _all(parts: list[JSON]) -> dict[str, JSON]:
    return {"all": parts}


UNREADABLE = ProblemKind(
    "gate.overlay_unreadable",
    "附加规则无法读取：{why}",
    "The overlay cannot be read: {why}",
    "请按 docs/law/packs.md 更正。",
    "Mend it by docs/law/packs.md.",
)
NOT_ITS_OWN = ProblemKind(
    "gate.overlay_names",
    "附加规则只能使用本站自己的名称：{names}。",
    "An overlay uses names of its own only: {names}.",
    "规则包名以 site- 开头，规则编号以 SITE- 开头。",
    "The pack begins with site-, its rules with SITE-.",
)
