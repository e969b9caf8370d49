"""One's own password: changing it, and getting back in through one's mailbox.

What is answered to who forgot a password is the same whether the account exists or not. Opening a reset link uses nothing
up (mail scanners open links); only the button does.
"""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jieqing.estate.accounts import services
from jieqing.estate.accounts.models import User
from jieqing.estate.accounts.pages.adapters import origin_of
from jieqing.estate.accounts.pages.forms import AskResetForm, ChangePasswordForm, ResetPasswordForm
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response


@sensitive_post_parameters("old", "new")
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    form = ChangePasswordForm(request.POST or None)
    problem: Problem | None = None
    if form.is_valid():
        # The old password is tried under the rules of pausing: a browser left open is no place to guess it.
        shown = services.try_password(
            request,
            username=request.user.username,
            password=form.cleaned_data["old"],
            origin=origin_of(request),
        )
        key = request.session.session_key or ""
        done = (
            shown
            if is_problem(shown)
            else services.change_password(user=shown, new=form.cleaned_data["new"], keep_session_key=key)
        )
        if not is_problem(done):
            update_session_auth_hash(request, done)
            services.follow_session_key(key, request.session.session_key or "")
            messages.success(request, _("密码已修改，其他浏览器已退出登录。"))
            return redirect("mfa_index")
        problem = done
    return render(request, "accounts/password_change.html", {"form": form, "problem": problem})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    form = AskResetForm(request.POST or None)
    is_asked = form.is_valid()
    if is_asked:
        services.ask_for_reset(
            name=form.cleaned_data["name"],
            link_of=lambda secret: request.build_absolute_uri(reverse("password-reset", args=[secret])),
        )
    return render(request, "accounts/password_forgotten.html", {"form": form, "is_asked": is_asked})


@sensitive_post_parameters("new")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, secret: str) -> HttpResponse:
    found = services.open_reset(secret)
    if is_problem(found):
        return problem_response(request, found, 404)
    form = ResetPasswordForm(request.POST or None)
    problem: Problem | None = None
    if form.is_valid():
        done = services.reset_password(secret=secret, new=form.cleaned_data["new"])
        if not is_problem(done):
            messages.success(request, _("新密码已生效，请用它登录。"))
            return redirect("sign-in")
        problem = done
    context = {"form": form, "problem": problem, "username": found.user.username}
    return render(request, "accounts/password_reset.html", context)
