"""The page of a case: three columns of panels, and its place in the list it was opened from."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jieqing.claims.parties.selectors import party_names
from jieqing.claims.valuation import selectors as valuation
from jieqing.claims.valuation.engine.scorecard import Grade
from jieqing.estate.accounts.selectors import display_names
from jieqing.estate.reception.access import enquiry_by_id
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.listing import cells
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.cases import access, selectors
from jieqing.recovery.cases.engine import codes
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.pages import case_rows
from jieqing.recovery.cases.pages.deeds import DEEDS, Deed
from jieqing.recovery.cases.pages.event_words import timeline_of_case
from jieqing.recovery.cases.pages.words import contact_verdict, reason_words, word
from jieqing.recovery.cases.pages.worklist_columns import CASES
from jieqing.recovery.cases.pages.worklist_forms import wanted_of
from jieqing.recovery.cases.selectors.days import moment_of, working_day
from jieqing.recovery.cases.selectors.neighbours import neighbours

LIST_CHARS_MAX = 1_000


@requires("cases.read")
def case(request: HttpRequest, site_slug: str, case_id: UUID) -> HttpResponse:
    found = access.case_by_id(request.actor, case_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    today = working_day()
    now = moment_of(today)
    items, holds = case_rows.item_rows(found, today), case_rows.hold_rows(found, today)
    context = {
        "case": found,
        "stage": selectors.stage_names(lang()).get(found.stage, found.stage),
        "owner": display_names({found.owner_id}).get(found.owner_id, "–")
        if found.owner_id
        else _("无人负责"),
        "creditor": party_names([found.creditor_id]).get(found.creditor_id, "–"),
        "closing": word(code_words.CLOSING_NAMES, found.closing) if found.closing else "",
        "rating": _rating(found),
        "enquiry": _enquiry(request, found),
        "placement": case_rows.placement_of(found, site_slug),
        "verdict": contact_verdict(found.hold_kinds, is_open=found.state == codes.CaseState.OPEN),
        "items": items,
        "holds": holds,
        "promises": case_rows.promise_rows(found),
        "disputes": case_rows.dispute_rows(found, today, items),
        "frozen": case_rows.frozen_items(holds, today),
        "complaints": case_rows.complaint_rows(found, today),
        "clocks": case_rows.clock_rows(found, now),
        "replay_on": today if today != clock.today() else None,
        "legality": case_rows.legality_of(items, site_slug),
        "limitation": case_rows.limitation_of(items, today),
        "documents": case_rows.document_rows(found, cells.addresses("statement", site_slug)),
        "effort_words": case_rows.effort_words(found),
        "outlays": case_rows.outlay_sums(found),
        "next_action": word(code_words.NEXT_ACTION_NAMES, found.next_action),
        "is_next_late": bool(found.next_action_on and found.next_action_on < today),
        "reasons": reason_words(found.reasons),
        "timeline": timeline_of_case(found, request.GET.get("show", ""), site_slug),
        "note_key": uuid4(),
        **_place(request, found),
        **_deeds(request, found),
    }
    return render(request, "cases/case.html", context)


def _enquiry(request: HttpRequest, case: Case) -> Any:
    """The enquiry that the case grew from, for whoever may read enquiries."""
    if case.enquiry_id is None or request.allow("enquiries.read"):  # type: ignore[attr-defined]
        return None
    found = enquiry_by_id(case.enquiry_id)
    return None if is_problem(found) else found


def _rating(case: Case) -> str:
    rating = valuation.current_ratings([case.debtor_id]).get(case.debtor_id)
    return Grade(rating.grade).name if rating else ""


def _place(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The way back to the same page of the same list, and the cases before and after this one in it."""
    asked = QueryDict(request.GET.get("list", "")[:LIST_CHARS_MAX], mutable=True)
    slug = request.site.slug  # type: ignore[attr-defined]
    back = asked.copy()
    back["at"] = str(case.id)
    list_query = urlencode({"list": asked.urlencode(safe=",")}) if asked else ""
    here = reverse("case", args=[slug, case.id]) + (f"?{list_query}" if list_query else "")
    return {
        "back": f"{reverse('cases', args=[slug])}?{back.urlencode(safe=',')}",
        "here": here,
        "place": _neighbours(request, case, asked, list_query),
    }


def _deeds(request: HttpRequest, case: Case) -> dict[str, Any]:
    """Every deed with its address, shown only to whoever may do it now."""
    slug = request.site.slug  # type: ignore[attr-defined]
    here = urlencode({"next": request.get_full_path()})
    told = {deed.path: _told(request, deed, case, here) for deed in DEEDS}
    contact = reverse("case-contact", args=[slug, case.id])
    told["contact"] = {
        "title": _("联系对方"),
        "key": "c",
        "path": contact,
        "href": f"{contact}?{here}",
        "is_shown": True,
    }
    more = [told[deed.path] for deed in DEEDS if told[deed.path]["is_shown"] and not deed.offers]
    return {
        "deeds": {path.replace("-", "_"): deed for path, deed in told.items()},
        "more": more,
        "may_work": bool(more),
    }


def _told(request: HttpRequest, deed: Deed, case: Case, here: str) -> dict[str, Any]:
    path = reverse(deed.url_name, args=[request.site.slug, case.id])  # type: ignore[attr-defined]
    return {
        "title": deed.title,
        "key": deed.key,
        "path": path,
        "href": f"{path}?{here}",
        "is_shown": deed.is_for(case) and not request.allow(deed.permission),  # type: ignore[attr-defined]
    }


def _neighbours(request: HttpRequest, case: Case, asked: QueryDict, list_query: str) -> dict[str, str]:
    """The cases before and after this one in the list's own order: two short walks along its index."""
    wanted = wanted_of(asked.dict())
    key, is_reversed = CASES.order(asked.get("sort", ""))
    found = neighbours(request.actor, wanted, case, sort=key, is_reversed=is_reversed)  # type: ignore[attr-defined]
    address = cells.addresses("case", request.site.slug, query=f"?{list_query}" if list_query else "")  # type: ignore[attr-defined]
    return {name: address(one) if one else "" for name, one in zip(("previous", "next"), found, strict=True)}
