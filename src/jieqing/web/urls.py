"""Every address of the platform. Rooms own their pages; this file only mounts them."""

from django.urls import include, path
from django.views.i18n import set_language

from jieqing.plumbing import frame
from jieqing.web.api import api
from jieqing.web.api_docs import api_docs
from jieqing.web.entry import choose_site
from jieqing.web.operations.exposition import metrics_page
from jieqing.web.operations.pages import live, operations, ready

urlpatterns = [
    path("", choose_site, name="choose-site"),
    path("health", ready, name="health"),
    path("health/live", live, name="health-live"),
    path("metrics", metrics_page, name="metrics"),
    path("operations/", operations, name="operations"),
    path("language/", set_language, name="set_language"),
    path("", include("jieqing.web.desks.rental.urls")),
    path("", include("jieqing.estate.sites.pages.urls")),
    path("", include("jieqing.estate.accounts.pages.urls")),
    path("", include("jieqing.estate.webhooks.pages.urls")),
    path("api/docs/", api_docs, name="api-docs"),
    path("api/v1/", api.urls),
    path("s/<slug:site_slug>/desk/", include("jieqing.web.desks.creditor.urls")),
    path("s/<slug:site_slug>/desk/specialist/", include("jieqing.web.desks.specialist.urls")),
    path("s/<slug:site_slug>/desk/operator/", include("jieqing.web.desks.operator.urls")),
    path("s/<slug:site_slug>/desk/finance/", include("jieqing.web.desks.finance.urls")),
    path("s/<slug:site_slug>/", include("jieqing.recovery.cases.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.estate.reception.pages.urls")),
    path("", include("jieqing.claims.entitlements.pages.operator_urls")),
    path("s/<slug:site_slug>/", include("jieqing.claims.entitlements.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.claims.parties.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.recovery.outreach.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.recovery.channels.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.recovery.assurance.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.recovery.scripts.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.claims.receivables.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.claims.valuation.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.recovery.intake.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.recovery.placements.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.claims.receipts.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.claims.papers.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.claims.bills.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.claims.deadlines.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.claims.exchange.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.trust.evidence.pages.urls")),
    path("s/<slug:site_slug>/", include("jieqing.plumbing.listing.urls")),
    path("s/<slug:site_slug>/", include("jieqing.plumbing.frame_urls")),
    path("", include("jieqing.trust.notices.pages.urls")),
]

if frame.has_design_page():
    urlpatterns.append(path("design/", include("jieqing.plumbing.design.urls")))
