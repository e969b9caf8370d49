"""E-invoices through the one import there is: entered once, compared with what the books say, linked, undone."""

import pytest
from tests.cast import Cast

from jieqing.claims.parties.models import PartyIdentifier
from jieqing.claims.receivables import services
from jieqing.claims.receivables.models import EInvoice, Item, StagedRow
from jieqing.claims.receivables.selectors.integrity import ledger_findings
from jieqing.claims.receivables.services.invoice_records import invoice_file
from jieqing.claims.receivables.services.results import ImportOptions, ImportResult
from jieqing.claims.receivables.tests import invoice_files as files
from jieqing.claims.receivables.tests.import_walk import Walk
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope

NUMBER = "26322000000012345678"
AS_SELLER = ImportOptions(creditor=files.SELLER)
BOOKS = f"""客户编码,客户名称,发票号,开票日期,到期日,金额,币种
C001,{files.BUYER},{NUMBER},2026-05-08,2026-06-30,11300.00,CNY
C002,李氏包装,26322000000088888888,2026-05-09,2026-06-30,500.00,CNY
"""


@pytest.fixture
def actor(cast: Cast) -> Actor:
    return cast.actor("owner")


def entered(
    actor: Actor, data: bytes | str, name: str = "发票.zip", options: ImportOptions = AS_SELLER
) -> ImportResult:
    body = data.encode() if isinstance(data, str) else data
    found = services.import_file(actor=actor, name=name, source=body, options=options)
    assert not is_problem(found), found
    return found


def live(actor: Actor) -> list[Item]:
    with site_scope(actor.own_site):
        return list(
            Item.objects.filter(withdrawn_rev=None).select_related("debtor").order_by("document_number")
        )


def waiting(actor: Actor) -> list[StagedRow]:
    with site_scope(actor.own_site):
        return list(StagedRow.objects.filter(state="open").order_by("line"))


def test_an_invoice_enters_once_with_its_own_file(actor: Actor) -> None:
    pack = files.zipped({"a/x.xml": files.digital(), "b.xml": files.UBL})
    first, again = entered(actor, pack), entered(actor, files.digital(), "x.xml")
    assert (first.accepted, first.staged) == (2, 0)
    assert (again.accepted, again.duplicates, again.updated, again.revision) == (0, 1, 0, None)
    with site_scope(actor.own_site):
        kept = EInvoice.objects.get(number=NUMBER)
        assert invoice_file(actor.own_site, kept) == files.digital()
    assert (kept.net_minor, kept.tax_minor, kept.file_name) == (1_000_000, 130_000, "x.xml")


def test_an_invoice_that_the_books_hold_under_a_customer_code_is_known_and_keeps_its_due_date(
    actor: Actor,
) -> None:
    entered(actor, BOOKS, "应收.csv")
    found = entered(actor, files.digital(), "x.xml")
    assert (found.accepted, found.duplicates) == (0, 1)
    [item] = [one for one in live(actor) if one.document_number == NUMBER]
    assert (str(item.due_on), item.debtor.code) == ("2026-06-30", "C001")


def test_an_export_that_comes_after_its_invoices_meets_them_and_makes_no_second_item(actor: Actor) -> None:
    """The other order: the export brings due day and customer to the same item; again and again nothing changes."""
    entered(actor, files.digital(), "x.xml")
    [before] = live(actor)
    export = entered(actor, BOOKS, "应收.csv")
    assert (export.accepted, export.updated, export.staged) == (1, 1, 0)
    [item] = [one for one in live(actor) if one.document_number == NUMBER]
    assert (item.id, str(item.due_on), item.debtor.code) == (before.id, "2026-06-30", "C001")
    with site_scope(actor.own_site):
        assert EInvoice.objects.get(number=NUMBER).item_id == item.id
        assert ledger_findings() == []
    again = entered(actor, BOOKS + "\n", "应收再导.csv")
    assert (again.accepted, again.updated, again.duplicates, again.revision) == (0, 0, 2, None)
    invoice = entered(actor, files.digital(), "y.xml")
    assert (invoice.accepted, invoice.updated, invoice.duplicates) == (0, 0, 1)
    assert len(live(actor)) == 2


