"""What stands in the frame of every page: the site, its menu for this actor, the language switch.

The menu keeps the day, revision and currency that the reader chose, so that walking from page to page stays in one
reading of the ledger.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jieqing.claims.receivables.selectors import CARRIED
from jieqing.estate.sites.selectors import theme_of
from jieqing.plumbing import palette
from jieqing.plumbing.http import MEMBER
from jieqing.plumbing.palette import Hit

IMPORT_PAGES = {
    "batch",
    "batch-undo",
    "staged",
    "import-new",
    "import-columns",
    "import-check",
    "import-progress",
}
CASE_PAGES = {
    *("case-new", "case-contact", "cases-board", "cases-promises", "cases-clocks", "cases-complaints"),
    "cases-import",
}
# Groups of (url name, label, permission, icon, pages below it): only what the actor may open is shown.
_Entry = tuple[str, Any, str, str, set[str]]
SITE_MENU: list[tuple[Any, list[_Entry]]] = [
    (
        pgettext_lazy("menu", "工作台"),
        [
            ("desk", _("债权人工作台"), "desk.read", "desk", set()),
            ("operator-desk", _("运营工作台"), "cases.assign", "desk", set()),
            ("specialist-desk", _("专员工作台"), "cases.work", "desk", set()),
            ("finance-desk", _("财务工作台"), "ledger.decide", "desk", set()),
        ],
    ),
    (
        pgettext_lazy("menu", "案件"),
        [
            ("cases", _("工作清单"), "cases.read", "inbox", {"case"} | CASE_PAGES),
            (
                "placements",
                _("委案"),
                "placements.read",
                "file",
                {"placement", "placement-new", "placement-declaration", "conflict-search"},
            ),
            ("intake", _("立案审查"), "placements.read", "check", {"intake-check"}),
            (
                "scripts",
                _("话术库"),
                "scripts.read",
                "list",
                {
                    "script",
                    "script-new",
                    "script-edit",
                    "script-queue",
                    "script-statistics",
                    "script-keys",
                    "script-past",
                },
            ),
            (
                "enquiries",
                _("咨询"),
                "enquiries.read",
                "inbox",
                {"enquiry", "enquiry-answer", "enquiry-decline", "enquiry-contact", "public-page"},
            ),
        ],
    ),
    (
        pgettext_lazy("menu", "合规"),
        [
            ("approvals", _("触达审批"), "cases.read", "check", {"approval"}),
            ("retry-rules", _("再次联系"), "cases.read", "clock", set()),
            (
                "gate-rules",
                _("触达规则"),
                "compliance.read",
                "check",
                {"gate-rule", "gate-try", "gate-calendar"},
            ),
            ("gate-changes", _("规则变更"), "compliance.read", "swap", {"gate-change"}),
            ("gate-year", _("一年的裁决"), "compliance.read", "chart", set()),
        ],
    ),
    (
        pgettext_lazy("menu", "应收"),
        [
            ("items", _("应收明细"), "ledger.read", "list", {"item"}),
            ("ageing", _("账龄"), "ledger.read", "chart", set()),
            ("debtors", pgettext_lazy("menu", "债务人"), "ledger.read", "people", {"debtor"}),
            (
                "statements",
                _("对账单"),
                "ledger.read",
                "file",
                {
                    "statement",
                    "statement-new",
                    "statement-run",
                    "statement-run-new",
                    "statement-schedules",
                    "statement-schedule",
                    "statement-schedule-new",
                },
            ),
            (
                "bank-lines",
                _("银行对账"),
                "ledger.read",
                "swap",
                {"bank-line", "bank-new", "bank-statement", "bank-certain"},
            ),
            ("bills", pgettext_lazy("menu", "承兑汇票"), "ledger.read", "file", {"bill", "bill-new"}),
            (
                "charge-rules",
                _("息费规则"),
                "ledger.read",
                "list",
                {"charge-terms-new", "order-new", "charge-decision", "overdue-terms-new"},
            ),
            ("exchange", pgettext_lazy("menu", "汇率"), "ledger.read", "swap", {"rate-new"}),
            (
                "deadlines",
                pgettext_lazy("menu", "期限"),
                "ledger.read",
                "bell",
                {"deadlines-claim", "deadlines-debtor", "deadlines-watch-item", "deadlines-watch-debtor"},
            ),
            ("batches", _("导入"), "ledger.read", "import", IMPORT_PAGES),
        ],
    ),
    (
        pgettext_lazy("menu", "估值"),
        [
            ("ratings", _("评级"), "ledger.read", "chart", {"rating", "limits"}),
            ("loss", _("预期损失"), "ledger.read", "chart", set()),
            ("series", _("指标走势"), "ledger.read", "chart", set()),
            ("alarms", _("预警"), "ledger.read", "bell", set()),
        ],
    ),
    (
        pgettext_lazy("menu", "站点"),
        [
            ("evidence", _("存证"), "evidence.read", "seal", {"evidence-entry"}),
            (
                "people",
                _("人员"),
                "people.manage",
                "user",
                {"invite", "member", "membership-end", "clearance-end", "roles", "notices", "notice"},
            ),
            (
                "developer",
                _("接口"),
                "api.manage",
                "swap",
                {"token-new", "token-revoke", "webhooks", "webhook", "webhook-new", "webhook-remove"},
            ),
            ("rental", _("租用"), "site.manage", "building", set()),
        ],
    ),
]
READING_PAGES = frozenset({"desk", "items", "ageing", "debtors"})


def context(request: HttpRequest) -> dict[str, Any]:
    site = getattr(request, "site", None)
    if site is None:
        return {"site": None, "menu": []}
    look = {"site": site, "theme_sheet": _theme_sheet(site), "logo_url": _logo_url(site)}
    if not hasattr(request, "allow"):
        return {**look, "menu": []}
    current = request.resolver_match.url_name if request.resolver_match else ""
    carried = urlencode({name: request.GET[name] for name in CARRIED if request.GET.get(name)}, safe=",")
    menu = []
    for group, entries in SITE_MENU:
        shown = [entry for entry in entries if not request.allow(entry[2])]
        for number, (name, label, _permission, icon, below) in enumerate(shown):
            menu.append(
                {
                    "url": reverse(name, args=[site.slug])
                    + (f"?{carried}" if carried and name in READING_PAGES else ""),
                    "label": label,
                    "icon": icon,
                    "group": "" if number else group,
                    "current": current == name or current in below or (current or "").startswith(f"{name}-"),
                }
            )
    return {**look, "menu": menu}


def find_pages(request: HttpRequest, words: str) -> Iterator[Hit]:
    """Pages of the menu that the person may open, by their name in the language on screen."""
    site: Any = request.site
    for name, label, permission, icon, _below in (
        entry for _group, entries in SITE_MENU for entry in entries
    ):
        if words.lower() in str(label).lower() and not request.allow(permission):  # type: ignore[attr-defined]
            yield Hit(str(label), reverse(name, args=[site.slug]), "", icon)


palette.register(palette.Finder("pages", palette.PAGES, MEMBER, find_pages, when_empty=True))


def _theme_sheet(site: Any) -> str:
    """The address of the site's own stylesheet; none for a site that kept the house's colour."""
    return reverse("theme-sheet", args=[theme_of(site).sheet_name]) if site.primary_colour else ""


def _logo_url(site: Any) -> str:
    """Named by the picture's own digest, so that a new logo is seen at once and an old one kept by browsers."""
    return reverse("site-logo", args=[site.slug, site.logo_key[-64:-52]]) if site.logo_key else ""
