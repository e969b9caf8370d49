"""Suggestions: the right documents for the right reasons, in a fixed order, and no fen more or less. No database."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.claims.receipts.engine.matching import appropriate, suggest
from jieqing.claims.receipts.engine.open_book import Book, Incoming, OpenItem, Suggestion
from jieqing.claims.receipts.engine.payer_names import NameFit, fit
from jieqing.claims.receipts.engine.reference_texts import numbers_in, plain_number
from jieqing.claims.receipts.engine.subset_sums import subset_of

HONGDA, YUANJING = UUID(int=1), UUID(int=2)
NAMES = {HONGDA: "宏达机械有限公司", YUANJING: "远景五金有限公司"}


def item(number: int, minor: int, debtor: UUID = HONGDA, *, due: int = 1, currency: str = "CNY") -> OpenItem:
    day = date(2026, 1, due)
    return OpenItem(
        UUID(int=100 + number), debtor, NAMES[debtor], f"INV-{number:03d}", currency, minor, day, day
    )


def line(
    minor: int, name: str = "宏达机械有限公司", text: str = "货款", account: str = "", number: int = 1
) -> Incoming:
    return Incoming(UUID(int=1000 + number), minor, "CNY", name, account, text)


def best(
    one: Incoming, items: list[OpenItem], payers: dict[str, frozenset[UUID]] | None = None
) -> Suggestion:
    return suggest([one], Book(items, payers or {}))[one.line_id][0]


def codes(one: Suggestion) -> set[str]:
    return {code for code, _value in (*one.reasons, *one.flags)}


def test_number_amount_and_name_together_are_certain() -> None:
    found = best(line(10_000, text="支付INV-001货款"), [item(1, 10_000), item(2, 10_000, due=2)])
    assert found.is_certain
    assert codes(found) >= {"reference", "exact", "name"}
    assert [part.item_id for part in found.parts] == [UUID(int=101)]


def test_two_documents_of_one_amount_are_not_certain() -> None:
    found = best(line(10_000), [item(1, 10_000), item(2, 10_000, due=2)])
    assert not found.is_certain


def test_several_documents_are_found_by_their_sum_and_by_their_numbers() -> None:
    items = [item(1, 10_000), item(2, 7_000, due=2), item(3, 500, due=3)]
    assert len(best(line(10_500), items).parts) == 2
    by_number = best(line(17_000, text="INV-001、002"), items)
    assert by_number.is_certain
    assert {part.item_id for part in by_number.parts} == {UUID(int=101), UUID(int=102)}


def test_one_document_is_paid_by_several_lines_one_after_the_other() -> None:
    items = [item(1, 10_000)]
    first = best(line(4_000, text="INV-001"), items)
    assert (first.parts[0].amount_minor, first.rest_minor, first.is_certain) == (4_000, 0, False)


@pytest.mark.parametrize(("short", "flag"), [(50, "rounding"), (-50, "rounding"), (2_500, "fee")])
def test_a_small_difference_is_flagged_and_never_certain(short: int, flag: str) -> None:
    found = best(line(100_000 - short, text="INV-001"), [item(1, 100_000)])
    assert flag in codes(found)
    assert not found.is_certain
    assert sum(part.amount_minor for part in found.parts) + found.rest_minor == 100_000 - short


def test_a_payer_is_known_by_history_whatever_the_name() -> None:
    found = best(
        line(10_000, name="张三", account="6222 01"),
        [item(1, 10_000)],
        {"account:622201": frozenset({HONGDA})},
    )
    assert "history" in codes(found)
    assert found.debtor_id == HONGDA


def test_without_a_fit_the_oldest_due_comes_first_and_the_rest_stays() -> None:
    found = best(line(15_000), [item(2, 9_000, due=9), item(1, 2_000)])
    assert [part.amount_minor for part in found.parts] == [2_000, 9_000]
    assert found.rest_minor == 4_000
    assert not found.is_certain


def test_two_lines_that_want_one_document_are_both_uncertain() -> None:
    items = [item(1, 10_000)]
    lines = [line(10_000, text="INV-001", number=1), line(10_000, text="INV-001", number=2)]
    assert not any(one.is_certain for found in suggest(lines, Book(items)).values() for one in found)


def test_a_stranger_with_an_amount_of_ours_is_only_a_hint() -> None:
    found = best(line(10_000, name="陌生人"), [item(1, 10_000)])
    assert found.score < 60
    assert not found.is_certain


@pytest.mark.parametrize(
    ("payer", "debtor", "how"),
    [
        ("宏达机械（无锡）有限公司", "宏达机械(无锡) 有限公司", NameFit.SAME),
        ("宏达机械公司", "宏达机械有限责任公司", NameFit.CORE),
        ("江南精密机械制造", "江南精密机械制造有限公司", NameFit.CORE),
        ("HONGDA JIXIE CO LTD", "宏达机械有限公司", NameFit.PINYIN),
        ("HONGDA JIXIE YOUXIAN GONGSI", "宏达机械有限公司", NameFit.PINYIN),
        ("宏达", "远景", NameFit.NONE),
        ("", "远景", NameFit.NONE),
    ],
)
def test_names(payer: str, debtor: str, how: NameFit) -> None:
    assert fit(payer, debtor) is how


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("货款INV-001", "INV-001"),
        ("inv 001 货款", "INV-001"),
        ("INV-001/002", "INV-001"),
        ("INV-001、002、003", "INV-003"),
        ("发票24312000000012345678", "24312000000012345678"),
        ("FP2026 0012", "FP-2026-0012"),
    ],
)
def test_numbers_in_texts(text: str, number: str) -> None:
    assert plain_number(number) in numbers_in(text)


AMOUNTS = st.lists(st.integers(1, 5_000), min_size=1, max_size=12)


@given(AMOUNTS, st.integers(1, 40_000))
def test_no_fen_is_lost_or_made(minors: list[int], paid: int) -> None:
    items = [item(at, minor, due=at + 1) for at, minor in enumerate(minors)]
    parts, rest = appropriate(paid, items)
    assert sum(part.amount_minor for part in parts) + rest == paid
    for one in suggest([line(paid)], Book(items))[UUID(int=1001)]:
        assert sum(part.amount_minor for part in one.parts) + one.rest_minor == paid
        for part in one.parts:
            assert 0 < part.amount_minor <= minors[part.item_id.int - 100]


@given(AMOUNTS, st.data())
def test_a_sum_that_exists_is_found_whatever_the_order_of_reading(
    minors: list[int], data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.sampled_from(range(len(minors))), min_size=min(2, len(minors))))
    if len(chosen) < 2:
        return
    wanted = sum(minors[at] for at in chosen)
    found = subset_of(minors, wanted)
    assert found is not None
    assert sum(minors[at] for at in found) == wanted
    assert len(set(found)) == len(found) >= 2
    items = [item(at, minor, due=at + 1) for at, minor in enumerate(minors)]
    mixed = data.draw(st.permutations(items))
    assert suggest([line(wanted)], Book(items)) == suggest([line(wanted)], Book(mixed))


def test_the_search_is_bounded() -> None:
    assert subset_of([2 * n for n in range(1, 400)], 999_999) is None
