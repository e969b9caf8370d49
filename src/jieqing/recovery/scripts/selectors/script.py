"""One script: its versions with what changed in each, every decision with its proof, how it fared."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jieqing.kernel.outcomes import Problem
from jieqing.recovery.scripts.engine import problems
from jieqing.recovery.scripts.engine.differences import Piece, differences
from jieqing.recovery.scripts.engine.filings import State, is_signed
from jieqing.recovery.scripts.engine.keys import was_in_force
from jieqing.recovery.scripts.models import Script, ScriptComplaint, ScriptFiling, ScriptUse, ScriptVersion

VERSIONS_SHOWN_MAX = 50


@dataclass(frozen=True, slots=True)
class FilingView:
    """A step; ``is_proven`` is None where nothing is signed, else whether the signature holds today."""

    row: ScriptFiling
    is_proven: bool | None


@dataclass(frozen=True, slots=True)
class VersionView:
    version: ScriptVersion
    state: State
    filings: tuple[FilingView, ...]
    pieces: tuple[Piece, ...]
    declared: tuple[tuple[str, Any, Any], ...]
    uses: int
    complaints: int


@dataclass(frozen=True, slots=True)
class ScriptPage:
    """Newest version first."""

    script: Script
    versions: tuple[VersionView, ...]
    uses: int
    complaints: int

    @property
    def newest(self) -> VersionView:
        return self.versions[0]


def newest_version(script: Script) -> ScriptVersion:
    return ScriptVersion.objects.get(script=script, number=script.newest_number)


def script_page(script: Script) -> ScriptPage:
    versions = list(ScriptVersion.objects.filter(script=script).order_by("-number")[:VERSIONS_SHOWN_MAX])
    filings: dict[Any, list[ScriptFiling]] = {}
    for row in ScriptFiling.objects.filter(version__script=script).select_related("key").order_by("number"):
        filings.setdefault(row.version_id, []).append(row)
    uses = list(ScriptUse.objects.filter(script=script).values_list("version_id", flat=True))
    complaints = list(ScriptComplaint.objects.filter(script=script).values_list("use__version_id", flat=True))
    before = [*versions[1:], None]
    return ScriptPage(
        script=script,
        versions=tuple(
            VersionView(
                version=version,
                state=State(filings[version.id][-1].state) if version.id in filings else State.DRAFT,
                filings=tuple(FilingView(row, _proven(row)) for row in filings.get(version.id, [])),
                pieces=differences(older.body, version.body) if older else (),
                declared=_declared(older, version) if older else (),
                uses=uses.count(version.id),
                complaints=complaints.count(version.id),
            )
            for version, older in zip(versions, before, strict=True)
        ),
        uses=len(uses),
        complaints=len(complaints),
    )


def script_by_code(code: str) -> Script | Problem:
    found = Script.objects.select_related("filed_version").filter(code=code).first()
    return found or Problem.of(problems.UNKNOWN)


def history_of(page: ScriptPage) -> list[dict[str, Any]]:
    """Everything that happened to a script in one line each, oldest first: written, submitted, filed, first used, replaced."""
    rows: list[tuple[datetime, int, dict[str, Any]]] = []
    for one in page.versions:
        number = one.version.number

        def add(
            at: datetime, order: int, step: str, words: str, proven: bool | None, number: int = number
        ) -> None:
            told = {"at": at, "version": number, "step": step, "words": words, "proven": proven}
            rows.append((at, order, told))

        add(one.version.at, 0, "written", one.version.note, None)
        for place, view in enumerate(one.filings, 1):
            add(view.row.at, place, view.row.state, view.row.reference or view.row.reason, view.is_proven)
        if one.uses:
            first = (
                ScriptUse.objects.filter(version=one.version).order_by("at").values_list("at", flat=True)[0]
            )
            add(first, 100, "used", f"× {one.uses}", None)
    return [told for _at, _order, told in sorted(rows, key=lambda row: row[:2])]


def told_script(script: Script, version: ScriptVersion | None = None) -> dict[str, Any]:
    """A script as the API tells it; its text only where one is asked for."""
    return {
        "script": script.id,
        "code": script.code,
        "title": script.title,
        "lang": script.lang,
        "stage": script.stage,
        "purpose": script.purpose,
        "channels": list(script.channels),
        "addressee": script.addressee,
        "emotion": script.emotion,
        "origin": script.origin,
        "state": script.state,
        "newest_version": script.newest_number,
        "filed_version": script.filed_version.number if script.filed_version else None,
        "uses": getattr(script, "used", None),
        "complaints": getattr(script, "complained", None),
        "version": None
        if version is None
        else {
            "version": version.id,
            "number": version.number,
            "sha256": bytes(version.digest).hex(),
            "tells_debt": version.tells_debt,
            "body": version.body,
            "variables": version.judged["variables"],
            "disclosures": version.judged["disclosures"],
            "articles": version.judged["articles"],
            "entry": version.entry_id,
        },
    }


def told_filing(row: ScriptFiling) -> dict[str, Any]:
    """A decision with everything that its proof needs."""
    return {
        "state": row.state,
        "at": row.at,
        "reason": row.reason,
        "reference": row.reference,
        "statement": row.statement,
        "signature": bytes(row.signature).hex() if row.signature else None,
        "public_key": bytes(row.key.public_key).hex() if row.key else None,
        "entry": row.entry_id,
    }


def _proven(row: ScriptFiling) -> bool | None:
    """Signed by this key, while it was in force: a key that ended proves what came before its end, and nothing after."""
    if row.key is None or row.signature is None or row.statement is None:
        return None
    return was_in_force(row.key.at, row.key.ended_at, row.at) and is_signed(
        bytes(row.key.public_key), bytes(row.signature), row.statement
    )


def _declared(old: ScriptVersion, new: ScriptVersion) -> tuple[tuple[str, Any, Any], ...]:
    before, after = old.declared, new.declared
    return tuple((key, before[key], after[key]) for key in after if before[key] != after[key])
