"""Placements for tests: a ledger of one creditor, and an order for some of its debts on the way to being in force."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from jieqing.claims.receivables import services as ledger
from jieqing.claims.receivables.models import Item
from jieqing.claims.receivables.services.results import ImportOptions
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.placements import services
from jieqing.recovery.placements.engine.terms import FeeTerms, Mandate, Terms
from jieqing.recovery.placements.models import Placement

LEDGER = """客户名称,单据号,开票日期,到期日,金额,币种
宏达机械有限公司,INV-001,2026-05-01,2026-06-01,10000.00,CNY
宏达机械有限公司,INV-002,2026-05-03,2026-06-13,250.50,CNY
远景五金有限公司,INV-003,2026-05-04,2026-06-04,99.50,CNY
李建国,INV-004,2026-05-05,2026-06-05,300.00,CNY
"""
PDF = b"%PDF-1.7 signed by both"


def import_ledger(actor: Actor, text: str = LEDGER, creditor: str | None = None) -> dict[str, UUID]:
    """Items by document number; the creditor is the site itself unless named."""
    found = ledger.import_file(
        actor=actor, name="应收.csv", source=text.encode(), options=ImportOptions(creditor=creditor)
    )
    assert not is_problem(found), found
    return items(actor)


def items(actor: Actor) -> dict[str, UUID]:
    with site_scope(actor.own_site):
        rows = Item.objects.filter(withdrawn_rev=None).values_list("document_number", "id")
        return dict(rows)


def creditor_of(actor: Actor, item_id: UUID) -> UUID:
    with site_scope(actor.own_site):
        return Item.objects.get(pk=item_id).creditor_id


def terms(**changed: object) -> Terms:
    told: dict[str, object] = {
        "scope": "函告、协商、代拟文书。",
        "starts_on": clock.today(),
        "mandate": Mandate(Decimal("0.1"), 6, True),
        "fee": FeeTerms(rate=Decimal("0.05")),
    }
    return Terms(**(told | changed))  # type: ignore[arg-type]


def opened(actor: Actor, item_ids: Sequence[UUID], **changed: object) -> Placement:
    made = services.open_placement(
        actor=actor, creditor_id=creditor_of(actor, item_ids[0]), item_ids=item_ids, terms=terms(**changed)
    )
    assert not is_problem(made), made
    return made


def signed(actor: Actor, item_ids: Sequence[UUID], **changed: object) -> Placement:
    made = services.sign_placement(
        actor=actor,
        placement=opened(actor, item_ids, **changed),
        name="委托协议.pdf",
        data=PDF,
        signed_on=date(2026, 1, 5),
    )
    assert not is_problem(made), made
    checked = services.decide_conflicts(
        actor=actor, placement=made, is_accepted=True, reason="已书面告知双方"
    )
    assert not is_problem(checked), checked
    return made


def active(actor: Actor, item_ids: Sequence[UUID], **changed: object) -> Placement:
    made = services.activate_placement(actor=actor, placement=signed(actor, item_ids, **changed))
    assert not is_problem(made), made
    return made
