"""The outbox of a site: what was sent to whom, and what waits."""

import os
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.trust.notices import access, selectors, services
from jieqing.trust.notices.engine.kinds import RECIPIENT_NAMES, RecipientKind
from jieqing.trust.notices.models import Notice

PAGE_ROWS = 50


def _row(notice: Notice) -> dict[str, object]:
    """What a line shows; the address is masked, the state is that of the last attempt."""
    return {
        "id": notice.pk,
        "kind": selectors.kind_name(notice.kind, lang()),
        "recipient": RECIPIENT_NAMES[RecipientKind(notice.recipient)][0 if lang() == "zh" else 1],
        "address": selectors.masked(notice.address),
        "created_at": notice.created_at,
        "state": notice.state or selectors.WAITING,  # type: ignore[attr-defined]  # annotated
        "state_at": notice.state_at,  # type: ignore[attr-defined]
        "next_at": notice.next_at,  # type: ignore[attr-defined]
    }


def _is_readable() -> bool:
    """Codes and links are readable on the page only where no mail server is, outside production."""
    return os.environ.get("JIEQING_ENV", "dev") != "prod" and not selectors.has_transport()


@require_safe
@requires("people.manage")
def outbox(request: HttpRequest, site_slug: str) -> HttpResponse:
    page = Paginator(selectors.notices(), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(notice) for notice in page],
        "has_transport": selectors.has_transport(),
        "is_readable": _is_readable(),
    }
    return render(request, "notices/outbox.html", context)


@require_safe
@requires("people.manage")
def notice(request: HttpRequest, site_slug: str, notice_id: UUID) -> HttpResponse:
    found = access.notice_by_id(notice_id)
    if is_problem(found):
        raise Http404
    context = {
        "row": _row(found),
        "mail": services.read_mail(found, with_secrets=_is_readable()),
        "attempts": list(found.attempts.order_by("number")),
        "is_readable": _is_readable(),
    }
    return render(request, "notices/notice.html", context)
