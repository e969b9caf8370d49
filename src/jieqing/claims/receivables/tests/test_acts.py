"""Acts at the service: four eyes, conservation, the way back, and any order of entering equals the replay."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from jieqing.claims.receivables.engine import appropriation_replay as replaying
from jieqing.claims.receivables.engine.acts import ActKind
from jieqing.claims.receivables.engine.appropriation_facts import Fact, FactKind
from jieqing.claims.receivables.models import LedgerAct
from jieqing.claims.receivables.selectors import item_detail
from jieqing.claims.receivables.services.acts import (
    ActOrder,
    act_on_item,
    approve_act,
    refuse_act,
    take_back_act,
)
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import Problem, is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope

DAY = date(2026, 6, 30)
ROWS = (
    ("C1", "A-1", "2026-01-10", "2026-02-10", "1000.00", "", ""),
    ("C1", "A-2", "2026-03-10", "2026-04-10", "500.00", "", ""),
    ("C1", "P-1", "2026-02-01", "", "-600.00", "", ""),
    ("C2", "B-1", "2026-01-10", "2026-02-10", "70.00", "", ""),
)


@pytest.fixture
def books(db: None) -> Iterator[Books]:
    with clock.frozen(datetime(2026, 6, 30, 4, tzinfo=UTC)):
        books = open_books()
        books.imported(csv_of(ROWS))
        yield books
        assert books.findings() == []


def second(books: Books) -> Actor:
    return system_actor(books.site_id, "second")


def ordered(kind: ActKind, minor: int, on: date = DAY, credit: object = None, **more: object) -> ActOrder:
    return ActOrder(kind, minor, on, "测试", credit, **more)  # type: ignore[arg-type]


def act(books: Books, number: str, order: ActOrder) -> LedgerAct | Problem:
    return act_on_item(actor=books.actor, item=books.items()[number], order=order)


def code(found: object) -> str:
    assert is_problem(found), found
    return found.code


def opens(books: Books, as_of: date = DAY) -> dict[str, int]:
    items = books.items()
    with site_scope(books.site_id):
        assert items
        return {number: item_detail(item, as_of=as_of).open_minor for number, item in items.items()}


def written_off(books: Books, number: str, minor: int, on: date = DAY) -> LedgerAct:
    asked = unwrap(act(books, number, ordered(ActKind.WRITE_OFF, minor, on)))
    return unwrap(approve_act(actor=second(books), act=asked))


def test_a_write_off_waits_for_a_second_person_and_can_be_taken_back(books: Books) -> None:
    before = books.report(DAY)
    asked = unwrap(act(books, "A-1", ordered(ActKind.WRITE_OFF, 400_00)))
    assert opens(books)["A-1"] == 1000_00
    assert code(approve_act(actor=books.actor, act=asked)) == "act.four_eyes"
    done = unwrap(approve_act(actor=second(books), act=asked))
    assert (done.revision, opens(books)["A-1"]) == (2, 600_00)
    assert code(approve_act(actor=second(books), act=asked)) == "act.not_waiting"
    assert code(take_back_act(actor=books.actor, act=done, reason=" ")) == "act.reason_missing"
    back = unwrap(take_back_act(actor=books.actor, act=done, reason="写错了"))
    assert (back.back_revision, books.report(DAY)) == (3, before)
    assert code(take_back_act(actor=books.actor, act=done, reason="again")) == "act.not_waiting"


def test_a_refused_write_off_posts_nothing(books: Books) -> None:
    asked = unwrap(act(books, "A-1", ordered(ActKind.WRITE_OFF, 400_00)))
    unwrap(refuse_act(actor=second(books), act=asked, reason="仍可收回"))
    assert opens(books)["A-1"] == 1000_00
    assert code(act(books, "A-1", ordered(ActKind.WRITE_OFF, 1000_01))) == "act.beyond_open"


def test_an_approval_asks_again_what_is_open(books: Books) -> None:
    asked = unwrap(act(books, "A-1", ordered(ActKind.WRITE_OFF, 600_00)))
    credit = books.items()["P-1"]
    unwrap(act(books, "A-1", ordered(ActKind.APPLICATION, 500_00, credit=credit)))
    assert code(approve_act(actor=second(books), act=asked)) == "act.beyond_open"


def test_a_credit_is_applied_without_making_money(books: Books) -> None:
    total = books.open_amount(DAY)
    credit = books.items()["P-1"]
    done = unwrap(act(books, "A-1", ordered(ActKind.APPLICATION, 450_00, credit=credit)))
    assert opens(books) == {"A-1": 550_00, "A-2": 500_00, "P-1": -150_00, "B-1": 70_00}
    assert books.open_amount(DAY) == total
    assert code(act(books, "A-2", ordered(ActKind.APPLICATION, 150_01, credit=credit))) == "act.beyond_credit"
    assert code(act(books, "B-1", ordered(ActKind.APPLICATION, 1, credit=credit))) == "act.not_a_credit"
    early = ordered(ActKind.APPLICATION, 1, date(2026, 1, 20), credit)
    assert code(act(books, "A-1", early)) == "act.beyond_credit", "the credit came later"
    unwrap(take_back_act(actor=books.actor, act=done, reason="选错了单据"))
    assert opens(books)["P-1"] == -600_00


def test_a_back_dated_act_cannot_take_what_a_later_one_took(books: Books) -> None:
    written_off(books, "A-1", 900_00, date(2026, 5, 1))
    early = ordered(ActKind.SET_OFF, 200_00, date(2026, 3, 1), reference="DX-1", notice_on=date(2026, 3, 1))
    assert code(act(books, "A-1", early)) == "act.beyond_open"


def test_a_set_off_rests_on_a_document_and_a_notice(books: Books) -> None:
    assert code(act(books, "A-1", ordered(ActKind.SET_OFF, 100_00))) == "act.notice_missing"
    late = ordered(ActKind.SET_OFF, 100_00, date(2026, 5, 1), reference="DX-1", notice_on=date(2026, 5, 2))
    assert code(act(books, "A-1", late)) == "act.notice_missing", "no effect before the notice"
    good = ordered(ActKind.SET_OFF, 100_00, reference="DX-1", notice_on=date(2026, 5, 2))
    unwrap(act(books, "A-1", good))
    assert opens(books)["A-1"] == 900_00


def test_any_order_of_entering_ends_as_the_replay_does(books: Books) -> None:
    """Four facts in all their orders; what another must come before is entered again once that stands."""
    d = [date(2026, month, 15) for month in range(1, 7)]
    facts = [
        ("A-1", ordered(ActKind.WRITE_OFF, 300_00, d[1])),
        ("A-1", ordered(ActKind.APPLICATION, 450_00, d[3], books.items()["P-1"])),
        ("A-2", ordered(ActKind.APPLICATION, 150_00, d[4], books.items()["P-1"])),
        ("A-2", ordered(ActKind.SET_OFF, 350_00, d[5] - timedelta(days=1), reference="D", notice_on=d[4])),
    ]
    said = [
        Fact("A-1", FactKind.DOCUMENT, date(2026, 1, 10), 1000_00),
        Fact("A-2", FactKind.DOCUMENT, date(2026, 3, 10), 500_00),
    ]
    for index, (number, order) in enumerate(facts):
        kind = FactKind.WRITE_OFF if order.kind is ActKind.WRITE_OFF else FactKind.CREDIT
        said.append(Fact(f"f{index}", kind, order.effective_on, order.amount_minor, number))
    for ordering in list(permutations(range(4)))[::5]:
        done = []
        for index in ordering:
            number, order = facts[index]
            if order.kind is ActKind.WRITE_OFF:
                done.append(written_off(books, number, order.amount_minor, order.effective_on))
            else:
                done.append(unwrap(act(books, number, order)))
        for day in (*d, DAY):
            known = unwrap(replaying.replay([fact for fact in said if fact.on <= day]))
            found = opens(books, day)
            assert {key: found[key] for key in known.open_minor} == known.open_minor, (ordering, day)
            assert books.open_amount(day) == sum(found.values()), "ageing equals the ledger"
        for one in done:
            unwrap(take_back_act(actor=books.actor, act=one, reason="再来一次"))
