"""话术库: every script of the site with its filters, and the reviewer's queue."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from jieqing.estate.accounts import selectors as people
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import requires
from jieqing.plumbing.listing import Chip, Column, Listing, Search, asked_of, cells, list_file, open_sheet
from jieqing.plumbing.listing.saved import views_of
from jieqing.plumbing.toasts import toast
from jieqing.recovery.scripts import access, selectors, services
from jieqing.recovery.scripts.engine import problems
from jieqing.recovery.scripts.engine.filings import STATES
from jieqing.recovery.scripts.engine.patience import patience
from jieqing.recovery.scripts.engine.words import (
    ADDRESSEES,
    CHANNELS,
    EMOTIONS,
    PURPOSES,
    STAGES,
    Addressee,
    Channel,
    Emotion,
    Purpose,
    Stage,
)
from jieqing.recovery.scripts.models import Script
from jieqing.recovery.scripts.pages.words import choices, said, state_tag
from jieqing.recovery.scripts.selectors import ScriptFilter

SEARCH_CHARS_MAX = 100
EXPORT_ROWS_MAX = 5_000
LANGS = {"zh": "中文", "en": "English"}


@dataclass(frozen=True, slots=True)
class LibraryView:
    script: Callable[[UUID], str]
    seal: Callable[..., Any]


def _channels(row: Script) -> str:
    return "、".join(said(CHANNELS[Channel(one)]) for one in row.channels)


def _in_use(row: Script) -> str:
    return f"v{row.filed_version.number}" if row.filed_version else "–"


def complaint_rate(uses: int, complaints: int) -> str:
    """Complaints per hundred uses; nothing is said of too few to mean anything."""
    return "–" if not uses else f"{float(Fraction(complaints * 100, uses)):.1f} %"


def _told(key: str, title: Any, words: Callable[[Script], str], **more: Any) -> Column:
    """A column of plain words: on the page as in the file."""
    return Column(key, title, lambda row, _view: words(row), lambda row, _view: words(row), **more)


def _rate(row: Any) -> str:
    return complaint_rate(row.used, row.complained)  # annotated by the selector


SCRIPTS = Listing(
    name="scripts.library",
    permission="scripts.read",
    default_sort="code",
    columns=(
        Column(
            "code",
            gettext_lazy("话术编号"),
            lambda row, view: cells.link(view.script(row.id), row.code, mono=True),
            lambda row, _view: row.code,
            css="nowrap",
            sorts=True,
        ),
        Column("title", gettext_lazy("标题"), lambda row, _view: cells.clip(row.title), lambda row, _view: row.title),
        Column(
            "state",
            gettext_lazy("状态"),
            lambda row, _view: cells.tag(*state_tag(row.state)),
            lambda row, _view: state_tag(row.state)[0],
        ),
        _told("in_use", gettext_lazy("在用"), _in_use),
        _told("purpose", gettext_lazy("用途"), lambda row: said(PURPOSES[Purpose(row.purpose)])),
        _told("stage", gettext_lazy("阶段"), lambda row: said(STAGES[Stage(row.stage)])),
        _told("channels", gettext_lazy("渠道"), _channels),
        _told("addressee", gettext_lazy("说话对象"), lambda row: said(ADDRESSEES[Addressee(row.addressee)])),
        _told("emotion", gettext_lazy("情绪"), lambda row: said(EMOTIONS[Emotion(row.emotion)]), is_shown=False),
        _told("lang", gettext_lazy("语言"), lambda row: LANGS[row.lang], is_shown=False),
        Column("uses", gettext_lazy("使用次数"), lambda row, _view: cells.count(row.used), lambda row, _view: row.used, css="num"),
        _told("complaints", gettext_lazy("投诉率"), _rate, css="num"),
        Column("seal", gettext_lazy("存证"), lambda row, view: view.seal(row.entry_id, row.code), is_named=False),
    ),
)  # fmt: skip


class LibraryFilterForm(forms.Form):
    purpose = forms.ChoiceField(label=gettext_lazy("用途"), required=False)
    stage = forms.ChoiceField(label=gettext_lazy("阶段"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("渠道"), required=False)
    addressee = forms.ChoiceField(label=gettext_lazy("说话对象"), required=False)
    emotion = forms.ChoiceField(label=gettext_lazy("情绪"), required=False)
    lang = forms.ChoiceField(label=gettext_lazy("语言"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "purpose": choices(PURPOSES),
            "stage": choices(STAGES),
            "channel": choices(CHANNELS),
            "addressee": choices(ADDRESSEES),
            "emotion": choices(EMOTIONS),
            "lang": [*LANGS.items()],
            "state": [("in_use", _("有备案版本")), *choices(STATES)],
        }
        for name, found in offered.items():
            self.fields[name].choices = [("", _("全部")), *found]  # type: ignore[attr-defined]


@requires("scripts.read")
@require_GET
def scripts(request: HttpRequest, site_slug: str) -> HttpResponse:
    sheet = open_sheet(request, SCRIPTS)
    form, wanted = _asked(request.GET)
    page = selectors.scripts_page(wanted, after=sheet.asked.after, is_reversed=sheet.asked.is_reversed)
    sheet.rows, sheet.next_cursor, sheet.total = page.rows, page.next_cursor, page.total
    sheet.view = _view(site_slug)
    sheet.row_label = lambda row: row.title
    sheet.caption = _("话术库")
    sheet.search, sheet.fields = Search(_("话术编号、标题"), wanted.search), list(form)
    sheet.chips = _chips(form, wanted)
    sheet.files = [
        ("CSV", reverse("scripts-export", args=[site_slug])),
        ("Excel", reverse("scripts-workbook", args=[site_slug])),
    ]
    context = {"counts": selectors.counts_by_state()} | _rights(request)
    return sheet.respond(request, "scripts/library.html", context)


@requires("scripts.read")
@require_GET
def scripts_file(request: HttpRequest, site_slug: str, kind: str = "csv") -> HttpResponse:
    asked = asked_of(request, SCRIPTS, views_of(request.actor, SCRIPTS.name).columns)  # type: ignore[attr-defined]
    form, wanted = _asked(request.GET)
    page = selectors.scripts_page(wanted, limit=EXPORT_ROWS_MAX, is_reversed=asked.is_reversed)
    return list_file(
        SCRIPTS,
        kind=kind,
        name=f"scripts-{site_slug}",
        shown=asked.columns,
        rows=list(page.rows),
        view=_view(site_slug),
        about=[(_("话术库"), str(request.site.name)), *((chip.text,) for chip in _chips(form, wanted))],
    )


@requires("scripts.write")
@require_POST
def load(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The platform's scripts as drafts of this site."""
    loaded = services.load_shipped(actor=request.actor)  # type: ignore[attr-defined]
    toast(
        request,
        _("已载入 %(new)d 条新话术，更新 %(updated)d 条。") % {"new": loaded.new, "updated": loaded.updated},
    )
    return redirect("scripts", site_slug)


