"""Find the row that names the columns, and tell rows that hold no receivable from rows that do.

The header is the row (or two rows, a group name above its parts) with the most cells that are known column names.
Rows above it are titles. Below it, a row is left out only when it cannot be an item: blank, the header again, a
total or a footer, each with its reason. A row that has a document number of its own is never taken for a total:
a debtor may be called 合计科技 or Total Energies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from jieqing.claims.receivables.engine import vocabulary
from jieqing.claims.receivables.engine.cell_texts import fold
from jieqing.claims.receivables.engine.grids import Row
from jieqing.claims.receivables.engine.ledger_types import Layout

HEADER_SEARCH_ROWS = 60
PUNCTUATION = re.compile(r"[\s_\-./\\:;,'\"*#!?&|~`^+<>=()\[\]{}（）【】《》、。·]+")
UNIT_IN_HEADER = re.compile(r"[(\[（【]([^()\[\]（）【】]{1,12})[)\]）】]")
NUMERIC = re.compile(r"^[-+(]?[¥$€£]?\s*\d[\d,.\s']*\)?%?$")
DATE_LIKE = re.compile(r"^\d{4}[-/.年]\d{1,2}|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
WORD_FIELDS: dict[str, tuple[str, int]] = {
    word: (field, rank)
    for field, words in reversed(list(vocabulary.WORDS.items()))
    for rank, word in enumerate(words.split())
}
PARTS = tuple((re.compile(pattern, re.I), field) for pattern, field in vocabulary.PARTS)
NEVER = re.compile(vocabulary.NEVER, re.I)
TOTAL_CELL = re.compile(
    rf"^[\W_]*(?:{vocabulary.TOTAL_WORDS})[\W_]*(?:[\d,.¥$-]+|\d+[笔条行张户].*)?[\W_]*$", re.I
)
TOTAL_TAIL = re.compile(
    r"(?:合计|小计|总计|subtotal|total)[\W_]*$|^(?:合计|小计|总计|grand\s*total)[\W_]", re.I
)
TOTAL_SEARCH = rf"(?i){vocabulary.TOTAL_WORDS}"  # for whole columns: finds at least what TOTAL_CELL matches
SUBTOTAL = re.compile(vocabulary.SUBTOTAL_WORDS, re.I)
FOOTER = re.compile(vocabulary.FOOTER_START, re.I)


@dataclass(frozen=True)
class Header:
    """line: the last line of the header; names as written, one per column; score: known names among them."""

    line: int
    names: tuple[str, ...]
    score: float


def normalised(name: str) -> str:
    """Return a header name without width, case, space, punctuation or the unit in brackets.

    Example: normalised("原币金额（USD）") == "原币金额"; normalised("Invoice_Amount") == "invoiceamount"
    """
    return (
        PUNCTUATION.sub("", UNIT_IN_HEADER.sub("", fold(name))).lower()
        or PUNCTUATION.sub("", fold(name)).lower()
    )


def field_of_name(name: str) -> tuple[str | None, int]:
    """Return the field a header names and a confidence 0..100 (whole word 100 down to 90, part of it 70)."""
    word = normalised(name)
    if not word:
        return None, 0
    found = WORD_FIELDS.get(word)
    if found is not None:
        return found[0], 100 - min(10, found[1] // 4)
    spaced = CAMEL.sub(" ", fold(name)).replace("_", " ").replace("-", " ").lower()
    if NEVER.search(spaced) or len(word) > 30:
        return None, 0
    for pattern, field in PARTS:
        if pattern.search(spaced) or pattern.search(word):
            return field, 70
    return None, 0


def find_header(head: Sequence[Row], width: int) -> Header | None:
    """Return the best header among the first rows; the earliest wins a tie. None when no row names two columns."""
    best: Header | None = None
    rows = [(line, cells) for line, cells in head[:HEADER_SEARCH_ROWS]]
    for at, (line, cells) in enumerate(rows):
        if not _could_be_header(cells):
            continue
        single = Header(line, _padded(cells, width), _score(cells))
        if best is None or single.score > best.score:
            best = single
        if at + 1 < len(rows) and _could_be_header(rows[at + 1][1]):
            below_line, below = rows[at + 1]
            joined = _joined(_padded(cells, width), _padded(below, width))
            score = _score(joined) - 0.5
            if score > max(best.score, _score(below)) and any(cell.strip() for cell in below):
                best = Header(below_line, joined, score)
    if best is None or best.score < 1.5:
        return best if best is not None and best.score >= 1 and _data_below(rows, best.line) else None
    return best


def plausible_header(head: Sequence[Row], width: int) -> Header | None:
    """Return the first row of short texts with values below it: a header whose words we do not know."""
    rows = list(head[:HEADER_SEARCH_ROWS])
    for line, cells in rows:
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) >= 2 and _could_be_header(cells) and _data_below(rows, line):
            return Header(line, _padded(cells, width), 0)
    return None


def _data_below(rows: Sequence[Row], line: int) -> bool:
    below = [cells for number, cells in rows if number > line][:20]
    return any(NUMERIC.match(fold(cell)) for cells in below for cell in cells)


def _could_be_header(cells: Sequence[str]) -> bool:
    filled = [fold(cell) for cell in cells if cell.strip()]
    if not filled:
        return False
    values = sum(1 for cell in filled if NUMERIC.match(cell) or DATE_LIKE.match(cell))
    return values * 4 <= len(filled) and max(len(cell) for cell in filled) <= 200


def _score(cells: Sequence[str]) -> float:
    """Count distinct known fields; a bare word inside a long title counts little."""
    fields: dict[str, float] = {}
    for cell in cells:
        field, confidence = field_of_name(cell) if cell.strip() else (None, 0)
        if field is not None:
            fields[field] = max(fields.get(field, 0.0), confidence / 100 if len(fold(cell)) <= 24 else 0.2)
    return sum(fields.values())


def _joined(above: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    names: list[str] = []
    group = ""
    for top, bottom in zip(above, below, strict=True):
        group = top.strip() or (group if bottom.strip() else "")
        own = bottom.strip()
        if not own or own == group:
            names.append(group if top.strip() else own)
        else:
            names.append(own if field_of_name(own)[1] > field_of_name(group + own)[1] else group + own)
    return tuple(names)


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple(cells[:width]) + ("",) * (width - len(cells))


def skip_reason(cells: Sequence[str], layout: Layout) -> str | None:
    """Return why a row below the header holds no receivable, or None when it must be read as one."""
    filled = [(index, fold(cell)) for index, cell in enumerate(cells) if cell and cell.strip()]
    if not filled:
        return "blank"
    first = filled[0][1]
    if all(not any(unicodedata.category(letter)[0] in "LN" for letter in text) for _, text in filled):
        return "blank"
    if _is_header_again(cells, layout):
        return "header_repeat"
    number_column = layout.column_of("document_number")
    number = _cell(cells, number_column.index) if number_column else ""
    has_number = bool(number) and not TOTAL_CELL.match(number.replace(" ", ""))
    identity = {text for _, text in filled[:1]} | {
        _cell(cells, column.index)
        for column in layout.columns
        if column.field
        in ("debtor_code", "debtor_name", "document_number", "document_type", "invoice_on", "memo")
    }
    has_date = _has_date(cells, layout)
    for text in identity - {""}:
        squeezed = text.replace(" ", "")
        if not has_number and TOTAL_CELL.match(squeezed):
            if number_column is None and has_date:
                continue
            return "subtotal" if SUBTOTAL.search(squeezed) else "total"
        if not has_number and not has_date and TOTAL_TAIL.search(text):
            return "subtotal"
    squeezed = first.replace(" ", "")
    if FOOTER.match(squeezed) and not (has_number or _has_amount(cells, layout)):
        return "footer"
    if len(filled) > 1 or has_number or NUMERIC.match(first):
        return None
    if len(first) > 40 or ":" in first:
        return "footer"
    column = next((column for column in layout.columns if column.index == filled[0][0]), None)
    return "heading" if column is not None and column.field is None else None


def _cell(cells: Sequence[str], index: int) -> str:
    return fold(cells[index]) if index < len(cells) else ""


def _is_header_again(cells: Sequence[str], layout: Layout) -> bool:
    same = known = 0
    for column in layout.columns:
        text = normalised(_cell(cells, column.index))
        if text and column.header.strip():
            known += 1
            same += text == normalised(column.header) or normalised(column.header).endswith(text)
    return known >= 2 and same * 10 >= known * 8


def _has_date(cells: Sequence[str], layout: Layout) -> bool:
    columns = [column for column in layout.columns if column.field in ("invoice_on", "posting_on", "due_on")]
    return any(re.search(r"\d", _cell(cells, column.index)) for column in columns)


def _has_amount(cells: Sequence[str], layout: Layout) -> bool:
    columns = [column for column in layout.columns if column.field in vocabulary.AMOUNT_FIELDS]
    return any(re.search(r"\d", _cell(cells, column.index)) for column in columns)
