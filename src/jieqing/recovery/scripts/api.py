"""Scripts for other programs: the library, what may be said now, and the same verbs as the pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router

from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs
from jieqing.recovery.scripts import access, schemas, selectors, services
from jieqing.recovery.scripts.engine.filings import State
from jieqing.recovery.scripts.engine.templates import Template
from jieqing.recovery.scripts.engine.variables import names_in
from jieqing.recovery.scripts.engine.words import Channel, Purpose
from jieqing.recovery.scripts.models import Script, ScriptFiling

router = Router(tags=["scripts"])
_ONE = "/scripts/{script_id}"


@router.get("/scripts", auth=needs("scripts.read"), response=schemas.ScriptsOut)
def list_scripts(
    request: HttpRequest,
    site_slug: Path[str],
    state: Query[State | None] = None,
    purpose: Query[Purpose | None] = None,
    channel: Query[Channel | None] = None,
    after: Query[str | None] = None,
) -> Any:
    """The library, by code."""
    wanted = selectors.ScriptFilter(state=state or "", purpose=purpose or "", channel=channel or "")
    page = selectors.scripts_page(wanted, after=after)
    return {
        "scripts": [selectors.told_script(row) for row in page.rows],
        "total": page.total,
        "next": page.next_cursor,
    }


@router.get("/scripts/usable", auth=needs("scripts.read"), response=list[schemas.UsableScriptOut])
def list_usable_scripts(
    request: HttpRequest, site_slug: Path[str], channel: Query[str], purpose: Query[str]
) -> Any:
    """What is filed for a contact, by the gate's names of channel and purpose."""
    return [_usable(one) for one in selectors.usable_scripts(channel, purpose, clock.now())]


@router.get("/scripts/keys", auth=needs("scripts.read"), response=list[schemas.ReviewerKeyOut])
def list_reviewer_keys(request: HttpRequest, site_slug: Path[str]) -> Any:
    """Keys of the site's reviewers, newest first: from when to when, how each ended, and the chain that proves it."""
    return [selectors.told_key(view) for view in selectors.reviewer_keys()]


@router.get("/scripts/scans", auth=needs("scripts.read"), response=schemas.ScanStatisticsOut)
def show_scan_statistics(request: HttpRequest, site_slug: Path[str]) -> Any:
    """What the scanner found in the last 90 days, by category, with examples in which nobody's data stands."""
    return selectors.told_statistics(selectors.scan_statistics())


@router.post("/scripts/keys/rotation", auth=needs("scripts.review"), response=schemas.ReviewerKeyOut)
def rotate_reviewer_key(request: HttpRequest, site_slug: Path[str]) -> Any:
    """A new key of one's own, signed by the old one, which ends now."""
    made = services.rotate_key(actor=request.actor)  # type: ignore[attr-defined]
    if is_problem(made):
        raise ProblemRaised(made, 409)
    return next(selectors.told_key(view) for view in selectors.reviewer_keys() if view.key.pk == made.pk)


@router.post(
    "/scripts", auth=needs("scripts.write"), response=schemas.ScriptOut, operation_id="create_script"
)
def create_script(request: HttpRequest, site_slug: Path[str], asked: schemas.ScriptIn) -> Any:
    """A new script, a draft."""
    made = services.create_script(
        actor=request.actor,  # type: ignore[attr-defined]
        template=_template(asked, asked.code),
        note=asked.note,
    )
    if is_problem(made):
        raise ProblemRaised(made, 422)
    return _told(made)


@router.get(_ONE, auth=needs("scripts.read"), response=schemas.ScriptOut)
def show_script(request: HttpRequest, site_slug: Path[str], script_id: Path[UUID]) -> Any:
    """One script with its newest text."""
    return _told(_known(request, script_id))


@router.get(f"{_ONE}/filings", auth=needs("scripts.read"), response=list[schemas.ScriptFilingOut])
def list_script_filings(request: HttpRequest, site_slug: Path[str], script_id: Path[UUID]) -> Any:
    """Every step of every version, oldest first, with the signatures."""
    script = _known(request, script_id)
    rows = ScriptFiling.objects.filter(version__script=script).select_related("key").order_by("id")
    return [selectors.told_filing(row) for row in rows]