@requires("scripts.write")
@require_POST
def submit_drafts(request: HttpRequest, site_slug: str) -> HttpResponse:
    """Every draft of the platform's library that is in order goes to the reviewer at once."""
    sent, kept = services.submit_shipped(actor=request.actor)  # type: ignore[attr-defined]
    toast(request, _("已提交 %(sent)d 条，%(kept)d 条需要先修改。") % {"sent": sent, "kept": kept})
    return redirect("scripts", site_slug)


@requires("scripts.read")
@require_GET
def queue(request: HttpRequest, site_slug: str) -> HttpResponse:
    return _queue(request)


@requires("scripts.review")
@require_POST
def file_picked(request: HttpRequest, site_slug: str) -> HttpResponse:
    """File what was ticked under one number; each gets a signed statement of its own."""
    reference = request.POST.get("reference", "")
    refused: Problem | None = Problem.of(problems.NOTHING_PICKED)
    done = 0
    for text in request.POST.getlist("version"):
        version = access.version_by_id(request.actor, _uuid(text))  # type: ignore[attr-defined]
        outcome = (
            version
            if is_problem(version)
            else services.file_version(actor=request.actor, version=version, reference=reference)  # type: ignore[attr-defined]
        )
        refused = outcome if is_problem(outcome) else None
        if refused:
            break
        done += 1
    if done:
        toast(request, _("已备案 %(done)d 条。") % {"done": done})
    return _queue(request, refused) if refused else redirect("script-queue", site_slug)


def _queue(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    waiting = selectors.queue_page()
    names, today = people.display_names({row.by for row in waiting}), clock.today()
    rows = [
        {
            "filing": row,
            "script": row.version.script,
            "who": names.get(row.by, _("系统")),
            "purpose": said(PURPOSES[Purpose(row.version.script.purpose)]),
            "channels": _channels(row.version.script),
            "is_revision": row.version.script.filed_version_id is not None,
            "patience": patience(clock.day_of(row.at), today),
        }
        for row in waiting
    ]
    context = {"rows": rows, "problem": problem, "reference": request.POST.get("reference", "")}
    return render(request, "scripts/queue.html", context | _rights(request), status=422 if problem else 200)


def _rights(request: HttpRequest) -> dict[str, bool]:
    return {
        "may_write": not request.allow("scripts.write"),  # type: ignore[attr-defined]
        "may_review": not request.allow("scripts.review"),  # type: ignore[attr-defined]
    }


def _view(site_slug: str) -> LibraryView:
    return LibraryView(cells.addresses("script", site_slug), cells.seals(site_slug))


def _asked(asked: QueryDict) -> tuple[LibraryFilterForm, ScriptFilter]:
    form = LibraryFilterForm({name: asked.get(name, "") for name in LibraryFilterForm.base_fields})
    form.is_valid()
    search = asked.get("q", "").strip().replace("\0", "")[:SEARCH_CHARS_MAX]
    found = {name: form.cleaned_data.get(name) or "" for name in LibraryFilterForm.base_fields}
    return form, ScriptFilter(search=search, **found)


def _chips(form: LibraryFilterForm, wanted: ScriptFilter) -> list[Chip]:
    found = []
    for name, field in form.fields.items():
        value = getattr(wanted, name)
        if value:
            words = dict(field.choices).get(value, value)  # type: ignore[attr-defined]
            found.append(Chip(_("%(label)s：%(value)s") % {"label": field.label, "value": words}, (name,)))
    if wanted.search:
        found.append(Chip(_("%(label)s：%(value)s") % {"label": _("搜索"), "value": wanted.search}, ("q",)))
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
