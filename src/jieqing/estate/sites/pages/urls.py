from django.urls import path

from jieqing.estate.sites.pages import appearance, domains, leaving, operator, rent, rental, wizard, words

_SITE = "s/<slug:site_slug>/rental/"

urlpatterns = [
    path("theme/<str:name>", appearance.sheet, name="theme-sheet"),
    path("s/<slug:site_slug>/logo/<slug:digest>", appearance.logo, name="site-logo"),
    path(_SITE, rental.overview, name="rental"),
    path(f"{_SITE}step/", rental.step, name="rental-step"),
    path(f"{_SITE}papers/", wizard.papers, name="rental-papers"),
    path(f"{_SITE}filing/", wizard.filing, name="rental-filing"),
    path(f"{_SITE}account/", wizard.account, name="rental-account"),
    path(f"{_SITE}look/", wizard.look, name="rental-look"),
    path(f"{_SITE}look/preview/", wizard.look_preview, name="rental-look-preview"),
    path(f"{_SITE}agreement/", wizard.agreement, name="rental-agreement"),
    path(f"{_SITE}submit/", wizard.submit, name="rental-submit"),
    path(f"{_SITE}domains/", domains.domains, name="rental-domains"),
    path(f"{_SITE}domains/<uuid:domain_id>/verify/", domains.verify, name="rental-domain-verify"),
    path(f"{_SITE}domains/<uuid:domain_id>/end/", domains.end, name="rental-domain-end"),
    path(f"{_SITE}rent/", rent.rent, name="rental-rent"),
    path(f"{_SITE}export/", leaving.export, name="rental-export"),
    path(f"{_SITE}export/<uuid:export_id>/", leaving.download, name="rental-export-download"),
    path("operator/words/", words.standing_words, name="operator-words"),
    path("operator/sites/", operator.tenants, name="operator-tenants"),
    path("operator/sites/<slug:slug>/", operator.tenant, name="operator-tenant"),
    path("operator/sites/<slug:slug>/decide/", operator.decide, name="operator-decide"),
    path("operator/sites/<slug:slug>/received/", operator.received, name="operator-received"),
    path("operator/sites/<slug:slug>/licence/", operator.licence, name="operator-licence"),
]