@router.post(f"{_ONE}/versions", auth=needs("scripts.write"), response=schemas.ScriptOut)
def revise_script(
    request: HttpRequest, site_slug: Path[str], script_id: Path[UUID], asked: schemas.ScriptTextIn
) -> Any:
    """The next version, a draft beside the one in use."""
    script = _known(request, script_id)
    made = services.revise_script(
        actor=request.actor,  # type: ignore[attr-defined]
        script=script,
        template=_template(asked, script.code),
        note=asked.note,
    )
    return _after(request, script, made, 422)


@router.post(f"{_ONE}/submission", auth=needs("scripts.write"), response=schemas.ScriptOut)
def submit_script(request: HttpRequest, site_slug: Path[str], script_id: Path[UUID]) -> Any:
    """Send the newest version to the reviewer."""
    script = _known(request, script_id)
    done = services.submit_version(actor=request.actor, version=selectors.newest_version(script))  # type: ignore[attr-defined]
    return _after(request, script, done)


@router.post(f"{_ONE}/filing", auth=needs("scripts.review"), response=schemas.ScriptOut)
def file_script(
    request: HttpRequest, site_slug: Path[str], script_id: Path[UUID], asked: schemas.ScriptFilingIn
) -> Any:
    """File the newest version; it replaces the one in use."""
    script = _known(request, script_id)
    done = services.file_version(
        actor=request.actor,  # type: ignore[attr-defined]
        version=selectors.newest_version(script),
        reference=asked.reference,
    )
    return _after(request, script, done)


@router.post(f"{_ONE}/return", auth=needs("scripts.review"), response=schemas.ScriptOut)
def return_script(
    request: HttpRequest, site_slug: Path[str], script_id: Path[UUID], asked: schemas.ScriptReasonIn
) -> Any:
    """Back to the author with the reason."""
    script = _known(request, script_id)
    done = services.return_version(
        actor=request.actor,  # type: ignore[attr-defined]
        version=selectors.newest_version(script),
        reason=asked.reason,
    )
    return _after(request, script, done)


@router.post(f"{_ONE}/withdrawal", auth=needs("scripts.write"), response=schemas.ScriptOut)
def withdraw_script(
    request: HttpRequest, site_slug: Path[str], script_id: Path[UUID], asked: schemas.ScriptReasonIn
) -> Any:
    """Out of use at once."""
    script = _known(request, script_id)
    done = services.withdraw_script(actor=request.actor, script=script, reason=asked.reason)  # type: ignore[attr-defined]
    return _after(request, script, done)


def _template(asked: schemas.ScriptTextIn, code: str) -> Template:
    return Template(
        code=code,
        title=asked.title,
        lang=asked.lang,
        stage=asked.stage,
        purpose=asked.purpose,
        channels=tuple(asked.channels),
        addressee=asked.addressee,
        emotion=asked.emotion,
        variables=names_in(asked.body),
        disclosures=tuple(asked.disclosures),
        articles=tuple(asked.articles),
        version=1,
        author="",
        body=asked.body.strip(),
    )


def _usable(one: selectors.UsableScript) -> dict[str, Any]:
    return {
        "script": one.script_id, "version": one.version_id, "code": one.code, "title": one.title,
        "lang": one.lang, "number": one.version, "body": one.body, "variables": list(one.variables),
        "tells_debt": one.tells_debt, "sha256": one.digest.hex(), "reference": one.reference,
        "filed_at": one.filed_at,
    }  # fmt: skip


def _known(request: HttpRequest, script_id: UUID) -> Script:
    found = access.script_by_id(request.actor, script_id)  # type: ignore[attr-defined]
    if is_problem(found):
        raise ProblemRaised(found, 404)
    return found


def _after(request: HttpRequest, script: Script, done: Any, status: int = 409) -> dict[str, Any]:
    if is_problem(done):
        raise ProblemRaised(done, status)
    return _told(_known(request, script.id))


def _told(script: Script) -> dict[str, Any]:
    return selectors.told_script(script, selectors.newest_version(script))
