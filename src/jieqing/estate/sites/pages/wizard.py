"""The steps of the application that follow once there is a site: licence, filing, account, look, agreement, submission.

Every step keeps what was right at once, also when something else on it is wrong; each can be left and come back to. A
second click finds what the first one wrote.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jieqing.estate.sites import selectors, services
from jieqing.estate.sites.engine.agreement import CURRENT
from jieqing.estate.sites.engine.application import LACK_NAMES, ORDER, STEP_NAMES, Papers, Step
from jieqing.estate.sites.engine.documents import BYTES_MAX
from jieqing.estate.sites.engine.filings import FILING_NAMES, WORKING_FILING
from jieqing.estate.sites.engine.letterhead import mask_account
from jieqing.estate.sites.engine.tenancy import KIND_NAMES, SiteKind
from jieqing.estate.sites.engine.theming import read_theme
from jieqing.estate.sites.models import Site
from jieqing.estate.sites.pages.forms import (
    AccountForm,
    AgreementForm,
    FilingForm,
    LookForm,
    PapersForm,
    StepForm,
    say,
)
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import open_while, requires
from jieqing.plumbing.templatetags.kit import lang

OPEN = ("draft", "submitted", "filed", "suspended")
Save = Callable[[Any, Site, forms.Form], bool]


def steps_of(site: Site, current: Step | None) -> list[dict[str, str]]:
    """The wizard's dots, each with its way."""
    papers = selectors.papers_of(site)
    index = 0 if lang() == "zh" else 1
    return [
        {
            "label": STEP_NAMES[step][index],
            "state": "current" if step is current else "done" if papers.is_done(step) else "todo",
            "href": "" if step is current else reverse(f"rental-{step.value}", args=[site.slug]),
        }
        for step in ORDER
    ]


def missing_words(papers: Papers) -> list[str]:
    index = 0 if lang() == "zh" else 1
    return [LACK_NAMES[name][index] for step in ORDER for name in papers.lacking(step)]


@requires("site.manage")
@open_while(*OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, site_slug: str) -> HttpResponse:
    form = PapersForm(
        request.POST or None,
        request.FILES or None,
        initial=PapersForm.initial_of(selectors.profile_of_site()),
    )
    return _step(request, Step.PAPERS, form, _save_papers, {"licence": selectors.newest_licence()})


def _save_papers(actor: Any, site: Site, form: forms.Form) -> bool:
    values = {name: value for name, value in form.cleaned_data.items() if name != "licence"}
    for name, problem in services.save_profile(actor=actor, site=site, values=values).items():
        say(form, name, problem)
    upload: UploadedFile | None = form.cleaned_data["licence"]
    if upload:
        # One byte more than allowed is enough to refuse it; a huge file is never read whole.
        kept = services.add_licence(
            actor=actor, site=site, file_name=upload.name or "", data=upload.read(BYTES_MAX + 1)
        )
        if is_problem(kept):
            say(form, "licence", kept)
    return not form.errors


@requires("site.manage")
@open_while(*OPEN, "live")
@require_http_methods(["GET", "HEAD", "POST"])
def filing(request: HttpRequest, site_slug: str) -> HttpResponse:
    site: Site = request.site  # type: ignore[assignment]
    waiting, confirmed = selectors.waiting_filing(site), selectors.confirmed_filing(site)
    form = FilingForm(request.POST or None, initial=FilingForm.initial_of(waiting or confirmed))
    kind = FILING_NAMES[WORKING_FILING[SiteKind(site.kind)]][0 if lang() == "zh" else 1]
    return _step(
        request, Step.FILING, form, _save_filing, {"kind": kind, "waiting": waiting, "confirmed": confirmed}
    )


def _save_filing(actor: Any, site: Site, form: forms.Form) -> bool:
    given = services.set_filing(actor=actor, site=site, **form.cleaned_data)
    if is_problem(given):
        say(form, given.code.removeprefix("site.filing_"), given)
    return not is_problem(given)


@requires("site.manage")
@open_while(*OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, site_slug: str) -> HttpResponse:
    known = selectors.account_of_site()
    form = AccountForm(request.POST or None, initial=AccountForm.initial_of(known))
    masked = mask_account(known.bank, known.tail) if known else ""
    return _step(request, Step.ACCOUNT, form, _save_account, {"masked": masked, "known": known})


def _save_account(actor: Any, site: Site, form: forms.Form) -> bool:
    named = services.set_account(actor=actor, site=site, **form.cleaned_data)
    if is_problem(named):
        say(form, "number", named)
    return not is_problem(named)


@requires("site.manage")
@open_while(*OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, site_slug: str) -> HttpResponse:
    site: Site = request.site  # type: ignore[assignment]
    shown = selectors.theme_of(site).primary
    form = LookForm(request.POST or None, request.FILES or None, initial={"primary": shown})
    asked = request.POST.get("primary", shown)
    return _step(request, Step.LOOK, form, _save_look, _preview_of(site, asked))


