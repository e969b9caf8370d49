"""Below pages and API: the rooms' own doors, the evidence and the stored files, tried with the other site's ids."""

import importlib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.storage import StoredFileError, open_stored, stored_path
from jieqing.trust.evidence import selectors as evidence
from tests.cast import Cast
from tests.isolation.things import ID_TABLES

ROOT = Path(__file__).parents[2] / "src" / "jieqing"


def doors() -> dict[str, Callable[..., Any]]:
    """Every ``<thing>_by_id(actor, id)`` of every room's ``access`` module."""
    found = {}
    for file in sorted(ROOT.glob("*/*/access.py")):
        module = importlib.import_module(f"jieqing.{file.parts[-3]}.{file.parts[-2]}.access")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.endswith("_by_id") and function.__module__ == module.__name__:
                found[f"{module.__name__}.{name}"] = function
    return found


DOORS = doors()
TABLE_OF = {
    "jieqing.claims.receivables.access.statement_schedule_by_id": "receivables_statement_schedule",
    "jieqing.claims.receivables.access.charge_decision_by_id": "receivables_charge_decision",
    "jieqing.claims.bills.access.bill_by_id": "bills_bill",
    "jieqing.claims.papers.access.paper_by_id": "papers_paper",
    "jieqing.recovery.cases.access.case_by_id": "cases_case",
    "jieqing.recovery.cases.access.change_by_id": "cases_bulk_change",
    "jieqing.recovery.cases.access.file_by_id": "cases_file",
    "jieqing.recovery.cases.access.complaint_by_id": "cases_complaint",
    "jieqing.recovery.cases.access.dispute_by_id": "cases_dispute",
    "jieqing.recovery.cases.access.hold_by_id": "cases_hold",
    "jieqing.recovery.cases.access.promise_by_id": "cases_promise",
    "jieqing.claims.receipts.access.line_by_id": "receipts_bank_line",
    "jieqing.claims.receipts.access.match_by_id": "receipts_match",
    "jieqing.claims.receipts.access.statement_by_id": "receipts_bank_statement",
    "jieqing.recovery.intake.access.check_by_id": "intake_check",
    "jieqing.recovery.assurance.access.review_by_id": "assurance_review",
    "jieqing.recovery.outreach.access.approval_by_id": "outreach_approval",
    "jieqing.recovery.channels.access.message_by_id": "channels_message",
    "jieqing.recovery.placements.access.placement_by_id": "placements_placement",
    "jieqing.recovery.scripts.access.script_by_id": "scripts_script",
    "jieqing.recovery.scripts.access.version_by_id": "scripts_version",
    "jieqing.estate.webhooks.access.delivery_by_id": "webhooks_delivery",
    "jieqing.estate.webhooks.access.endpoint_by_id": "webhooks_endpoint",
    "jieqing.estate.accounts.access.api_token_by_id": "accounts_api_token",
    "jieqing.estate.accounts.access.clearance_by_id": "accounts_clearance",
    "jieqing.estate.accounts.access.invitation_by_id": "accounts_invitation",
    "jieqing.estate.accounts.access.membership_by_id": "accounts_membership",
    "jieqing.estate.reception.access.enquiry_by_id": "reception_enquiry",
    "jieqing.estate.sites.access.domain_by_id": "sites_domain",
    "jieqing.estate.sites.access.export_by_id": "sites_export",
    "jieqing.trust.compliance.access.overlay_by_id": "compliance_overlay",
    "jieqing.trust.notices.access.notice_by_id": "notices_notice",
    "jieqing.claims.parties.access.choice_by_id": "parties_contact_choice",
    "jieqing.claims.parties.access.event_by_id": "parties_debtor_event",
    "jieqing.claims.parties.access.guarantee_by_id": "parties_guarantee",
    "jieqing.claims.parties.access.hours_by_id": "parties_agreed_hours",
    "jieqing.claims.parties.access.party_by_id": "parties_party",
    "jieqing.claims.parties.access.point_by_id": "parties_contact_point",
    "jieqing.claims.deadlines.access.watch_by_id": "deadlines_watch",
    "jieqing.claims.deadlines.access.limitation_act_by_id": "deadlines_act",
    "jieqing.claims.valuation.access.decision_by_id": "valuation_decision",
    "jieqing.claims.valuation.access.limit_by_id": "valuation_limit",
    "jieqing.claims.receivables.access.batch_by_id": "receivables_import_batch",
    "jieqing.claims.receivables.access.act_by_id": "receivables_act",
    "jieqing.claims.receivables.access.item_by_id": "receivables_item",
    "jieqing.claims.receivables.access.statement_by_id": "receivables_statement",
    "jieqing.claims.receivables.access.statement_run_by_id": "receivables_statement_run",
    "jieqing.claims.receivables.access.staged_row_by_id": "receivables_staged_row",
}
# Doors that open where no site is active, each with its reason.
OF_THE_PLATFORM = {
    "jieqing.trust.notices.access.platform_notice_by_id": "notices of the platform itself have no site",
}


