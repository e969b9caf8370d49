"""Things of two sites to try each other's doors with: rows in every site table, an id for every URL parameter."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from jieqing.claims.receipts import services as bank
from jieqing.claims.receipts.models import BankLine
from jieqing.claims.receipts.selectors import suggestion_key, suggestions_for
from jieqing.claims.receipts.services.matching import Choice
from jieqing.claims.receivables import services
from jieqing.claims.receivables.access import item_by_id
from jieqing.claims.receivables.engine.account_statement import Terms
from jieqing.claims.receivables.engine.acts import ActKind
from jieqing.claims.receivables.selectors import ItemFilter, items_page
from jieqing.claims.receivables.selectors.statement_register import register_page
from jieqing.claims.receivables.services.account_statements import take_statement_file
from jieqing.claims.receivables.services.acts import ActOrder, act_on_item
from jieqing.claims.receivables.services.reporting import set_reporting_day
from jieqing.claims.receivables.services.statement_runs import make_statements, start_run
from jieqing.claims.receivables.tests.invoice_files import digital
from jieqing.claims.valuation import services as valuation
from jieqing.claims.valuation.models import DecisionKind, Trigger
from jieqing.estate.accounts.engine.clearances import ClearanceKind
from jieqing.estate.accounts.selectors import people_of_site
from jieqing.estate.accounts.services import attest_clearance, create_api_token, invite, revoke_api_token
from jieqing.estate.reception import services as reception
from jieqing.estate.reception.engine.enquiries import Asker, Contact, ContactKind, Topic
from jieqing.estate.reception.engine.public_lines import Slot
from jieqing.estate.sites import services as rental
from jieqing.estate.sites.engine.agreement import CURRENT
from jieqing.estate.sites.selectors import sites_by_ids
from jieqing.estate.sites.services.renting import begin_rent
from jieqing.estate.webhooks.services import add_endpoint, ping
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, visitor_actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.listing.services import save_view
from tests.isolation.things_cases import CASE_TABLES, CASE_UNFILLED, fill_cases
from tests.isolation.things_charges import FORM_TABLES, fill_charges
from tests.isolation.things_deadlines import DEADLINE_TABLES, fill_deadlines
from tests.isolation.things_gate import GATE_TABLES, fill_gate, fill_recovered
from tests.isolation.things_parties import fill_parties
from tests.isolation.things_recovery import fill_recovery
from tests.isolation.things_scripts import SCRIPT_TABLES, fill_scripts

# URL or API parameter: the table in which it lies.
ID_TABLES: dict[str, str] = {
    **FORM_TABLES,
    "entry_id": "evidence_entry",
    "item_id": "receivables_item",
    "act_id": "receivables_act",
    "batch_id": "receivables_import_batch",
    "debtor_id": "parties_party",
    "row_id": "receivables_staged_row",
    "statement_id": "receivables_statement",
    "run_id": "receivables_statement_run",
    "membership_id": "accounts_membership",
    "invitation_id": "accounts_invitation",
    "clearance_id": "accounts_clearance",
    "notice_id": "notices_notice",
    "token_id": "accounts_api_token",
    "view_id": "plumbing_list_view",
    "enquiry_id": "reception_enquiry",
    "endpoint_id": "webhooks_endpoint",
    "delivery_id": "webhooks_delivery",
    "bank_statement_id": "receipts_bank_statement",
    "line_id": "receipts_bank_line",
    "match_id": "receipts_match",
    "domain_id": "sites_domain",
    "export_id": "sites_export",
    "decision_id": "valuation_decision",
    "limit_id": "valuation_limit",
    **DEADLINE_TABLES,
    "party_id": "parties_party",
    "point_id": "parties_contact_point",
    "choice_id": "parties_contact_choice",
    "hours_id": "parties_agreed_hours",
    "guarantee_id": "parties_guarantee",
    "event_id": "parties_debtor_event",
    "placement_id": "placements_placement",
    **GATE_TABLES,
    **CASE_TABLES,
    **SCRIPT_TABLES,
}

# Site tables that the cast's two sites hold no row of, each with the reason.
UNFILLED: dict[str, str] = {
    "intake_consultation": "an answered enquiry could not be withdrawn or answered any more",
    "receipts_match_part": "a payment of an item would stand in the way of undoing its import",
    "webhooks_attempt": "written by the worker when it calls",
    "webhooks_pause": "a pause would change what the endpoint's addresses answer",
    "webhooks_removal": "a removed endpoint is not found any more",
    "accounts_api_token_use": "written when a program shows its token",
    "plumbing_idempotent_answer": "written when a program writes",
    **CASE_UNFILLED,
    "notices_attempt": "without a mail server nothing is tried",
    "sites_licence": "a licence is added before a site is live; the cast's are born live",
    "sites_self_test": "without a sequencer no proof can be tried",
    "sites_invoice_notice": "nothing falls due on the day of the test",
    "receivables_appropriation": "a payment that went by the order would stand in the way of undoing its import",
    "evidence_leaf": "the sequencer, a process of its own, writes leaves",
}

HEADER = "客户名称,单据号,开票日期,到期日,金额,币种\n"
FIRST = (
    HEADER
    + """无锡市明达机械有限公司,FP-001,2026-01-10,2026-02-10,1000.00,CNY
