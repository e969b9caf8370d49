"""The page behind an invitation's link: join with the account one has, or make one.

Opening the page uses nothing up (mail scanners open links); only the button does.
"""

from allauth.account.utils import perform_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jieqing.estate.accounts import access, selectors, services
from jieqing.estate.accounts.engine.invitation_tokens import InvitationToken, read_token
from jieqing.estate.accounts.engine.roles import role_name
from jieqing.estate.accounts.models import Invitation, Membership, User
from jieqing.estate.accounts.pages.forms import JoinForm
from jieqing.estate.accounts.services.invitations import CLOSED, is_open
from jieqing.estate.sites.selectors import sites_by_ids
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response
from jieqing.plumbing.templatetags.kit import lang


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    read = read_token(token)
    found = access.invitation_by_token(read) if read else CLOSED
    if read is None or is_problem(found) or not is_open(found, read):
        return problem_response(request, CLOSED, 404)
    form = JoinForm(request.POST if request.method == "POST" and not request.user.is_authenticated else None)
    problem = None
    if request.method == "POST" and (request.user.is_authenticated or form.is_valid()):
        joined = _join(request, read, found, form)
        if not is_problem(joined):
            return _let_in(request, joined)
        problem = joined
    site = sites_by_ids([read.site_id])[0]
    inviter = selectors.display_names({found.invited_by}).get(found.invited_by, "")
    context = {
        "form": form,
        "problem": problem,
        "invited_site": site,
        "inviter": inviter,
        "role": role_name(found.role, lang()),
        "expires_at": found.expires_at,
    }
    return render(request, "accounts/invitation.html", context)


def _join(
    request: HttpRequest, token: InvitationToken, invitation: Invitation, form: JoinForm
) -> Membership | Problem:
    """Both steps or none: a refused invitation leaves no new account behind."""
    with transaction.atomic():
        user = request.user if isinstance(request.user, User) else _registered(invitation, form)
        joined = services.accept_invitation(token=token, user=user) if isinstance(user, User) else user
        if is_problem(joined):
            transaction.set_rollback(True)
            return joined
    return joined


def _let_in(request: HttpRequest, joined: Membership) -> HttpResponse:
    """A new person is signed in by the invitation they just opened from their mailbox."""
    if request.user.is_authenticated:
        return redirect("choose-site")
    response: HttpResponse = perform_login(request, joined.user, redirect_url="/")
    return response


def _registered(invitation: Invitation, form: JoinForm) -> User | Problem:
    return services.register_user(
        username=form.cleaned_data["username"],
        display_name=form.cleaned_data["display_name"],
        password=form.cleaned_data["password"],
        email=invitation.email,
    )
