"""A site's people: who holds which role, whom to invite, how a role ends, and what each role may do."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jieqing.estate.accounts import access, selectors, services
from jieqing.estate.accounts.engine.roles import PERMISSION_NAMES, PERMISSIONS, Role, role_name
from jieqing.estate.accounts.pages.forms import EndForm, InviteForm
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import requires
from jieqing.plumbing.templatetags.kit import lang


@require_safe
@requires("people.manage")
def people(request: HttpRequest, site_slug: str) -> HttpResponse:
    rows = [
        {
            "user": person.user,
            "roles": [
                {"id": m.pk, "name": role_name(m.role, lang()), "since": m.created_at}
                for m in person.memberships
            ],
        }
        for person in selectors.people_of_site()
    ]
    invitations = [
        {"id": row.pk, "email": row.email, "role": role_name(row.role, lang()), "expires_at": row.expires_at}
        for row in selectors.open_invitations()
    ]
    past = [
        {
            "user": row.user,
            "role": role_name(row.role, lang()),
            "ended_at": row.ended_at,
            "reason": row.end_reason,
        }
        for row in selectors.past_memberships()[:20]
    ]
    return render(request, "accounts/people.html", {"rows": rows, "invitations": invitations, "past": past})


@require_safe
@requires("desk.read")
def roles(request: HttpRequest, site_slug: str) -> HttpResponse:
    """Who may do what: the role table itself, readable by every member."""
    language = 0 if lang() == "zh" else 1
    rows = [
        {
            "code": code,
            "name": names[language],
            "cells": [code in PERMISSIONS[role] for role in Role],
        }
        for code, names in PERMISSION_NAMES.items()
    ]
    held = request.actor.roles  # type: ignore[attr-defined]
    context = {
        "rows": rows,
        "can_manage": not request.allow("people.manage"),  # type: ignore[attr-defined]
        "roles": [{"name": role_name(role, lang()), "is_mine": role.value in held} for role in Role],
    }
    return render(request, "accounts/roles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("people.manage")
def invite(request: HttpRequest, site_slug: str) -> HttpResponse:
    form = InviteForm(request.POST or None)
    problem = None
    if form.is_valid():
        site: Any = request.site
        sent = services.invite(
            actor=request.actor,  # type: ignore[attr-defined]
            email=form.cleaned_data["email"],
            role=form.cleaned_data["role"],
            site_name=site.name,
            inviter=request.user.display_name,  # type: ignore[union-attr]
            link_of=lambda token: request.build_absolute_uri(reverse("invitation", args=[token])),
        )
        if not is_problem(sent):
            messages.success(request, _("已邀请 %(email)s，邮件正在发送。") % {"email": sent.email})
            return redirect("people", site_slug=site_slug)
        problem = sent
    return render(request, "accounts/invite.html", {"form": form, "problem": problem})


@require_POST
@requires("people.manage")
def withdraw(request: HttpRequest, site_slug: str, invitation_id: UUID) -> HttpResponse:
    found = access.invitation_by_id(invitation_id)
    if is_problem(found):
        raise Http404
    services.withdraw_invitation(actor=request.actor, invitation=found)  # type: ignore[attr-defined]
    messages.success(request, _("已撤回给 %(email)s 的邀请。") % {"email": found.email})
    return redirect("people", site_slug=site_slug)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("people.manage")
def end(request: HttpRequest, site_slug: str, membership_id: UUID) -> HttpResponse:
    found = access.membership_by_id(membership_id)
    if is_problem(found):
        raise Http404
    form = EndForm(request.POST or None)
    problem = None
    if form.is_valid():
        site: Any = request.site
        ended = services.end_membership(
            actor=request.actor,  # type: ignore[attr-defined]
            membership=found,
            reason=form.cleaned_data["reason"],
            site_name=site.name,
        )
        if not is_problem(ended):
            messages.success(request, _("已结束 %(name)s 的角色。") % {"name": found.user.display_name})
            return redirect("people", site_slug=site_slug)
        problem = ended
    context = {"form": form, "problem": problem, "person": found.user, "role": role_name(found.role, lang())}
    return render(request, "accounts/end_membership.html", context)
