"""The first two steps of renting a site: the organisation and its address, then the owner's account.

What was typed waits in the session until both are there; then account, site and ownership come into being in one
transaction, or none. A second click, or coming back, finds the site that the first one opened. A signed-in person
skips the account and may open several sites.
"""

from uuid import UUID

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jieqing.estate.accounts import services as accounts
from jieqing.estate.accounts.selectors import site_ids_of
from jieqing.estate.sites import services
from jieqing.estate.sites.engine.tenancy import check_name, check_slug
from jieqing.estate.sites.selectors import count_of_new_drafts, site_by_slug
from jieqing.kernel.actor import Actor, ActorKind, system_actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.templatetags.kit import lang
from jieqing.web.desks.rental.forms import OrganisationForm, OwnerForm

WAITING = "rental_start"
DRAFTS_AN_HOUR_MAX = 200
BUSY = Problem(
    code="rental.busy",
    zh="现在申请的人太多，暂时不能开始新的申请。",
    en="Too many applications are being opened at the moment.",
    todo_zh="您填写的内容保留着，请一小时后再提交。",
    todo_en="What you typed is kept; try again in an hour.",
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Who rents, and under what address."""
    form = OrganisationForm(request.POST or None, initial=request.session.get(WAITING))
    problem = None
    if request.method == "POST" and form.is_valid():
        mine = _already_mine(request, form.cleaned_data["slug"])
        if mine:
            return mine
        for name, found in _problems(form.cleaned_data):
            form.add_error(name, f"{found.text(lang())} {found.todo(lang())}")
        if not form.errors:
            request.session[WAITING] = form.cleaned_data
            if not request.user.is_authenticated:
                return redirect("rent-account")
            opened = _open(request, None)
            if not is_problem(opened):
                return opened
            problem = opened
    return _page(request, "web/desks/rental_start.html", form, problem, 0)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Whose account it will be; the last step before there is a site."""
    waiting = request.session.get(WAITING)
    if not waiting:
        return redirect("choose-site" if request.user.is_authenticated else "rent")
    if request.user.is_authenticated:
        return redirect("rent")
    form = OwnerForm(request.POST or None)
    problem = None
    if request.method == "POST" and form.is_valid():
        opened = _open(request, form)
        if not is_problem(opened):
            return opened
        problem = opened
        field = "password" if opened.code == "user.password_weak" else "username"
        if opened.code.startswith("user."):
            form.add_error(field, f"{opened.text(lang())} {opened.todo(lang())}")
            problem = None
    return _page(request, "web/desks/rental_account.html", form, problem, 1)


def _open(request: HttpRequest, form: OwnerForm | None) -> HttpResponse | Problem:
    """Account, site and ownership together; then on to the papers."""
    waiting = request.session[WAITING]
    if count_of_new_drafts() >= DRAFTS_AN_HOUR_MAX:
        return BUSY
    with transaction.atomic():
        problem = services.count_sign_up(address=request.META.get("REMOTE_ADDR", ""))
        if problem:
            return problem
        person = (
            accounts.register_user(
                username=form.cleaned_data["username"],
                display_name=form.cleaned_data["display_name"],
                password=form.cleaned_data["password"],
            )
            if form
            else request.user
        )
        if is_problem(person):
            transaction.set_rollback(True)  # what is refused is not counted
            return person
        assert isinstance(person.pk, UUID)  # a signed-in person; the page asked
        owner = Actor(id=person.pk, kind=ActorKind.PERSON, site_id=None)
        site = services.create_site(actor=owner, **waiting)
        if is_problem(site):
            transaction.set_rollback(True)
            return site
        accounts.join_site(actor=system_actor(site.id, "rental"), user=person, role="site_owner")
    papers = reverse("rental-papers", args=[site.slug])
    del request.session[WAITING]
    if form is None:
        return redirect(papers)
    login = Login(user=person, redirect_url=papers)
    response: HttpResponse = perform_password_login(request, {"username": person.username}, login)
    return response


def _problems(values: dict[str, str]) -> list[tuple[str, Problem]]:
    kind, name, slug = values["kind"], values["name"], values["slug"]
    found = [
        ("name", check_name(name) or services.check_words(kind=kind, name="", surface="name", text=name)),
        (
            "slug",
            check_slug(slug)
            or services.check_words(kind=kind, name="", surface="slug", text=slug)
            or services.check_free(slug),
        ),
    ]
    return [(name, problem) for name, problem in found if problem]


def _already_mine(request: HttpRequest, slug: str) -> HttpResponse | None:
    """A second click on the same form: on to the site that the first one opened."""
    if not request.user.is_authenticated:
        return None
    site = site_by_slug(slug)
    if site is None or site.id not in site_ids_of(request.user.pk):
        return None
    return redirect("rental", site_slug=slug)


def _page(
    request: HttpRequest, template: str, form: OrganisationForm | OwnerForm, problem: Problem | None, at: int
) -> HttpResponse:
    labels = [_("机构与代号"), _("负责人账号"), _("证照与备案"), _("提交")]
    if request.user.is_authenticated:
        labels.pop(1)
    steps = [
        {
            "label": label,
            "state": "done" if place < at else "current" if place == at else "todo",
            "href": reverse("rent") if place < at else "",
        }
        for place, label in enumerate(labels)
    ]
    context = {"form": form, "problem": problem, "steps": steps}
    return render(request, template, context, status=422 if form.errors or problem else 200)
