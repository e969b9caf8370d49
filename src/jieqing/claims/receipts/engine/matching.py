"""Which open items a payment could settle: suggestions with a score and the reasons in words. Posts nothing.

A suggestion is one debtor, parts of items and a rest that stays unapplied; parts + rest = the line, always. Reasons and
weights (sum, at most 100): a document number in the text 35; amount equals the items exactly 40; payer is the debtor by
name 30 (but for the legal form 22, by pinyin 18); has paid for the debtor before 30; the only fit of its amount 10. A
difference that could be a bank's fee or rounding is flagged and never certain.

Certain (may be approved in bulk): at least 90, exact, the payer known by name or history, and no other line or
suggestion claims an item of it. Currency must agree; a credit balance is never a target; the search is bounded and
deterministic: the same facts give the same suggestions in the same order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from jieqing.claims.receipts.engine.open_book import Book, Incoming, OpenItem, Part, Suggestion
from jieqing.claims.receipts.engine.payer_names import NameFit
from jieqing.claims.receipts.engine.reference_texts import numbers_in
from jieqing.claims.receipts.engine.subset_sums import subset_of

SUGGESTIONS_MAX = 3
CERTAIN_SCORE = 90
CLAIM_SCORE = 60
FEE_MINOR_MAX = 5_000
ROUNDING_MINOR_MAX = 100
EXACT, REFERENCE, ONLY = 40, 35, 10
NAME_POINTS = {NameFit.SAME: 30, NameFit.CORE: 22, NameFit.PINYIN: 18, NameFit.NONE: 0}
HISTORY = 30
IN_ORDER = 10
DIFFERENCE = 20


def suggest(lines: Iterable[Incoming], book: Book) -> dict[UUID, tuple[Suggestion, ...]]:
    """The best suggestions of each line; certainty is judged over all lines together."""
    found = {line.line_id: tuple(_of_line(line, book)[:SUGGESTIONS_MAX]) for line in lines}
    claims: dict[UUID, int] = defaultdict(int)
    for suggestions in found.values():
        # A weak guess about one line must not hold up what is certain about another.
        strong = [one for one in suggestions[:1] if one.score >= CLAIM_SCORE]
        for item_id in {item for suggestion in strong for item in suggestion.items}:
            claims[item_id] += 1
    return {
        line_id: tuple(
            replace(
                one, is_certain=one.is_certain and at == 0 and all(claims[item] == 1 for item in one.items)
            )
            for at, one in enumerate(suggestions)
        )
        for line_id, suggestions in found.items()
    }


def _of_line(line: Incoming, book: Book) -> list[Suggestion]:
    if line.amount_minor <= 0:
        return []
    named = book.debtors_named(line.payer_name)
    known = book.known_payer(line)
    referred = _referred(line, book)
    candidates = {item.debtor_id for item in referred} | set(named) | set(known & book.by_debtor.keys())
    found: dict[tuple[UUID, tuple[Part, ...]], Suggestion] = {}
    for debtor_id in sorted(candidates, key=str):
        who = _payer_reasons(debtor_id, named, known, book)
        own = [item for item in referred if item.debtor_id == debtor_id]
        for one in _of_debtor(line, book.by_debtor[debtor_id], own, who):
            _keep(found, one)
    # Somebody else's debt of the same amount is a hint only where nobody is known to be the payer.
    if not candidates:
        for item in book.by_amount.get(line.amount_minor, ())[:SUGGESTIONS_MAX]:
            _keep(found, _suggestion(line, item.debtor_id, [item], EXACT, [("exact", item.document_number)]))
    ranked = sorted(
        found.values(), key=lambda one: (-one.score, bool(one.flags), one.rest_minor, str(one.parts))
    )
    return _judged(line, ranked, book)


def _judged(line: Incoming, ranked: list[Suggestion], book: Book) -> list[Suggestion]:
    """Only a clear winner is certain; the only item of its amount earns its points here."""
    judged = []
    for one in ranked:
        is_single = len(one.parts) == 1 and len(book.by_amount.get(line.amount_minor, ())) == 1
        if is_single and any(code == "exact" for code, _value in one.reasons):
            one = replace(one, score=min(100, one.score + ONLY), reasons=(*one.reasons, ("only", "")))
        judged.append(one)
    judged.sort(key=lambda one: (-one.score, bool(one.flags), one.rest_minor, str(one.parts)))
    if judged:
        best, second = judged[0], judged[1].score if len(judged) > 1 else -1
        codes = {code for code, _value in best.reasons}
        is_sure = (
            best.score >= CERTAIN_SCORE and not best.flags and best.rest_minor == 0 and best.score > second
        )
        judged[0] = replace(
            best, is_certain=is_sure and bool(codes & {"name", "history"}) and "exact" in codes
        )
    return judged


def _of_debtor(
    line: Incoming, items: list[OpenItem], referred: list[OpenItem], who: tuple[int, list[tuple[str, str]]]
) -> list[Suggestion]:
    points, reasons = who
    found = []
    if referred:
        numbers = ", ".join(item.document_number for item in referred[:5])
        found += _by_amount(
            line, referred, points + REFERENCE, [*reasons, ("reference", numbers)], is_named=True
        )
    single = [item for item in items if item.open_minor == line.amount_minor and item not in referred]
    for item in single[:SUGGESTIONS_MAX]:
        found.append(
            _suggestion(
                line, item.debtor_id, [item], points + EXACT, [*reasons, ("exact", item.document_number)]
            )
        )
    if not single and len(items) > 1:
        chosen = subset_of([item.open_minor for item in items], line.amount_minor)
        if chosen:
            several = [items[at] for at in chosen]
            found.append(
                _suggestion(
                    line,
                    items[0].debtor_id,
                    several,
                    points + EXACT - 2 * len(several),
                    [*reasons, ("sum", str(len(several)))],
                )
            )
    if items and not found:
        found += _by_amount(line, items, points, reasons, is_named=False)
    return found


def _by_amount(
    line: Incoming, items: list[OpenItem], points: int, reasons: list[tuple[str, str]], *, is_named: bool
) -> list[Suggestion]:
    """These items against this amount: exact, nearly, or in order of due date with what is left."""
    total = sum(item.open_minor for item in items)
    debtor_id, missing = items[0].debtor_id, total - line.amount_minor
    if missing == 0:
        code = ("exact", items[0].document_number) if len(items) == 1 else ("exact", str(len(items)))
        return [_suggestion(line, debtor_id, items, points + EXACT, [*reasons, code])]
    near = [items] if is_named else [[item] for item in items]
    for some in near:
        short = sum(item.open_minor for item in some) - line.amount_minor
        flag = _difference(short)
        if flag:
            return [
                _suggestion(
                    line,
                    debtor_id,
                    some,
                    points + DIFFERENCE,
                    [*reasons, ("near", some[0].document_number)],
                    (flag,),
                )
            ]
    word = ("part", items[0].document_number) if is_named else ("order", "")
    return [_suggestion(line, debtor_id, items, points + IN_ORDER, [*reasons, word])] if points else []


def _difference(short_minor: int) -> tuple[str, str] | None:
    if short_minor == 0 or short_minor < -ROUNDING_MINOR_MAX or short_minor > FEE_MINOR_MAX:
        return None
    code = "rounding" if abs(short_minor) <= ROUNDING_MINOR_MAX else "fee"
    return code, str(short_minor)


def _suggestion(
    line: Incoming, debtor_id: UUID, items: Sequence[OpenItem], score: int, reasons: list[tuple[str, str]],
    flags: tuple[tuple[str, str], ...] = (),
) -> Suggestion:  # fmt: skip
    parts, rest = appropriate(line.amount_minor, items)
    return Suggestion(line.line_id, debtor_id, parts, rest, min(100, max(0, score)), tuple(reasons), flags)


def appropriate(amount_minor: int, items: Iterable[OpenItem]) -> tuple[tuple[Part, ...], int]:
    """Fill items in the order of due date; what no item takes is the rest. Parts + rest = amount."""
    left, parts = amount_minor, []
    for item in sorted(items, key=lambda one: one.order):
        taken = min(left, max(0, item.open_minor))
        if taken:
            parts.append(Part(item.item_id, taken))
            left -= taken
    return tuple(parts), left


def _payer_reasons(
    debtor_id: UUID, named: Mapping[UUID, NameFit], known: frozenset[UUID], book: Book
) -> tuple[int, list[tuple[str, str]]]:
    points, reasons = 0, []
    how = named.get(debtor_id, NameFit.NONE)
    if how:
        points = NAME_POINTS[how]
        code = {NameFit.SAME: "name", NameFit.CORE: "name_core", NameFit.PINYIN: "name_pinyin"}[how]
        reasons.append((code, book.names[debtor_id]))
    if debtor_id in known:
        points = max(points, HISTORY)
        reasons.append(("history", book.names.get(debtor_id, "")))
    return points, reasons


def _referred(line: Incoming, book: Book) -> list[OpenItem]:
    found: dict[UUID, OpenItem] = {}
    for number in numbers_in(line.text):
        for item in book.by_number.get(number, ()):
            found[item.item_id] = item
    return sorted(found.values(), key=lambda one: one.order)


def _keep(found: dict[tuple[UUID, tuple[Part, ...]], Suggestion], one: Suggestion) -> None:
    key = (one.debtor_id, one.parts)
    if key not in found or found[key].score < one.score:
        found[key] = one