def test_an_export_that_says_otherwise_waits_and_undoing_it_gives_the_invoice_back(actor: Actor) -> None:
    entered(actor, files.digital(), "x.xml")
    other = entered(actor, BOOKS.replace("11300.00", "12000.00"), "错.csv")
    assert (other.accepted, other.updated, other.staged) == (1, 0, 1)
    [row] = waiting(actor)
    assert row.problem_code == "row.invoice.differs"
    assert "11300.00" in row.problems[0]["text"]["zh"] and "12000.00" in row.problems[0]["text"]["en"]
    with site_scope(actor.own_site):
        row = StagedRow.objects.select_related("batch").get(id=row.id)
        cells = [cell.replace("12000.00", "11300.00") for cell in row.cells]
        assert services.fix_staged_row(actor=actor, row=row, cells=cells).state == "fixed"
        done = services.rerun_staged(actor=actor, batch=row.batch)
        assert (done.accepted, done.updated) in ((0, 1), (1, 1)) and len(live(actor)) == 2
        undone = services.undo_batch(actor=actor, batch=row.batch, reason="测试")
        assert not is_problem(undone), undone
    [item] = live(actor)
    assert (item.document_number, item.due_on, item.amount_minor) == (NUMBER, None, 1_130_000)


def test_two_lines_for_one_invoice_are_not_both_entered(actor: Actor) -> None:
    entered(actor, files.digital(), "x.xml")
    line = f"C009,{files.BUYER},{NUMBER},2026-05-08,2026-06-30,11300.00,CNY\n"
    found = entered(actor, BOOKS + line, "应收.csv")
    assert (found.updated, found.staged) == (1, 1)
    assert len([one for one in live(actor) if one.document_number == NUMBER]) == 1


def test_the_buyers_tax_number_becomes_the_partys_credit_code(actor: Actor) -> None:
    """A number with a wrong check character is left out, never corrected."""
    entered(actor, files.digital().replace(files.BUYER_ID.encode(), b"91350100M000100Y43"), "x.xml")
    entered(actor, files.digital("26322000000012345670"), "y.xml")
    item = live(actor)[0]
    with site_scope(actor.own_site):
        assert [one.kind for one in PartyIdentifier.objects.filter(party=item.debtor_id)] == ["credit_code"]


def test_a_difference_waits_with_both_sides_in_words_and_overwrites_nothing(actor: Actor) -> None:
    entered(actor, BOOKS, "应收.csv")
    other = files.digital(net="11000.00", tax="1430.00", total="12430.00", day="2026-05-10", buyer="远景五金")
    found = entered(actor, other, "x.xml")
    assert (found.accepted, found.updated, found.staged) == (0, 0, 1)
    [row] = waiting(actor)
    text = row.problems[0]["text"]
    for word in ("11300.00", "12430.00", "2026-05-08", "2026-05-10", files.BUYER, "远景五金"):
        assert word in text["zh"], text["zh"]
    assert "in the ledger" in text["en"] and "账本" not in text["en"]
    [item] = [one for one in live(actor) if one.document_number == NUMBER]
    assert item.amount_minor == 1_130_000


def test_a_waiting_invoice_enters_when_it_is_corrected_and_not_before(actor: Actor) -> None:
    entered(actor, BOOKS, "应收.csv")
    entered(actor, files.digital(total="12430.00", net="11000.00", tax="1430.00"), "x.xml")
    [row] = waiting(actor)
    with site_scope(actor.own_site):
        row = StagedRow.objects.select_related("batch").get(id=row.id)
        assert services.rerun_staged(actor=actor, batch=row.batch).accepted == 0
        same = services.fix_staged_row(actor=actor, row=row, cells=row.cells)
        assert same.problem_code == "row.invoice.differs"
        cells = ["26322000000012345679", *row.cells[1:]]
        assert services.fix_staged_row(actor=actor, row=row, cells=cells).state == "fixed"
        broken = [*cells[:4], "1.00", *cells[5:]]
        assert services.fix_staged_row(actor=actor, row=row, cells=broken).problem_code == "row.invoice.sum"
        services.fix_staged_row(actor=actor, row=row, cells=cells)
        assert services.rerun_staged(actor=actor, batch=row.batch).accepted == 1
        assert EInvoice.objects.filter(number="26322000000012345679").exists()


