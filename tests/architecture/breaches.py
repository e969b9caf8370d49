"""One deliberate breach for each rule that ``make check`` holds, as files to plant into a copy of the tree.

Several breaches found a room of their own, because a rule must cover a new room the day it is born, before anybody
has added its name to a list.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Breach:
    """Files to plant, and what the linter must say about them."""

    contract: str
    says: str
    files: dict[str, str]

    @property
    def label(self) -> str:
        return f"{self.contract}: {self.says}"


def _room(path: str, files: dict[str, str]) -> dict[str, str]:
    """A new room: its packages, then its files."""
    wing = path.split("/")[0]
    planted = {f"{wing}/__init__.py": "", f"{path}/__init__.py": ""}
    for name, text in files.items():
        for parent in [name.rsplit("/", depth)[0] for depth in range(1, name.count("/") + 1)]:
            planted[f"{path}/{parent}/__init__.py"] = ""
        planted[f"{path}/{name}"] = text
    return planted


def _upward(contract: str, lower: str, upper: str) -> Breach:
    """The lower room imports the upper one."""
    importer, imported = (f"jieqing.{path.replace('/', '.')}" for path in (lower, upper))
    files = _room(upper, {"engine/planted.py": "VALUE = 1\n"})
    files |= _room(lower, {"engine/planted_breach.py": f"from {imported}.engine import planted\n"})
    if contract == "wings":
        importer, imported = importer.rpartition(".")[0], imported.rpartition(".")[0]
    return Breach(contract, f"{importer} is not allowed to import {imported}", files)


IMPORT_BREACHES = [
    _upward("wings", "trust/evidence", "estate/sites"),
    _upward("wings", "claims/parties", "recovery/cases"),
    _upward("wings", "people/academy", "settlement/escrow"),
    _upward("wings", "oversight/supervision", "alliance/federation"),
    Breach("wings", "jieqing.oddwing", {"oddwing/__init__.py": ""}),
    Breach(
        "wings",
        "jieqing.kernel is not allowed to import jieqing.plumbing",
        {"kernel/planted_breach.py": "from jieqing.plumbing import paths\n"},
    ),
    _upward("trust", "trust/evidence", "trust/compliance"),
    _upward("trust", "trust/notices", "trust/privacy"),
    _upward("estate", "estate/sites", "estate/accounts"),
    _upward("estate", "estate/accounts", "estate/reception"),
    _upward("claims", "claims/parties", "claims/receivables"),
    _upward("claims", "claims/risk", "claims/valuation"),
    _upward("recovery", "recovery/cases", "recovery/outreach"),
    _upward("recovery", "recovery/robots", "recovery/tracing"),
    _upward("settlement", "settlement/mediation", "settlement/escrow"),
    _upward("people", "people/talent", "people/academy"),
    Breach(
        "inside",
        "jieqing.claims.newborn.selectors is not allowed to import",
        _room(
            "claims/newborn",
            {
                "services.py": "",
                "selectors.py": "from jieqing.claims.newborn import services\n",
            },
        ),
    ),
    Breach(
        "inside",
        "jieqing.claims.newborn.engine is not allowed to import",
        _room(
            "claims/newborn",
            {
                "models.py": "",
                "engine/rule.py": "from jieqing.claims.newborn import models\n",
            },
        ),
    ),
    Breach(
        "inside",
        "jieqing.claims.newborn.api is not allowed to import",
        _room(
            "claims/newborn",
            {"pages/views.py": "", "api.py": "from jieqing.claims.newborn.pages import views\n"},
        ),
    ),
    Breach(
        "pure",
        "jieqing.claims.newborn.engine is not allowed to import django",
        _room("claims/newborn", {"engine/rule.py": "from django.utils import timezone\n"}),
    ),
    Breach(
        "pure",
        "jieqing.kernel is not allowed to import django",
        {"kernel/planted_breach.py": "from django.conf import settings\n"},
    ),
    Breach(
        "pure",
        "jieqing.plumbing.postgres is not allowed to import django",
        {"plumbing/postgres/planted_breach.py": "from django.db import connection\n"},
    ),
    Breach(
        "still",
        "jieqing.claims.newborn.engine is not allowed to import jieqing.kernel.clock",
        _room("claims/newborn", {"engine/rule.py": "from jieqing.kernel import clock\n"}),
    ),
    Breach(
        "still",
        "jieqing.claims.newborn.engine is not allowed to import socket",
        _room("claims/newborn", {"engine/rule.py": "import socket\n"}),
    ),
    *[
        Breach(
            "private",
            f"jieqing.estate.accounts.services_planted -> jieqing.claims.newborn.{part}",
            {
                **_room("claims/newborn", {f"{part}.py": ""}),
                "estate/accounts/services_planted.py": f"from jieqing.claims.newborn import {part}\n",
            },
        )
        for part in ("models", "pages", "api", "tasks", "privacy", "panels", "anything_new")
    ],
    Breach(
        "private",
        "jieqing.web.planted_breach -> jieqing.estate.sites.models",
        {"web/planted_breach.py": "from jieqing.estate.sites import models\n"},
    ),
    Breach(
        "private",
        "jieqing.web.planted_breach -> jieqing.claims.newborn.panels",
        {
            **_room("claims/newborn", {"panels.py": ""}),
            "web/planted_breach.py": "from jieqing.claims.newborn import panels\n",
        },
    ),
    Breach(
        "outward",
        "jieqing.claims.newborn.services -> jieqing.plumbing.transports.smtp",
        _room("claims/newborn", {"services.py": "from jieqing.plumbing.transports import smtp\n"}),
    ),
    Breach(
        "permits",
        "jieqing.claims.newborn.services -> jieqing.trust.compliance.services",
        _room("claims/newborn", {"services.py": "from jieqing.trust.compliance.services import mint\n"}),
    ),
    Breach(
        "permits",
        "jieqing.recovery.robots.services -> jieqing.trust.compliance.services.minting",
        _room(
            "recovery/robots",
            {"services.py": "from jieqing.trust.compliance.services.minting import mint\n"},
        ),
    ),
    Breach(
        "permits",
        "jieqing.recovery.outreach.pages.planted -> jieqing.trust.compliance.services",
        {"recovery/outreach/pages/planted.py": "from jieqing.trust.compliance import services\n"},
    ),
    Breach(
        "calling",
        "jieqing.claims.newborn.services -> jieqing.plumbing.webhooks.client",
        _room("claims/newborn", {"services.py": "from jieqing.plumbing.webhooks import client\n"}),
    ),
    Breach(
        "acyclic",
        "No cycles are allowed in jieqing.claims",
        {
            **_room(
                "claims/newborn",
                {
                    "selectors.py": "from jieqing.claims.twin import selectors\n",
                },
            ),
            **_room(
                "claims/twin",
                {"selectors.py": "", "services.py": "from jieqing.claims.newborn import selectors\n"},
            ),
        },
    ),
]

# What a desk may do that nobody else may: the exceptions must stay possible.
LAWFUL = {
    **_room(
        "claims/newborn",
        {
            "panels.py": "",
            "pages/urls.py": "",
            "tasks.py": "",
            "api.py": "",
            "tests/factories.py": "",
            "engine/types.py": "",
        },
    ),
    "web/desks/planted_desk.py": "from jieqing.claims.newborn import panels\n",
    "web/planted_mount.py": "from jieqing.claims.newborn import api, tasks\nfrom jieqing.claims.newborn.pages import urls\n",
    **_room("recovery/newborn", {"tests/test_x.py": "from jieqing.claims.newborn.tests import factories\n"}),
    "recovery/newborn/services.py": "from jieqing.claims.newborn.engine import types\n",
}