def _save_look(actor: Any, site: Site, form: forms.Form) -> bool:
    upload: UploadedFile | None = form.cleaned_data["logo"]
    found = services.set_appearance(
        actor=actor,
        site_id=site.id,
        primary=form.cleaned_data["primary"],
        logo=upload.read(BYTES_MAX) if upload else None,
        drop_logo=form.cleaned_data["drop_logo"],
    )
    if is_problem(found):
        say(form, "primary" if "colour" in found.code else "logo", found)
    return not is_problem(found)


@requires("site.manage")
@require_safe
def look_preview(request: HttpRequest, site_slug: str) -> HttpResponse:
    """How the site would look in a colour, asked while somebody moves through colours."""
    site: Site = request.site  # type: ignore[assignment]
    return render(request, "sites/look_preview.html", _preview_of(site, request.GET.get("primary", "")))


def _preview_of(site: Site, colour: str) -> dict[str, Any]:
    theme = read_theme(colour)
    problem = theme if isinstance(theme, Problem) else None
    proposed = str(problem.details.get("proposed", "")) if problem else ""
    shown = read_theme(proposed) if proposed else theme
    return {
        "preview_problem": problem,
        "preview_proposed": proposed,
        "preview_sheet": "" if isinstance(shown, Problem) else f"preview-{shown.sheet_name}",
        "preview_name": site.name,
    }


@requires("site.manage")
@open_while(*OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, site_slug: str) -> HttpResponse:
    form = AgreementForm(request.POST or None, initial={"version": CURRENT.version})
    context = {
        "accepted": selectors.current_agreement(),
        "paragraphs": CURRENT.paragraphs(lang()),
        "version": CURRENT.version,
        "digest": CURRENT.digest(lang()).hex(),
    }
    return _step(request, Step.AGREEMENT, form, _save_agreement, context)


def _save_agreement(actor: Any, site: Site, form: forms.Form) -> bool:
    accepted = services.accept_agreement(
        actor=actor, site=site, version=form.cleaned_data["version"], lang=lang()
    )
    if is_problem(accepted):
        say(form, None, accepted)
    return not is_problem(accepted)


@requires("site.manage")
@open_while(*OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The last look at everything, and the submission."""
    site: Site = request.site  # type: ignore[assignment]
    problem = None
    if request.method == "POST":
        form = StepForm(request.POST)
        moved = services.tenant_step(
            actor=request.actor,  # type: ignore[attr-defined]
            site=site,
            step="submit",
            expected=form.data.get("expected", ""),
        )
        if not is_problem(moved):
            messages.success(request, _("已提交核验。平台核验通过后，系统会自动做存证自检并开通。"))
            return redirect("rental", site_slug=site.slug)
        problem = moved
    given = selectors.papers_of(site)
    context = {
        "problem": problem,
        "steps": steps_of(site, Step.SUBMIT),
        "missing": missing_words(given),
        "given": tenant_summary(site),
    }
    return render(request, "sites/submit.html", context)


def tenant_summary(site: Site) -> dict[str, Any]:
    """Everything a reviewer looks at, the account masked."""
    index = 0 if lang() == "zh" else 1
    known = selectors.account_of_site()
    return {
        "kind": KIND_NAMES[SiteKind(site.kind)][index],
        "profile": selectors.profile_of_site(),
        "licence": selectors.newest_licence(),
        "filing_kind": FILING_NAMES[WORKING_FILING[SiteKind(site.kind)]][index],
        "waiting": selectors.waiting_filing(site),
        "confirmed": selectors.confirmed_filing(site),
        "account": mask_account(known.bank, known.tail) if known else "",
        "account_holder": known.holder if known else "",
        "agreement": selectors.current_agreement(),
        "self_test": selectors.newest_self_test(),
    }


def _step(
    request: HttpRequest, step: Step, form: forms.Form, save: Save, context: dict[str, Any]
) -> HttpResponse:
    """One step: read the form, keep it, go on to the next step or leave for later."""
    site: Site = request.site  # type: ignore[assignment]
    if request.method == "POST" and form.is_valid() and save(request.actor, site, form):  # type: ignore[attr-defined]
        if "later" in request.POST or site.state not in {"draft"}:
            messages.success(request, _("已保存。"))
            return redirect("rental", site_slug=site.slug)
        return redirect(f"rental-{ORDER[ORDER.index(step) + 1].value}", site_slug=site.slug)
    following = STEP_NAMES[ORDER[ORDER.index(step) + 1]][0 if lang() == "zh" else 1]
    shown = {
        "form": form,
        "steps": steps_of(site, step),
        "following": following,
        "is_draft": site.state == "draft",
        **context,
    }
    return render(request, f"sites/{step.value}.html", shown, status=422 if form.errors else 200)
