"""Signing in and out, and the page of one's own sessions and sign-ins."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jieqing.estate.accounts import access, selectors, services
from jieqing.estate.accounts.models import User
from jieqing.estate.accounts.pages.adapters import origin_of
from jieqing.estate.accounts.pages.forms import SignInForm
from jieqing.kernel.outcomes import Problem, is_problem

LOG_ROWS = 50


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    next_url = _safe_next(request)
    if request.user.is_authenticated:
        return redirect(next_url or "choose-site")
    form = SignInForm(request.POST or None)
    problem: Problem | None = None
    if form.is_valid():
        found = services.try_password(
            request,
            username=form.cleaned_data["username"],
            password=form.cleaned_data["password"],
            origin=origin_of(request),
        )
        if not is_problem(found):
            # allauth asks for the second factor when there is one; then our adapter writes the log.
            credentials = {"username": found.username}
            response: HttpResponse = perform_password_login(
                request, credentials, Login(user=found, redirect_url=next_url or "/")
            )
            return response
        problem = found
    context: dict[str, Any] = {"form": form, "problem": problem, "next": next_url}
    return render(request, "accounts/sign_in.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.session.session_key:
        services.end_session_of_key(request.session.session_key)
    logout(request)
    return redirect("sign-in")


@login_required
@never_cache
@require_safe
def activity(request: HttpRequest) -> HttpResponse:
    """Where I am signed in, and who tried."""
    assert isinstance(request.user, User)
    context = {
        "sessions": list(selectors.sessions_of(request.user.id)),
        "current_key": request.session.session_key,
        "sign_ins": list(selectors.sign_ins_of(request.user.id)[:LOG_ROWS]),
    }
    return render(request, "accounts/activity.html", context)


@login_required
@require_POST
def end_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    assert isinstance(request.user, User)
    found = access.own_session(request.user.id, session_id)
    if is_problem(found):
        raise Http404
    services.end_session(user=request.user, session=found)
    messages.success(request, _("该会话已结束。"))
    return redirect("activity")


def _safe_next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else ""
