"""Verbs of the rental: open a site, fill in its papers, move it through its states, bill it, let it leave."""

from jieqing.estate.sites.services.announcing import check_words, note_words, read_standing_words
from jieqing.estate.sites.services.appearance import set_appearance
from jieqing.estate.sites.services.deciding import (
    appoint_operator,
    confirm_renewal,
    lift_if_cured,
    note_review,
    operator_step,
    tenant_step,
)
from jieqing.estate.sites.services.domains import ask_domain, begin_check, check_domain, end_domain
from jieqing.estate.sites.services.exporting import export_site, request_export
from jieqing.estate.sites.services.nightly import settle, walk_site
from jieqing.estate.sites.services.opening import check_free, create_site, open_by_shortcut
from jieqing.estate.sites.services.papers import (
    accept_agreement,
    add_licence,
    confirm_filing,
    save_profile,
    set_account,
    set_filing,
)
from jieqing.estate.sites.services.renting import bill, change_plan, mark_received
from jieqing.estate.sites.services.sign_ups import count_sign_up
from jieqing.estate.sites.services.testing import begin_self_test, finish_self_test, go_live_if_ready

__all__ = [
    "accept_agreement",
    "add_licence",
    "appoint_operator",
    "ask_domain",
    "begin_check",
    "begin_self_test",
    "bill",
    "change_plan",
    "check_domain",
    "check_free",
    "check_words",
    "confirm_filing",
    "confirm_renewal",
    "count_sign_up",
    "create_site",
    "end_domain",
    "export_site",
    "finish_self_test",
    "go_live_if_ready",
    "lift_if_cured",
    "mark_received",
    "note_review",
    "note_words",
    "open_by_shortcut",
    "operator_step",
    "read_standing_words",
    "request_export",
    "save_profile",
    "set_account",
    "set_appearance",
    "set_filing",
    "settle",
    "tenant_step",
    "walk_site",
]
