"""Small ledger files as text, and a site to import them into: for tests of the services."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jieqing.claims.receivables import selectors, services
from jieqing.claims.receivables.models import ImportBatch, Item
from jieqing.claims.receivables.selectors.integrity import ledger_findings
from jieqing.claims.receivables.services import ImportOptions, ImportResult
from jieqing.estate.sites.services import create_site
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope

HEADER = "客户编码,客户名称,发票号,开票日期,到期日,币种,金额,已收金额,收款日期"
# debtor, number, invoiced, due, amount, paid, paid on
Row = tuple[str, str, str, str, str, str, str]


def csv_of(rows: Iterable[Row], currency: str = "CNY") -> bytes:
    lines = [HEADER]
    for debtor, number, invoiced, due, amount, paid, paid_on in rows:
        lines.append(
            f"{debtor},{debtor}有限公司,{number},{invoiced},{due},{currency},{amount},{paid},{paid_on}"
        )
    return "\n".join(lines).encode()


@dataclass(frozen=True)
class Books:
    """One site's ledger and the short words that tests use for it."""

    actor: Actor

    @property
    def site_id(self) -> UUID:
        assert self.actor.site_id is not None
        return self.actor.site_id

    def imported(self, data: bytes, name: str = "账本.csv") -> ImportResult:
        return unwrap(services.import_file(actor=self.actor, name=name, source=data, options=ImportOptions()))

    def batch(self, result: ImportResult) -> ImportBatch:
        with site_scope(self.site_id):
            return ImportBatch.objects.get(id=result.batch_id)

    def undo(self, result: ImportResult) -> services.UndoResult | Problem:
        return services.undo_batch(actor=self.actor, batch=self.batch(result), reason="测试")

    def undone(self, result: ImportResult) -> services.UndoResult:
        return unwrap(self.undo(result))

    def refused(self, result: ImportResult) -> str:
        found = self.undo(result)
        assert is_problem(found)
        return found.code

    def report(self, as_of: date, **more: object) -> list[bytes]:
        with site_scope(self.site_id):
            return [report.canonical() for report in selectors.ageing(as_of=as_of, **more)]  # type: ignore[arg-type]

    def open_amount(self, as_of: date) -> int:
        with site_scope(self.site_id):
            return sum(report.total_minor for report in selectors.ageing(as_of=as_of))

    def items(self) -> dict[str, Item]:
        with site_scope(self.site_id):
            return {item.document_number: item for item in Item.objects.filter(withdrawn_rev=None)}

    def findings(self) -> list[str]:
        with site_scope(self.site_id):
            return ledger_findings()


def open_books() -> Books:
    slug = f"books-{new_id().hex[-10:]}"
    site = unwrap(
        create_site(actor=system_actor(None, "test"), slug=slug, kind="in_house", name="江南轴承", live=True)
    )
    return Books(system_actor(site.id, "test"))
