"""Small ledgers for the tests of cases, and the way from a document's number to its item."""

from datetime import date
from uuid import UUID

from jieqing.claims.receipts import services as bank
from jieqing.claims.receipts.models import BankLine
from jieqing.claims.receipts.services.matching import Choice
from jieqing.claims.receipts.tests.bank_files import Row, icbc
from jieqing.claims.receivables import services as ledger
from jieqing.claims.receivables.models import Item
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.models import Case
from jieqing.recovery.intake.tests.asking import declare_standing

HEAD = "客户名称,单据号,开票日期,到期日,金额,币种\n"
BOOKS = (
    HEAD
    + """宏达机械有限公司,INV-001,2026-05-01,2026-06-01,10000.00,CNY
宏达机械有限公司,INV-002,2026-07-03,2026-08-13,250.50,CNY
远景五金有限公司,INV-003,2026-05-04,2026-06-04,99.50,CNY
远景五金有限公司,INV-004,2026-05-05,2027-06-05,300.00,CNY
北方贸易有限公司,INV-005,2026-05-06,2026-06-06,77.00,CNY
"""
)


def import_books(actor: Actor, text: str = BOOKS, name: str = "应收.csv") -> UUID:
    found = ledger.import_file(actor=actor, name=name, source=text.encode())
    assert not is_problem(found), found
    declare_standing(actor)
    return found.batch_id


def ids_of(actor: Actor, *numbers: str) -> list[UUID]:
    with site_scope(actor.own_site):
        rows = dict(Item.objects.filter(withdrawn_rev=None).values_list("document_number", "id"))
    return [rows[number] for number in numbers]


def opened(actor: Actor, *numbers: str, **more: object) -> Case:
    case = services.open_case(actor=actor, item_ids=ids_of(actor, *numbers), **more)  # type: ignore[arg-type]
    assert not is_problem(case), case
    return case


def fresh(case: Case) -> Case:
    with site_scope(case.site_id):
        return Case.objects.get(id=case.id)


def pay(
    actor: Actor, number: str, minor: int, on: date = date(2026, 10, 1), name: str = "流水.csv"
) -> BankLine:
    """Money seen on a bank statement and matched to one document."""
    row = Row(on.isoformat(), f"{minor / 100:.2f}", "某付款人", f"货款 {name}", time="10:00:00")
    entered = bank.enter_file(
        actor=actor, name=name, source=icbc([row], opening=1_000_000 + hash(name) % 9_000)
    )
    assert entered.problem is None, entered.problem
    with site_scope(actor.own_site):
        line = BankLine.objects.select_related("account", "statement").order_by("-id")[0]
    done = bank.approve(actor=actor, line=line, choice=Choice(parts=((ids_of(actor, number)[0], minor),)))
    assert not is_problem(done), done
    return line
