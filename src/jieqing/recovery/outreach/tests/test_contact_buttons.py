"""Every button that would reach somebody about a debt says beforehand whether it may: enumerated, so that a new one is noticed.

Three nets. Each address of a site that speaks of contacts, permits, statements or messages stands in `ADDRESSES` with what it does;
only the modules of `ASKERS` lead to a permit; and each place of `SHOWN` is asked at night and says the gate's own code.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver
from tests.cast import Cast

from jieqing.kernel import clock
from jieqing.kernel.tests.worked_tables import ROOT
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.outreach.tests.standing import ready_case
from jieqing.recovery.outreach.tests.test_approvals import MORNING, answered, asked, colleague
from jieqing.recovery.outreach.tests.test_request_permit import NIGHT

WORDS = re.compile(
    r"contact|permit|approval|notice|notify|statement|letter|call\b|visit|remind|sms|mail|message|send"
)
VERDICT = "shows the verdict"
NOBODY = "reaches nobody: a record, a page or a file for whoever opened it"
COLLEAGUE = "a notice of fixed form to a member of the site, never to a debtor"
ADDRESSES = {
    # Leads to a contact.
    "contact-verdicts": VERDICT, "cases-contact-verdicts": VERDICT, "debtor-contact-verdicts": VERDICT,
    "approval-new": VERDICT, "approval-permit": "its button stands on the page of the approval, beside the verdict",
    "approval": VERDICT, "contact-point": VERDICT, "point-reveal": "its button stands on the point's page, beside the verdict",
    "case-contact": "the form of what was tried: stands on the case page under the panel of verdicts",
    "case-email": VERDICT,
    # Records and pages.
    "message": NOBODY, "message-resolve": NOBODY,
    "approvals": NOBODY, "approval-answer": NOBODY, "notices": NOBODY, "notice": NOBODY, "choice-withdraw": NOBODY,
    "point-choice": NOBODY, "point-confirm": NOBODY, "point-correct": NOBODY, "point-invalid": NOBODY,
    "point-refusal": NOBODY, "point-zone": NOBODY, "party-contacts": NOBODY, "party-add": NOBODY,
    "party-choices": NOBODY, "party-events": NOBODY, "party-guarantors": NOBODY, "party-hours": NOBODY,
    "bank-statement": NOBODY, "bank-statement-file": NOBODY, "placement-recall": NOBODY,
    "enquiry-contact": "an enquiry's own writer asked to be answered: opens what they left, for a purpose",
    # An account statement is a file of the site's; nothing sends it to a debtor.
    "statement-new": NOBODY, "statement-preview": NOBODY, "statements": NOBODY, "statement": NOBODY,
    "statement-pdf": NOBODY, "statement-xlsx": NOBODY, "statement-run-new": NOBODY, "statement-run": NOBODY,
    "statement-run-archive": NOBODY, "statement-run-bar": NOBODY, "statement-run-news": NOBODY,
    "statement-run-resume": NOBODY, "statement-schedules": NOBODY, "statement-schedule": NOBODY,
    "statement-schedule-end": NOBODY, "statement-schedule-new": NOBODY, "statement-notify": COLLEAGUE,
}  # fmt: skip
ASKS = {"request_permit", "permit_by_approval", "ask_approval", "send_email"}
# No buttons: the demonstration asks for what its pages then show.
DEMO = {"web/commands/demo_contacts.py", "web/commands/demo_approvals.py"}
ASKERS = {
    "recovery/outreach/api.py",
    "recovery/outreach/pages/approvals.py",
    "recovery/channels/pages/composer.py",
    *DEMO,
}


def addresses(resolver: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one.name or ""


def test_every_address_that_speaks_of_contact_is_listed() -> None:
    found = {
        name
        for address, name in addresses(get_resolver())
        if address.startswith("s/<slug:site_slug>/") and WORDS.search(f"{address} {name}")
    }
    assert found - set(ADDRESSES) == set(), (
        "say in ADDRESSES what it does, and show the verdict if it reaches anybody"
    )
    assert set(ADDRESSES) - found == set(), "no longer there"


def test_only_these_modules_lead_to_a_permit() -> None:
    source = ROOT / "src" / "jieqing"
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if "tests" not in path.parts and "services" not in path.parts and ASKS & set(_called(path))
    }
    assert found == ASKERS, "a new way to a contact: list it, and show the verdict beside its button"


def _called(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if any(name in text for name in ASKS):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call):
                yield getattr(node.func, "attr", getattr(node.func, "id", ""))


@pytest.fixture
def ready(cast: Cast) -> tuple[Any, Any]:
    return ready_case(cast.actor("owner"))


def test_each_place_says_the_gates_own_code(cast: Cast, ready) -> None:
    case, point = ready
    site, owner = f"/s/{cast.site.slug}", cast.clients["owner"]
    with clock.frozen(NIGHT):
        told = owner.get(f"/api/v1/sites/{cast.site.slug}/cases/{case.id}/contact-verdicts").json()
        verdict = told["points"][0]["channels"][1]["verdict"]
        assert verdict["code"] == "not_before" and verdict["reasons"][0]["article"]
        panel = f"{site}/cases/{case.id}/contact-verdicts/"
        for address in (panel, f"{panel}?part=panel"):
            text = owner.get(address).content.decode()
            assert 'data-verdict="not_before"' in text and verdict["label"]["zh"] in text
            assert verdict["reasons"][0]["article"] in text
        rows = owner.get(f"{site}/cases/contact-verdicts/?cases={case.id}").content.decode()
        assert "后可联系" in rows
        asking = owner.get(f"{site}/cases/{case.id}/approvals/new/").content.decode()
        assert verdict["label"]["zh"] in asking
        # These hold the panel, loaded from the address above as soon as the page stands.
        for address in (f"{site}/cases/{case.id}/contact/", f"{site}/cases/{case.id}/"):
            if (answer := owner.get(address)).status_code == 200:
                assert panel in answer.content.decode(), address
        for address in (f"{site}/contact-points/{point.pk}/", f"{site}/ledger/debtors/{case.debtor_id}/"):
            assert f"{site}/debtors/{case.debtor_id}/contact-verdicts/" in owner.get(address).content.decode()
        debtor = owner.get(f"{site}/debtors/{case.debtor_id}/contact-verdicts/").content.decode()
        assert panel in debtor


def test_the_button_that_takes_a_permit_stands_beside_this_moments_verdict(cast: Cast, ready) -> None:
    row = asked(cast, ready)
    assert answered(cast, row, colleague(cast)) is not None
    address = f"/s/{cast.site.slug}/approvals/{row.pk}/"
    with clock.frozen(MORNING.replace(hour=12)):
        page = cast.clients["owner"].get(address).content.decode()
        assert "取得触达许可" in page and "data-verdict=" in page
    with clock.frozen(NIGHT):
        page = cast.clients["owner"].get(address).content.decode()
    assert "取得触达许可" in page and "22:00" in page and "data-verdict=" in page
    with site_scope(cast.site.id):
        assert not hasattr(row, "use")