常州市华兴轴承有限公司,FP-002,2026-02-11,2026-03-11,2500.50,CNY
南通市恒丰贸易有限公司,FP-003,2026-03-12,不详,300.00,CNY
"""
)
# The same document with another amount: the earlier state goes to the history table. And again a row that waits.
CORRECTED = (
    HEADER
    + """无锡市明达机械有限公司,FP-001,2026-01-10,2026-02-10,1100.00,CNY
镇江市远洋贸易有限公司,FP-004,2026-03-12,不详,400.00,CNY
"""
)


def fill(actor: Actor) -> UUID:
    """Give the actor's site a ledger with a correction and a row that waits, and an open invitation; return the first batch's id."""
    first = services.import_file(actor=actor, name="应收.csv", source=FIRST.encode())
    assert not is_problem(first), first
    assert (first.accepted, first.staged) == (2, 1), first
    second = services.import_file(actor=actor, name="更正.csv", source=CORRECTED.encode())
    assert not is_problem(second), second
    _write_off(actor)
    set_reporting_day(actor=actor, as_of=date(2026, 6, 30))
    _state_accounts(actor)
    invited = invite(
        actor=actor,
        email="new@example.org",
        role="auditor",
        site_name="江南",
        inviter="周负责",
        link_of=lambda token: f"http://testserver/invitation/{token}/",
    )
    assert not is_problem(invited), invited
    with site_scope(actor.site_id):
        cleared = attest_clearance(
            actor=actor,
            membership=people_of_site()[0].memberships[0],
            kind=ClearanceKind.PLEDGE,
            from_on=clock.today(),
            to_on=clock.today(),
            source_digest=bytes(32),
            reason="已签署",
        )
        kept = save_view(
            actor=actor,
            list_name="receivables.items",
            name="逾期",
            query="state=overdue",
            columns=(),
            is_shared=True,
        )
    assert not is_problem(cleared), cleared
    assert not is_problem(kept), kept
    hooked = add_endpoint(actor=actor, url="https://hooks.example.com/in", events=["ledger.imported"])
    assert not is_problem(hooked), hooked
    with site_scope(actor.site_id):
        ping(actor=actor, endpoint=hooked[0])
    for name in ("旧程序", "新程序"):
        made = create_api_token(
            actor=actor, name=name, scopes=["ledger.read"], expires_on=clock.today() + timedelta(days=9)
        )
        assert not is_problem(made), made
        if name == "旧程序":
            revoke_api_token(actor=actor, token=made[0], reason="已停用")
    _value(actor)
    fill_deadlines(actor)
    ask_something(actor)
    _see_money(actor)
    fill_rental(actor)
    fill_charges(actor)
    fill_gate(actor)
    fill_parties(actor)
    fill_recovery(actor)
    fill_scripts(actor)
    fill_cases(actor)
    fill_recovered(actor)
    return first.batch_id


def _write_off(actor: Actor) -> None:
    """A write-off that waits for a second person."""
    with site_scope(actor.site_id):  # type: ignore[arg-type]
        item = items_page(ItemFilter(), as_of=date(2026, 6, 30)).rows[0]
        found = item_by_id(actor, item.id)
        assert not is_problem(found), found
        order = ActOrder(ActKind.WRITE_OFF, 100, date(2026, 6, 1), "测试")
        asked = act_on_item(actor=actor, item=found, order=order)
    assert not is_problem(asked), asked


def _value(actor: Actor) -> None:
    """Ratings, an alarm and a judgement: a debtor who stopped paying has something that is not due yet."""
    lines = "".join(
        f"淮安市迟付机械有限公司,LATE-{month},2026-0{month}-01,2026-0{month}-{15 if month < 6 else 30},900.00,CNY\n"
        for month in range(1, 7)
    )
    late = services.import_file(actor=actor, name="迟付.csv", source=(HEADER + lines).encode())
    assert not is_problem(late), late
    invoice = services.import_file(
        actor=actor, name="发票.xml", source=digital(buyer="淮安市迟付机械有限公司")
    )
    assert not is_problem(invoice) and invoice.accepted == 1, invoice
    run = valuation.revalue(actor=actor, trigger=Trigger.BY_HAND, as_of=date(2026, 6, 30))
    assert run is not None
    # A later day makes the first ratings past.
    assert valuation.revalue(actor=actor, trigger=Trigger.BY_HAND, as_of=date(2026, 7, 31)) is not None
    with site_scope(actor.own_site):
        item = items_page(ItemFilter(), as_of=date(2026, 6, 30)).rows[0]
    order = valuation.LimitOrder(item.debtor_id, "CNY", 100_00, date(2026, 1, 1), None, "年度授信评审")
    assert not is_problem(valuation.set_limit(actor=actor, order=order))
    reason = {"currency": "CNY", "value": "1.1", "reason": "行业景气下行"}
    decided = valuation.decide(actor=actor, kind=DecisionKind.OVERLAY, subject_id=None, **reason)
    assert not is_problem(decided), decided


def ask_something(actor: Actor) -> None:
    """Somebody asks the site a question; the site shows a filing number."""
    received = reception.receive_enquiry(
        actor=visitor_actor(actor.own_site),
        asked=reception.Asked(
            topic=Topic.GENUINE,
            asker=Asker.DEBTOR,
            name="李某",
            contact=Contact(ContactKind.EMAIL, "li@example.org"),
            story="有人自称你们来电，请核实。",
            language="zh",
            form_key=uuid4(),
        ),
        address="203.0.113.7",
        site_name="江南",
        link_of=lambda token: f"http://testserver/s/site/consultation/{token}/",
    )
    assert not is_problem(received), received
    with site_scope(actor.own_site):
        assert reception.set_public_line(actor=actor, slot=Slot.HOURS, text="工作日 9:00–17:30") is True


def _state_accounts(actor: Actor) -> None:
    """Statements for all debtors, one of them taken away."""
    run = start_run(actor=actor, wanted=ItemFilter(), terms=Terms(as_of=date(2026, 6, 30)), lang="zh")
    assert not is_problem(run), run
    make_statements(actor=actor, run=run)
    assert actor.site_id
    with site_scope(actor.site_id):
        rows, _older = register_page()
        take_statement_file(actor=actor, statement=rows[0].statement, file="pdf")


def fill_rental(actor: Actor) -> None:
    """Papers, a domain, rent with a receipt, and an export that was asked for."""
    assert actor.site_id
    site = sites_by_ids([actor.site_id])[0]
    with site_scope(site.id):
        rental.save_profile(actor=actor, site=site, values={"phone": "0510-85000000"})
        filing = rental.set_filing(
            actor=actor, site=site, number="备-1", authority="某局", from_on=clock.today(), until_on=None
        )
        account = rental.set_account(
            actor=actor, site=site, bank="某银行", holder=site.name, number="622202130401"
        )
        agreed = rental.accept_agreement(actor=actor, site=site, version=CURRENT.version, lang="zh")
        assert not [one for one in (filing, account, agreed) if is_problem(one)]
        rental.ask_domain(actor=actor, site=site, host=f"collect.{site.slug}.cn")
        begin_rent(actor=actor, site=site)
        rental.bill(actor=actor, site=site)
        paid = rental.mark_received(
            actor=actor, site_id=site.id, number=1, bank_reference=f"B-{site.slug}", received_on=clock.today()
        )
        assert not is_problem(paid), paid
        rental.request_export(actor=actor, site=site)


# Two lines: one whose suggestion is refused, and the newest, which is decided.
BANK = """交易日期,收入,支出,余额,对方户名,摘要,账号
2026-10-01,2500.50,,3500.50,常州市华兴轴承有限公司,FP-002,1103020109000123456
2026-10-02,9.00,,3509.50,无锡市明达机械有限公司,货款,1103020109000123456
"""


def _see_money(actor: Actor) -> None:
    """A bank file with a refused suggestion and a payment that stays unapplied; the rule was on for a moment."""
    entered = bank.enter_file(actor=actor, name="流水.csv", source=BANK.encode())
    assert entered.problem is None, entered.problem
    bank.switch_rule(actor=actor, is_on=True, reason="测试")
    bank.switch_rule(actor=actor, is_on=False, reason="测试")
    with site_scope(actor.site_id):
        first, last = BankLine.objects.select_related("account", "statement").order_by("id")
        best = suggestions_for([first])[first.id][0]
        debtor = suggestions_for([last])[last.id][0].debtor_id
    refused = bank.reject(actor=actor, line=first, suggestion=suggestion_key(best), reason="不是这张")
    assert not is_problem(refused), refused
    matched = bank.approve(actor=actor, line=last, choice=Choice(debtor_id=debtor))
    assert not is_problem(matched), matched
