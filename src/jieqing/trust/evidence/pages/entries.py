"""The list of a site's evidence, newest first: what was done, to what, by whom, and how far its proof has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from jieqing.plumbing import vocabulary
from jieqing.plumbing.http import requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.trust.evidence import selectors
from jieqing.trust.evidence.selectors import EntryState, EntryView

ROWS = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    view: EntryView
    action: str
    subject: str
    subject_href: str
    who: str


@requires("evidence.read")
def entries(request: HttpRequest, site_slug: str) -> HttpResponse:
    action = request.GET.get("action", "")
    before = _uuid(request.GET.get("before", ""))
    action = action if action in vocabulary.actions() else ""
    found = selectors.entries_recent(before=before, action=action, limit=ROWS + 1)
    shown = found[:ROWS]
    context = {
        "lines": lines_of(shown, site_slug),
        "action": action,
        "actions": [(code, vocabulary.action_words(code, lang())) for code in vocabulary.actions()],
        "before": before,
        "older": shown[-1].id if len(found) > ROWS else None,
        "waiting": sum(one.state is not EntryState.PUBLISHED for one in shown),
    }
    return render(request, "evidence/entries.html", context)


def lines_of(views: Iterable[EntryView], site_slug: str) -> list[Line]:
    """Entries in words, with one look-up of names for all of them."""
    found = list(views)
    names = vocabulary.people(view.actor_id for view in found)
    return [
        Line(
            view=view,
            action=vocabulary.action_words(view.action, lang()),
            subject=_subject(view),
            subject_href=_address(view, site_slug),
            who=names.get(view.actor_id) or _actor_kind(view.actor_kind),
        )
        for view in found
    ]


def _subject(view: EntryView) -> str:
    words, identifier = vocabulary.subject_words(view.subject)
    name = words.zh if lang() == "zh" else words.en
    return f"{name} {identifier[-8:]}" if identifier else name


def _address(view: EntryView, site_slug: str) -> str:
    words, identifier = vocabulary.subject_words(view.subject)
    if not words.url_name or _uuid(identifier) is None:
        return ""
    try:
        return reverse(words.url_name, args=[site_slug, identifier])
    except NoReverseMatch:
        return ""


def _actor_kind(kind: str) -> str:
    words = {"person": _("自然人"), "service": _("服务"), "system": _("系统"), "robot": _("机器人")}
    words["visitor"] = _("访客")
    return words.get(kind, kind)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