def test_a_red_invoice_is_a_credit_note_linked_to_the_blue_one(actor: Actor) -> None:
    red = files.digital(
        "26322000000099999999", net="-10000.00", tax="-1300.00", total="-11300.00", original=NUMBER
    )
    found = entered(actor, files.zipped({"a.xml": files.digital(), "b.xml": red}))
    assert found.accepted == 2
    with site_scope(actor.own_site):
        linked = EInvoice.objects.get(original_number=NUMBER)
        note = Item.objects.get(id=linked.item_id)
    assert (note.kind, note.amount_minor) == (2, -1_130_000)


def test_an_invoice_issued_to_the_creditor_is_no_receivable(actor: Actor) -> None:
    found = entered(actor, files.digital(seller="钢材供应商", buyer=files.SELLER), "x.xml")
    assert (found.accepted, found.staged) == (0, 1)
    assert waiting(actor)[0].problem_code == "row.invoice.purchase"


def test_another_seller_is_a_warning(actor: Actor) -> None:
    found = entered(actor, files.digital(seller="另一家公司"), "x.xml")
    assert found.accepted == 1
    assert [notice["code"] for notice in found.notices] == ["ledger.other_seller"]
    assert entered(actor, files.digital("26322000000012345670"), "y.xml").notices == ()


def test_a_bad_invoice_of_a_pack_waits_and_the_pack_is_undone_whole(actor: Actor) -> None:
    pack = files.zipped(
        {"a.xml": files.digital(), "b.xml": files.digital("1", total="1.00"), "c.xml": files.XXE}
    )
    found = entered(actor, pack)
    assert (found.accepted, found.staged) == (1, 2)
    assert {row.problem_code for row in waiting(actor)} == {"row.invoice.sum", "row.invoice.unsafe"}
    with site_scope(actor.own_site):
        batch = StagedRow.objects.first().batch
        assert not is_problem(services.undo_batch(actor=actor, batch=batch, reason="测试"))
    assert live(actor) == []
    assert entered(actor, files.digital(), "x.xml").accepted == 1


def test_a_preview_says_what_the_commit_does(actor: Actor) -> None:
    entered(actor, BOOKS, "应收.csv")
    pack = files.zipped({
        "a.xml": files.digital(),
        "b.xml": files.digital("26322000000012345670"),
        "c.xml": files.digital("26322000000088888888", buyer="李氏包装"),
    })  # fmt: skip
    seen = services.preview_file(actor=actor, name="x.zip", source=pack, options=AS_SELLER)
    assert not is_problem(seen)
    done = entered(actor, pack)
    assert (seen.accepted, seen.duplicates, seen.staged) == (1, 1, 1)
    assert (done.accepted, done.duplicates, done.staged) == (1, 1, 1)


def test_the_page_of_an_item_shows_its_invoice_and_offers_the_file(cast: Cast, actor: Actor) -> None:
    red = files.digital("26322000000099999999", net="-1.00", tax="-0.13", total="-1.13", original=NUMBER)
    entered(actor, files.zipped({"a.ofd": files.ofd(files.digital()), "红.xml": red}))
    blue_item, red_item = (
        next(i for i in live(actor) if i.document_number == n) for n in (NUMBER, "26322000000099999999")
    )
    base = f"/s/{cast.site.slug}/ledger/items/"
    blue = cast.clients["owner"].get(f"{base}{blue_item.id}/").content.decode()
    assert "本系统没有验证" in blue and "26322000000099999999" in blue
    page = cast.clients["owner"].get(f"{base}{red_item.id}/").content.decode()
    assert f"{base}{blue_item.id}/" in page and "不带签章" in page
    sent = cast.clients["owner"].get(f"{base}{red_item.id}/invoice/")
    assert sent.content == red and "attachment" in sent["Content-Disposition"]
    assert cast.clients["stranger"].get(f"{base}{red_item.id}/invoice/").status_code in (403, 404)


def test_the_wizard_takes_a_pack_of_invoices(cast: Cast) -> None:
    walk = Walk(cast)
    opened = walk.upload(files.zipped({"a.xml": files.digital(), "b.xml": files.XXE}), "发票.zip")
    assert opened.status_code == 302, opened.content.decode()
    check = walk.columns(opened["Location"])["Location"]
    page = walk.client.get(check).content.decode()
    assert "XML 含有 DOCTYPE" in page and "名称不同" in page
    assert walk.commit(check).status_code == 302
    assert (walk.items(), len(walk.staged())) == (1, 1)
    assert walk.upload(files.XXE, "x.xml").status_code == 422
