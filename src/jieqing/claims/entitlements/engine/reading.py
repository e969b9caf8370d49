"""Reading facts: JSON text in, `Facts` out, or every problem with the place it stands at.

Names are those of ``contracts/owed-facts.schema.json``. A number with decimals is read as the exact decimal that was
written, never as a float; a key that is not known is a warning, because a misspelt fact changes what is owed; nothing
is guessed and nothing is dropped silently.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jieqing.claims.entitlements.engine import keys, refusals, warnings
from jieqing.claims.entitlements.engine.cells import Cells, at
from jieqing.claims.entitlements.engine.facts import (
    DEFAULT_ORDER,
    ClaimKind,
    Cost,
    Facts,
    Instalment,
    Item,
    Judgment,
    Notice,
    Payment,
    PenaltyMode,
    RateBasis,
    Span,
)
from jieqing.claims.entitlements.engine.lpr import LPR, Published
from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.entitlements.engine.trade import HIGHEST_MULTIPLE, LOWEST_MULTIPLE
from jieqing.kernel.currencies import EXPONENTS
from jieqing.kernel.money import Rounding
from jieqing.kernel.outcomes import Problem


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """The facts, and warnings about how they were written."""

    facts: Facts
    warnings: tuple[Problem, ...]


def read_facts(text: str) -> ReadFacts | list[Problem]:
    """Return the facts that a JSON text states, or every problem found in it."""
    try:
        value = json.loads(
            text.removeprefix("\ufeff"),
            parse_float=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_no_duplicates,
        )
    except json.JSONDecodeError as error:
        return [Problem.of(refusals.NOT_JSON, line=error.lineno, column=error.colno, why=error.msg)]
    except RecursionError:
        return [Problem.of(refusals.NESTED)]
    except (ValueError, ArithmeticError) as error:
        if "int_max_str_digits" in str(error):
            return [Problem.of(refusals.NUMBER_LONG)]
        return [Problem.of(refusals.NOT_JSON, line=0, column=0, why=str(error)[:120])]
    if not isinstance(value, Mapping):
        return [Problem.of(refusals.NOT_ONE_OBJECT)]
    return facts_from(value)


def facts_from(value: Mapping[str, object]) -> ReadFacts | list[Problem]:
    """Return the facts of a JSON object (decimals as text or Decimal), or every problem found in it."""
    cells = Cells()
    facts = _facts(cells, value)
    if facts is not None:
        cells.problems += _contradictions(facts)
    if cells.problems or facts is None:
        return cells.problems
    unknown = tuple(Problem.of(warnings.UNKNOWN_KEY, place=place) for place in cells.unknown)
    return ReadFacts(facts, unknown)


def _facts(cells: Cells, value: Mapping[str, object]) -> Facts | None:
    cells.know(value, "", keys.FACTS)
    kind = cells.choice(value, "", "kind", ClaimKind)
    if kind is None:
        cells.missing(value, "kind", list(ClaimKind))
    judgment = _judgment(cells, value)
    items = tuple(_item(cells, row, place) for row, place in cells.rows(value, "", "items"))
    if not items and not (judgment and judgment.instalments):
        cells.missing(value, "items", ["[…]"])
    multiple = cells.rate(value, "", "late_multiple")
    if multiple is not None and not LOWEST_MULTIPLE <= multiple <= HIGHEST_MULTIPLE:
        cells.refuse(refusals.MULTIPLE_OUT_OF_RANGE, "late_multiple", str(multiple))
    facts = Facts(
        kind=kind or ClaimKind.SALE,
        creditor_kind=cells.text(value, "", "creditor_kind"),
        debtor_kind=cells.text(value, "", "debtor_kind"),
        contract_date=cells.day(value, "", "contract_date"),
        currency=_currency(cells, value),
        items=items,
        payments=tuple(_payment(cells, row, place) for row, place in cells.rows(value, "", "payments")),
        costs=tuple(_cost(cells, row, place) for row, place in cells.rows(value, "", "costs")),
        judgment=judgment,
        suit_date=cells.day(value, "", "suit_date"),
        late_multiple=multiple,
        delivered_on=cells.day(value, "", "delivered_on"),
        settlement_submitted_on=cells.day(value, "", "settlement_submitted_on"),
        is_floating=cells.flag(value, "", "floating"),
        rounding=cells.choice(value, "", "rounding", Rounding) or Rounding.HALF_UP,
        notices=tuple(_notice(cells, row, place) for row, place in cells.rows(value, "", "notices")),
        order=_order(cells, value),
        asks_old_rule=cells.flag(value, "", "asks_old_rule") is not False,
        lpr_confirmed=tuple(
            row for found in cells.rows(value, "", "lpr") if (row := _published(cells, *found)) is not None
        ),
    )
    return None if cells.problems else facts


def _item(cells: Cells, row: Mapping[str, object], place: str) -> Item:
    cells.know(row, place, keys.ITEM)
    secured = row.get("secured")
    secured_minor = -int(secured) if isinstance(secured, bool) else cells.minor(row, place, "secured")
    return Item(
        id=cells.name(row, place, "id") or str(int(place[place.index("[") + 1 : -1]) + 1),
        principal_minor=cells.minor(row, place, "principal_fen", is_required=True) or 0,
        due=cells.day(row, place, "due"),
        secured_minor=secured_minor or 0,
        rate=cells.rate(row, place, "rate"),
        penalty_rate=cells.rate(row, place, "penalty_rate"),
        rate_basis=cells.choice(row, place, "rate_basis", RateBasis),
        prepaid_interest_minor=cells.minor(row, place, "prepaid_interest_fen") or 0,
        interest_from=cells.day(row, place, "interest_from"),
        penalty_mode=cells.choice(row, place, "penalty_mode", PenaltyMode),
        is_advance=cells.flag(row, place, "advance") or False,
        first_principal_minor=cells.minor(row, place, "first_principal_fen"),
        first_from=cells.day(row, place, "first_from"),
        first_rate=cells.rate(row, place, "first_rate"),
    )


def _payment(cells: Cells, row: Mapping[str, object], place: str) -> Payment:
    cells.know(row, place, ["date", "amount_fen", "for_item"])
    day, amount = _dated_amount(cells, row, place)
    return Payment(day, amount, cells.name(row, place, "for_item"))


def _cost(cells: Cells, row: Mapping[str, object], place: str) -> Cost:
    cells.know(row, place, ["date", "amount_fen"])
    return Cost(*_dated_amount(cells, row, place))


def _dated_amount(cells: Cells, row: Mapping[str, object], place: str) -> tuple[date, int]:
    day = cells.day(row, place, "date", is_required=True) or date.min
    return day, cells.minor(row, place, "amount_fen", is_required=True, is_positive=True) or 1


def _judgment(cells: Cells, value: Mapping[str, object]) -> Judgment | None:
    row = cells.mapping(value, "", "judgment")
    if row is None:
        return None
    cells.know(row, "judgment", ["date", "perform_by", "instalments", "suspended"])
    instalments = []
    for part, place in cells.rows(row, "judgment", "instalments"):
        cells.know(part, place, ["due", "amount_fen"])
        due = cells.day(part, place, "due", is_required=True) or date.min
        amount = cells.minor(part, place, "amount_fen", is_required=True, is_positive=True) or 1
        instalments.append(Instalment(due, amount))
    spans = []
    for part, place in cells.rows(row, "judgment", "suspended"):
        cells.know(part, place, ["from", "to"])
        first = cells.day(part, place, "from", is_required=True) or date.min
        last = cells.day(part, place, "to", is_required=True) or date.max
        if last < first:
            cells.refuse(refusals.SPAN_BACKWARDS, place, f"{first} – {last}")
        spans.append(Span(first, last))
    day, perform_by = cells.day(row, "judgment", "date"), cells.day(row, "judgment", "perform_by")
    if day is None and perform_by is None and not instalments:
        cells.missing(row, "judgment.perform_by", ["2026-01-31"])
    return Judgment(day, perform_by, tuple(instalments), tuple(spans))


def _notice(cells: Cells, row: Mapping[str, object], place: str) -> Notice:
    cells.know(row, place, ["date", "arrived", "kind"])
    day = cells.day(row, place, "date", is_required=True) or date.min
    return Notice(day, cells.flag(row, place, "arrived") or False, cells.text(row, place, "kind") or "")


def _published(cells: Cells, row: Mapping[str, object], place: str) -> Published | None:
    cells.know(row, place, ["published", "one_year", "five_year", "confirmed_by"])
    day = cells.day(row, place, "published", is_required=True)
    rate = cells.rate(row, place, "one_year", is_required=True)
    five = cells.rate(row, place, "five_year")
    if day is None or rate is None:
        return None
    if day.day < 20:
        cells.refuse(refusals.LPR_DAY, at(place, "published"), day.isoformat())
        return None
    who = cells.text(row, place, "confirmed_by")
    known = LPR.of_month(day)
    if known is not None:
        if known.one_year == rate:
            return None
        if who is None:
            cells.refuse(refusals.LPR_CONTRADICTED, at(place, "one_year"), f"{rate} ≠ {known.one_year}")
            return None
    return Published(day, rate, rate if five is None else five, who or "operator")


def _currency(cells: Cells, value: Mapping[str, object]) -> str:
    currency = cells.text(value, "", "currency") or "CNY"
    if currency not in EXPONENTS:
        cells.refuse(refusals.UNKNOWN_CURRENCY, "currency", currency)
    return currency


def _order(cells: Cells, value: Mapping[str, object]) -> tuple[Part, ...]:
    """An agreed order; the parts it does not name follow in the order of the law."""
    written = value.get("order")
    if written is None:
        return DEFAULT_ORDER
    names = {part.name.lower(): part for part in DEFAULT_ORDER}
    if not isinstance(written, list) or any(
        not isinstance(name, str) or name not in names for name in written
    ):
        cells.refuse(refusals.ORDER_UNKNOWN, "order", str(written))
        return DEFAULT_ORDER
    chosen = tuple(dict.fromkeys(names[name] for name in written))
    return chosen + tuple(part for part in DEFAULT_ORDER if part not in chosen)


def _contradictions(facts: Facts) -> list[Problem]:
    """Facts that are well written each and cannot stand together."""
    found = []
    for item_id, count in Counter(item.id for item in facts.items).items():
        if count > 1:
            found.append(Problem.of(refusals.ID_TWICE, place="items", value=item_id))
    ids = {item.id for item in facts.items} or {"1"}
    for number, payment in enumerate(facts.payments):
        if payment.for_item is not None and payment.for_item not in ids:
            found.append(
                Problem.of(
                    refusals.NO_SUCH_ITEM, place=f"payments[{number}].for_item", value=payment.for_item
                )
            )
    for number, item in enumerate(facts.items):
        if item.prepaid_interest_minor > item.principal_minor:
            found.append(
                Problem.of(
                    refusals.PREPAID_EXCEEDS,
                    place=f"items[{number}].prepaid_interest_fen",
                    value=str(item.prepaid_interest_minor),
                )
            )
    months = Counter((row.day.year, row.day.month) for row in facts.lpr_confirmed)
    for (year, month), count in months.items():
        if count > 1:
            found.append(Problem.of(refusals.LPR_CONTRADICTED, place="lpr", value=f"{year}-{month:02d}"))
    if facts.kind is ClaimKind.JUDGMENT and facts.judgment is None:
        found.append(Problem.of(refusals.JUDGMENT_MISSING, place="judgment"))
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    twice = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    if twice:
        raise ValueError(f"key given twice: {twice[0]}")
    return dict(pairs)
