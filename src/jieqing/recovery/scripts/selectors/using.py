"""What may be said now: the face for outreach, for the composer, and for the gate's fact ``script_filed``.

``channel`` and ``purpose`` are the gate's words. A version counts from the moment it was filed to the moment it was replaced or
withdrawn, read from the decisions: the same question about a past moment gives the same answer for ever.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jieqing.kernel.outcomes import Problem
from jieqing.recovery.scripts.engine import problems
from jieqing.recovery.scripts.engine.filings import State, Step, in_force
from jieqing.recovery.scripts.engine.words import GATE_PURPOSES, Purpose
from jieqing.recovery.scripts.models import Script, ScriptFiling, ScriptVersion


@dataclass(frozen=True, slots=True)
class UsableScript:
    """A filed text. ``tells_debt`` is the gate's ``discloses_debt``: such a text needs a listener who is known."""

    script_id: UUID
    version_id: UUID
    code: str
    title: str
    lang: str
    version: int
    body: str
    variables: tuple[str, ...]
    tells_debt: bool
    has_ai_label: bool
    has_recording_notice: bool
    digest: bytes
    reference: str
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class ScriptInUse:
    """What a filed text means to the gate, without its words: for looking at changes of rules."""

    script_id: UUID
    version_id: UUID
    title: str
    channels: tuple[str, ...]
    purposes: tuple[str, ...]
    addressee: str
    tells_debt: bool
    is_about_limitation: bool
    has_ai_label: bool


def scripts_in_use(at: datetime) -> list[ScriptInUse]:
    """Every script of the active site that may be used at a moment, by code."""
    ids = list(Script.objects.filter(filed_version__isnull=False).values_list("id", flat=True))
    rows = sorted(
        (version for _filing, version in _in_force(ids, at)), key=lambda one: str(one.judged["code"])
    )
    return [
        ScriptInUse(
            script_id=version.script_id,
            version_id=version.id,
            title=version.judged["title"],
            channels=tuple(version.judged["channels"]),
            purposes=tuple(sorted(GATE_PURPOSES[Purpose(version.judged["purpose"])])),
            addressee=version.judged["addressee"],
            tells_debt=version.tells_debt,
            is_about_limitation=version.judged["purpose"] == Purpose.LIMITATION.value,
            has_ai_label="ai_label" in version.judged["disclosures"],
        )
        for version in rows
    ]


def script_titles(script_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The titles of scripts of the active site, by id."""
    return dict(Script.objects.filter(pk__in=list(script_ids)).values_list("id", "title"))


def usable_script(script_id: UUID, channel: str, purpose: str, at: datetime) -> UsableScript | Problem:
    """The version of a script that may be used for this contact at this moment, or why none."""
    script = Script.objects.filter(pk=script_id).first()
    if script is None:
        return Problem.of(problems.UNKNOWN)
    found = next(iter(_in_force([script_id], at)), None)
    if found is None:
        return Problem.of(problems.NOT_USABLE)
    filing, version = found
    if not _fits(version, channel, purpose):
        return Problem.of(problems.WRONG_USE)
    return _usable(version, filing)


def usable_scripts(channel: str, purpose: str, at: datetime) -> list[UsableScript]:
    """Everything that may be said for this contact, by title."""
    wanted = [one.value for one, fits in GATE_PURPOSES.items() if purpose in fits]
    scripts = Script.objects.filter(purpose__in=wanted, filed_version__isnull=False)
    ids = list(scripts.values_list("id", flat=True))
    found = [
        _usable(version, filing) for filing, version in _in_force(ids, at) if _fits(version, channel, purpose)
    ]
    return sorted(found, key=lambda one: (one.title, one.code))


def _in_force(script_ids: list[UUID], at: datetime) -> Iterable[tuple[ScriptFiling, ScriptVersion]]:
    rows = ScriptFiling.objects.filter(version__script__in=script_ids, at__lte=at)
    by_version: dict[UUID, list[ScriptFiling]] = {}
    for row in rows.select_related("version").order_by("version_id", "number"):
        by_version.setdefault(row.version_id, []).append(row)
    for filings in by_version.values():
        if in_force((Step(State(row.state), row.at) for row in filings), at):
            filed = next(row for row in reversed(filings) if row.state == State.FILED.value)
            yield filed, filed.version


def _fits(version: ScriptVersion, channel: str, purpose: str) -> bool:
    judged = version.judged
    return channel in judged["channels"] and purpose in GATE_PURPOSES[Purpose(judged["purpose"])]


def _usable(version: ScriptVersion, filing: ScriptFiling) -> UsableScript:
    judged = version.judged
    return UsableScript(
        script_id=version.script_id,
        version_id=version.id,
        code=judged["code"],
        title=judged["title"],
        lang=judged["lang"],
        version=version.number,
        body=version.body,
        variables=tuple(judged["variables"]),
        tells_debt=version.tells_debt,
        has_ai_label="ai_label" in judged["disclosures"],
        has_recording_notice="recording" in judged["disclosures"],
        digest=bytes(version.digest),
        reference=filing.reference,
        filed_at=filing.at,
    )