def ask(name: str, actor: Actor, thing_id: UUID) -> Any:
    """Some doors take the actor, some rely on the active scope alone."""
    door = DOORS[name]
    return door(actor, thing_id) if "actor" in inspect.signature(door).parameters else door(thing_id)


def first_id(table: str, site_id: UUID) -> UUID:
    with site_scope(site_id), connection.cursor() as cursor:
        cursor.execute(f'SELECT id FROM "{table}" WHERE site_id = %s ORDER BY id LIMIT 1', [site_id])
        (found,) = cursor.fetchone()
    assert isinstance(found, UUID)
    return found


def test_every_door_is_known() -> None:
    assert set(DOORS) == set(TABLE_OF) | set(OF_THE_PLATFORM)
    assert set(TABLE_OF.values()) <= set(ID_TABLES.values()), "what has a door is tried through addresses too"


@pytest.mark.parametrize("name", TABLE_OF)
def test_a_door_opens_for_ones_own_and_answers_alike_for_others_and_nothing(
    name: str, filled_sites: Cast
) -> None:
    table, stranger = TABLE_OF[name], filled_sites.actor("stranger")
    with site_scope(filled_sites.other_site.id):
        own = ask(name, stranger, first_id(table, filled_sites.other_site.id))
        assert not isinstance(own, Problem)
    victims = first_id(table, filled_sites.site.id)
    with site_scope(filled_sites.other_site.id):
        others, nothing = ask(name, stranger, victims), ask(name, stranger, new_id())
    assert isinstance(others, Problem)
    assert others == nothing, "the answer must not tell a hidden thing from none"


def test_a_door_holds_even_in_the_victims_scope(filled_sites: Cast) -> None:
    """Should a caller open the wrong scope, the actor's own site still decides."""
    for name in TABLE_OF:
        if "actor" in inspect.signature(DOORS[name]).parameters:
            with site_scope(filled_sites.site.id):
                victims = first_id(TABLE_OF[name], filled_sites.site.id)
                assert isinstance(ask(name, filled_sites.actor("stranger"), victims), Problem), name


def test_a_platform_door_shows_nothing_of_a_site(filled_sites: Cast) -> None:
    for name in OF_THE_PLATFORM:
        for table in TABLE_OF.values():
            victims = first_id(table, filled_sites.site.id)
            assert isinstance(DOORS[name](victims), Problem), name


def test_evidence_of_another_site_is_not_shown_listed_or_exported(filled_sites: Cast) -> None:
    victims = first_id("evidence_entry", filled_sites.site.id)
    with site_scope(filled_sites.site.id):
        shown = evidence.entry_by_id(victims)
        assert not isinstance(shown, Problem)
        subject = str(shown.content["subject"])
        assert evidence.entries_for_subject(subject)
    with site_scope(filled_sites.other_site.id):
        assert isinstance(evidence.entry_by_id(victims), Problem)
        assert isinstance(evidence.proof_bundle(victims), Problem)
        assert evidence.entries_for_subject(subject) == []
        assert victims not in {entry.id for entry in evidence.entries_recent(limit=1000)}


def test_a_stored_file_of_another_site_is_refused(filled_sites: Cast) -> None:
    with site_scope(filled_sites.site.id), connection.cursor() as cursor:
        cursor.execute("SELECT file_key FROM receivables_import_batch LIMIT 1")
        (key,) = cursor.fetchone()
    assert open_stored(filled_sites.site.id, key)
    for reader in (open_stored, stored_path):
        with pytest.raises(StoredFileError):
            reader(filled_sites.other_site.id, key)
