"""Conversion: exact, named, never silent; the total stands beside the figures of each currency."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from jieqing.claims.exchange import selectors, services
from jieqing.claims.exchange.engine.converting import PinnedRate, Total, convert, total_in
from jieqing.claims.receivables.tests.hand_ledger import HandLedger
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope

DAY, NOW = date(2026, 6, 30), datetime(2026, 7, 2, 4, tzinfo=UTC)
SOURCE = "人民银行中间价"


@pytest.fixture
def books(db: None) -> Iterator[Books]:
    with clock.frozen(NOW):
        books = open_books()
        books.imported(csv_of([("甲", "A-1", "2026-05-01", "2026-06-10", "1000.00", "", "")]))
        books.imported(
            csv_of([("乙", "B-1", "2026-05-01", "2026-06-10", "100.00", "", "")], "USD"), "usd.csv"
        )
        yield books


def total(books: Books, as_of: date = DAY, known_at: datetime | None = None) -> Total:
    with site_scope(books.site_id):
        return unwrap(selectors.portfolio_total(as_of=as_of, known_at=known_at))


def entered(books: Books, rate: str, on: date = DAY, pair: str = "USD/CNY") -> None:
    base, quote = pair.split("/")
    unwrap(
        services.enter_rate(
            actor=books.actor, base=base, quote=quote, on=on, rate=Decimal(rate), source=SOURCE
        )
    )


def test_without_a_currency_or_a_rate_there_is_a_sentence_and_no_total(books: Books) -> None:
    with site_scope(books.site_id):
        unset = selectors.portfolio_total(as_of=DAY)
    assert is_problem(unset) and unset.code == "exchange.no_currency"
    unwrap(services.set_reporting_currency(actor=books.actor, currency="cny"))
    entered(books, "0.1397", pair="CNY/USD")
    found = total(books)
    assert (found.total_minor, found.missing) == (None, ("USD",)), "the inverse is nobody's rate"
    assert found.problem is not None and "USD/CNY" in found.problem.text("zh")
    assert [(one.currency, one.amount_minor) for one in found.parts] == [("CNY", 1000_00), ("USD", 100_00)]


def test_the_last_rate_by_the_day_is_used_and_named(books: Books) -> None:
    unwrap(services.set_reporting_currency(actor=books.actor, currency="CNY"))
    entered(books, "7.1", DAY - timedelta(days=10))
    entered(books, "7.9", DAY + timedelta(days=1))
    found = total(books)
    assert found.total_minor == 1000_00 + 710_00
    rate = found.parts[1].rate
    assert rate is not None and (rate.on, rate.source) == (DAY - timedelta(days=10), SOURCE)
    assert selectors.told_total(found)["parts"][1]["rate_on"] == "2026-06-20"


def test_a_correction_is_another_row_and_the_earlier_report_comes_back(books: Books) -> None:
    unwrap(services.set_reporting_currency(actor=books.actor, currency="CNY"))
    entered(books, "7.1")
    with clock.frozen(NOW + timedelta(hours=1)):
        entered(books, "7.2")
        assert total(books).total_minor == 1000_00 + 720_00
        assert total(books, known_at=NOW).total_minor == 1000_00 + 710_00
    with site_scope(books.site_id):
        assert len(selectors.rates()) == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"base": "CNY"}, "exchange.same_currency"),
        ({"rate": Decimal(0)}, "exchange.rate_unsound"),
        ({"rate": Decimal("-7.1")}, "exchange.rate_unsound"),
        ({"rate": Decimal("NaN")}, "exchange.rate_unsound"),
        ({"rate": Decimal("1e9")}, "exchange.rate_unsound"),
        ({"rate": Decimal("0.00000000001")}, "exchange.rate_unsound"),
        ({"source": " "}, "exchange.source_missing"),
        ({"on": date(2026, 7, 3)}, "exchange.day_to_come"),
        ({"base": "ABC"}, "money.unknown_currency"),
    ],
)
def test_what_is_no_rate_is_refused(books: Books, change: dict[str, object], code: str) -> None:
    sound = {"base": "USD", "quote": "CNY", "on": DAY, "rate": Decimal("7.1"), "source": SOURCE}
    found = services.enter_rate(actor=books.actor, **{**sound, **change})  # type: ignore[arg-type]
    assert is_problem(found) and found.code == code


@given(
    st.integers(-(10**15), 10**15),
    st.decimals("0.0000000001", 10**6, places=10, allow_nan=False),
    st.sampled_from(["USD", "JPY", "KWD"]),
)
def test_a_conversion_is_exact_to_half_a_unit(minor: int, rate: Decimal, base: str) -> None:
    if not rate:
        return
    pinned = PinnedRate(base, "CNY", DAY, rate, SOURCE)
    places = {"USD": 2, "JPY": 0, "KWD": 3}[base]
    exact = Decimal(minor).scaleb(-places) * rate * 100 if abs(minor) < 10**9 else None
    found = convert(minor, pinned)
    assert convert(-minor, pinned) == -found
    if exact is not None:
        assert abs(Decimal(found) - exact) <= Decimal("0.5")
    alone = total_in("CNY", DAY, {base: minor, "CNY": 5}, {base: pinned})
    assert alone.total_minor == found + 5


def test_the_page_stands_with_and_without_the_rate_of_a_currency(cast: Cast, hand_ledger: HandLedger) -> None:
    hand_ledger.add("A-1", "明达", 1000_00, due_in=-40)
    hand_ledger.add("B-1", "明达", 100_00, due_in=-40, currency="USD")
    hand_ledger.commit()
    root, owner = f"/s/{cast.site.slug}/ledger/exchange/", cast.clients["owner"]
    assert owner.post(root, {"currency": "CNY"}).status_code == 302
    told = owner.get(root).content.decode()
    assert "?base=USD" in told and "USD/CNY" in told and "合计</th>" not in told
    rate = {"base": "USD", "quote": "CNY", "on": "2026-11-20", "rate": "7.1", "source": SOURCE}
    assert owner.post(f"{root}rates/new/", rate).status_code == 302
    told = owner.get(root).content.decode()
    assert "1,710.00" in told and "2026-11-20" in told and "没有 2026" not in told


def test_the_page_shows_each_currency_the_rate_and_the_total(cast: Cast) -> None:
    root, owner, reader = (
        f"/s/{cast.site.slug}/ledger/exchange/",
        cast.clients["owner"],
        cast.clients["teammate"],
    )
    assert "尚未设定" in reader.get(root).content.decode()
    assert reader.post(root, {"currency": "CNY"}).status_code == 403
    assert owner.post(root, {"currency": "XXQ"}).status_code == 422
    assert owner.post(root, {"currency": "CNY"}).status_code == 302
    given_ = {"base": "USD", "quote": "CNY", "on": "2026-06-30", "rate": "7.1586", "source": SOURCE}
    assert owner.post(f"{root}rates/new/", {**given_, "rate": "0"}).status_code == 422
    assert owner.post(f"{root}rates/new/", given_).status_code == 302
    told = reader.get(root).content.decode()
    assert "7.1586" in told and SOURCE in told and "2026-06-30" in told
    api = f"/api/v1/sites/{cast.site.slug}/ledger/exchange"
    made = owner.post(
        f"{api}/rates", given_, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
    )
    assert made.status_code == 200 and made.json()["rate"] == "7.1586"
    assert len(reader.get(f"{api}/rates").json()["rates"]) == 2
    assert reader.get(api).json() == {
        "currency": "CNY", "as_of": clock.today().isoformat(), "total_fen": 0, "parts": [], "missing": [],
        "problem": None,
    }  # fmt: skip
