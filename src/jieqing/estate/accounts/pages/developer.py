"""The owner's page for programs: which tokens there are, when each was last used; making one, ending one.

A token's text is shown in the answer to the form that made it and nowhere else, in a page that no cache keeps.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jieqing.estate.accounts import access, selectors, services
from jieqing.estate.accounts.engine.roles import PERMISSION_NAMES
from jieqing.estate.accounts.models import ApiToken
from jieqing.estate.accounts.pages.forms import EndForm, TokenForm
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import requires
from jieqing.plumbing.templatetags.kit import lang

USUAL_TERM = timedelta(days=365)


@require_safe
@requires("api.manage")
def developer(request: HttpRequest, site_slug: str) -> HttpResponse:
    return render(
        request, "accounts/developer.html", {"rows": [_row(token) for token in selectors.api_tokens()]}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires("api.manage")
def create_token(request: HttpRequest, site_slug: str) -> HttpResponse:
    actor: Any = request.actor  # type: ignore[attr-defined]
    form = TokenForm(request.POST or None, initial={"expires_on": clock.today() + USUAL_TERM})
    problem = None
    if form.is_valid():
        made = services.create_api_token(actor=actor, **form.cleaned_data)
        if not is_problem(made):
            token, text = made
            context = {"token": token, "text": text, "scopes": _scope_names(token)}
            return render(request, "accounts/token_made.html", context)
        problem = made
    return render(request, "accounts/token_new.html", {"form": form, "problem": problem})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("api.manage")
def revoke_token(request: HttpRequest, site_slug: str, token_id: UUID) -> HttpResponse:
    found = access.api_token_by_id(token_id)
    if is_problem(found):
        raise Http404
    form = EndForm(request.POST or None)
    problem = None
    if form.is_valid():
        actor: Any = request.actor  # type: ignore[attr-defined]
        ended = services.revoke_api_token(actor=actor, token=found, reason=form.cleaned_data["reason"])
        if not is_problem(ended):
            messages.success(request, _("令牌“%(name)s”已撤销，立即失效。") % {"name": found.name})
            return redirect("developer", site_slug=site_slug)
        problem = ended
    return render(
        request, "accounts/token_revoke.html", {"form": form, "problem": problem, "row": _row(found)}
    )


def _row(token: ApiToken) -> dict[str, Any]:
    revocation = getattr(token, "revocation", None)
    state = "expired" if token.expires_on < clock.today() else "live"
    return {
        "id": token.pk,
        "name": token.name,
        "prefix": f"jq_{token.prefix}_…",
        "scopes": _scope_names(token),
        "created_at": token.created_at,
        "expires_on": token.expires_on,
        "used_on": getattr(token, "used_on", None),
        "state": "revoked" if revocation else state,
        "reason": revocation.reason if revocation else "",
        "entry_id": revocation.entry_id if revocation else token.entry_id,
    }


def _scope_names(token: ApiToken) -> list[tuple[str, str]]:
    index = 0 if lang() == "zh" else 1
    return [(scope, PERMISSION_NAMES[scope][index]) for scope in token.scopes if scope in PERMISSION_NAMES]
