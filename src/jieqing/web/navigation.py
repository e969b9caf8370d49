"""What stands in the frame of every page: the site, its menu for this actor, the language switch."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# (url name, label, permission, icon): only what the actor may open is shown.
SITE_MENU = [
    ("desk", _("债权人工作台"), "desk.read", "desk"),
    ("items", _("应收明细"), "ledger.read", "list"),
    ("ageing", _("账龄"), "ledger.read", "chart"),
    ("debtors", pgettext_lazy("menu", "债务人"), "ledger.read", "people"),
    ("batches", _("导入"), "ledger.read", "import"),
    ("evidence", _("存证"), "evidence.read", "seal"),
]


def context(request: HttpRequest) -> dict[str, Any]:
    site = getattr(request, "site", None)
    if site is None:
        return {"site": None, "menu": []}
    current = request.resolver_match.url_name if request.resolver_match else ""
    menu = [
        {"url": reverse(name, args=[site.slug]), "label": label, "icon": icon, "current": name == current}
        for name, label, permission, icon in SITE_MENU
        if not request.allow(permission)  # type: ignore[attr-defined]
    ]
    return {"site": site, "menu": menu}
