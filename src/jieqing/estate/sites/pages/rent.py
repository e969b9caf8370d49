"""Rent and invoices 租用与账单: the plan, what was billed, what is due when, how to pay it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jieqing.estate.sites import selectors, services
from jieqing.estate.sites.engine.rent import PLANS, next_month
from jieqing.estate.sites.models import Site
from jieqing.estate.sites.pages.forms import PlanForm, say
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import requires


@requires("site.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def rent(request: HttpRequest, site_slug: str) -> HttpResponse:
    site: Site = request.site  # type: ignore[assignment]
    coming, running = selectors.rent_term(), selectors.rent_term_today()
    form = PlanForm(request.POST or None, initial={"plan": coming.plan if coming else ""})
    if request.method == "POST" and form.is_valid():
        changed = services.change_plan(actor=request.actor, site=site, plan=form.cleaned_data["plan"])  # type: ignore[attr-defined]
        if not is_problem(changed):
            messages.success(request, _("租用方案已更改，从下月起执行。"))
            return redirect("rental-rent", site_slug=site.slug)
        say(form, "plan", changed)
    rows = selectors.invoice_rows(selectors.rent_stages())
    owed = [row for row in rows if row["stage"] != "settled"]
    context = {
        "form": form,
        "plans": PLANS.values(),
        "running": running,
        "running_plan": PLANS[running.plan] if running else None,
        "coming": coming if coming and running and coming.plan != running.plan else None,
        "coming_plan": PLANS[coming.plan] if coming else None,
        "chosen": coming.plan if coming else "",
        "changes_on": next_month(clock.today()),
        "rows": rows,
        "owed_fen": sum(row["invoice"].amount_fen for row in owed),  # type: ignore[attr-defined]
        "next_due": min((row["invoice"].due_on for row in owed), default=None),  # type: ignore[attr-defined]
    }
    return render(request, "sites/rent.html", context)
