"""Contact columns of a ledger become contact points of its debtors, once, masked; an undone import takes them back."""

import pytest
from tests.cast import Cast

from jieqing.claims.parties.engine.contact_points import BelongsTo, PointKind
from jieqing.claims.parties.models import ContactPoint, Party, PartyIdentifier
from jieqing.claims.parties.selectors import contact_points_of
from jieqing.claims.receivables import services
from jieqing.claims.receivables.engine.proposing import propose
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.models import ImportBatch, Item
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope

HEADER = (
    "客户编码,客户名称,统一社会信用代码,联系人,联系电话,手机,邮箱,地址,单据号,开票日期,到期日,金额,币种\n"
)
ROWS = (
    "K1,无锡市明达机械有限公司,91350100M000100Y43,王小明,0510-85001234,138 1234 5678,ming@example.com,江苏省无锡市滨湖区1号,"
    "FP-1,2026-01-10,2026-02-10,1000.00,CNY\n"
    "K1,无锡市明达机械有限公司,91350100M000100Y43,王小明,0510-85001234,13812345678,ming@example.com,江苏省无锡市滨湖区1号,"
    "FP-2,2026-01-11,2026-02-11,1000.00,CNY\n"
    "K2,李明,错,王芳,无,13900001111/13900002222,,,FP-3,2026-01-12,2026-02-12,500.00,CNY\n"
)


def bring(cast: Cast, text: str = HEADER + ROWS, name: str = "应收.csv"):
    done = services.import_file(actor=cast.actor("owner"), name=name, source=text.encode())
    assert not is_problem(done), done
    return done


def points_of(code: str) -> dict:
    party = Party.objects.get(code=code)
    return {view.shown: view for view in contact_points_of([party.id])[party.id]}


def test_the_columns_are_proposed_for_what_they_are() -> None:
    read = read_file((HEADER + ROWS).encode(), "应收.csv")
    assert not is_problem(read)
    proposal = propose(read)
    assert not is_problem(proposal)
    fields = {column.header: column.field for column in proposal.layout.columns}
    assert fields["客户编码"] == "debtor_code"
    assert {
        name: fields[name] for name in ("统一社会信用代码", "联系人", "联系电话", "手机", "邮箱", "地址")
    } == {
        "统一社会信用代码": "credit_code",
        "联系人": "contact_person",
        "联系电话": "contact_phone",
        "手机": "contact_mobile",
        "邮箱": "contact_email",
        "地址": "contact_address",
    }


def test_points_are_those_of_the_rows_and_each_once(cast: Cast) -> None:
    done = bring(cast)
    assert (done.accepted, done.staged) == (3, 0)
    with site_scope(cast.site.id):
        company, person = points_of("K1"), points_of("K2")
        assert set(company) == {"0510****1234", "138****5678", "m***@example.com", "江苏省无锡市滨湖区****"}
        assert {view.belongs_to for view in company.values()} == {BelongsTo.DEBTOR}
        assert company["138****5678"].holder == "王**"
        assert company["江苏省无锡市滨湖区****"].holder == ""
        assert set(person) == {"139****1111", "139****2222"}
        assert {(view.kind, view.belongs_to) for view in person.values()} == {
            (PointKind.MOBILE, BelongsTo.CONTACT_PERSON)
        }
        assert PartyIdentifier.objects.get().party_id == Party.objects.get(code="K1").id
        batch = ImportBatch.objects.get()
        assert (batch.counts["contact_points"], batch.counts["contacts_unread"]) == (7, 2)
        assert {point.entry_id for point in ContactPoint.objects.all()} == {
            PartyIdentifier.objects.get().entry_id
        }


def test_the_same_file_again_and_the_next_month_add_only_what_is_new(cast: Cast) -> None:
    bring(cast)
    bring(cast)
    bring(
        cast,
        HEADER
        + "K1,无锡市明达机械有限公司,,王小明,0510-85009999,13812345678,,,FP-9,2026-03-10,2026-04-10,1.00,CNY\n",
    )
    with site_scope(cast.site.id):
        assert set(points_of("K1")) == {
            "0510****1234",
            "0510****9999",
            "138****5678",
            "m***@example.com",
            "江苏省无锡市滨湖区****",
        }
        assert ContactPoint.objects.count() == 7


def test_undoing_takes_back_what_nobody_spoke_of(cast: Cast) -> None:
    from jieqing.claims.parties.services import confirm_point

    bring(cast)
    with site_scope(cast.site.id):
        batch = ImportBatch.objects.get()
        kept = ContactPoint.objects.filter(kind="email").get()
        confirm_point(actor=cast.actor("owner"), point=kept)
    undone = services.undo_batch(actor=cast.actor("owner"), batch=batch, reason="错表")
    assert not is_problem(undone)
    with site_scope(cast.site.id):
        assert set(points_of("K1")) == {"m***@example.com"}
        assert points_of("K2") == {}
    bring(cast, HEADER + ROWS + "K2,李明,,,,,,,FP-5,2026-01-12,2026-02-12,500.00,CNY\n", "应收-2.csv")
    with site_scope(cast.site.id):
        assert len(points_of("K1")) == 4
        assert len(points_of("K2")) == 2


def test_a_row_that_waited_brings_its_contacts_when_it_enters(cast: Cast) -> None:
    bring(
        cast,
        HEADER
        + "K1,无锡市明达机械有限公司,,,,13812345678,,,FP-1,2026-01-10,2026-02-10,1.00,CNY\n"
        + "K3,南通市恒丰贸易有限公司,,,,13812345670,,,FP-3,2026-01-12,不详,500.00,CNY\n",
    )
    with site_scope(cast.site.id):
        batch = ImportBatch.objects.get()
        row = batch.staged_rows.get() if hasattr(batch, "staged_rows") else batch.stagedrow_set.get()
    cells = [*row.cells[:10], "2026-02-12", *row.cells[11:]]
    services.fix_staged_row(actor=cast.actor("owner"), row=row, cells=cells)
    ran = services.rerun_staged(actor=cast.actor("owner"), batch=batch)
    assert not is_problem(ran)
    with site_scope(cast.site.id):
        assert set(points_of("K3")) == {"138****5670"}


def test_a_ledger_without_such_columns_says_nothing_of_contacts(cast: Cast) -> None:
    bring(cast, "客户名称,单据号,开票日期,到期日,金额,币种\n甲公司,FP-1,2026-01-10,2026-02-10,1.00,CNY\n")
    with site_scope(cast.site.id):
        assert "contact_points" not in ImportBatch.objects.get().counts
        assert not ContactPoint.objects.exists()


@pytest.mark.parametrize("lines", [400])
def test_many_debtors_cost_a_few_statements(cast: Cast, lines: int) -> None:
    text = "".join(
        f"C{line},苏州第{line}轴承有限公司,,王小明,,1390000{line:04d},,,DOC-{line},2026-01-10,2026-02-10,1.00,CNY\n"
        for line in range(lines)
    )
    bring(cast, HEADER + text)
    with site_scope(cast.site.id):
        assert ContactPoint.objects.count() == lines
        assert Item.objects.count() == lines
