"""Which column means what: the header's words first, then whether the cells can be what the header claims.

A guess carries a confidence and a sentence, because a person confirms it. Two columns never share a field: the better
one wins and the other stays as an extra under its own name, so nothing of the file is lost. A header that says
"payment terms" over cells like CA10 loses its claim, because the cells are no days.

The fingerprint of a source is the digest of its header names in their order, without width, case and punctuation:
next month's export of the same report finds last month's confirmed layout.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from jieqing.claims.receivables.engine import file_problems as problems
from jieqing.claims.receivables.engine.cell_fit import content_fit
from jieqing.claims.receivables.engine.cell_texts import is_blank
from jieqing.claims.receivables.engine.headers import field_of_name, normalised
from jieqing.claims.receivables.engine.ledger_types import ColumnUse, FieldGuess
from jieqing.claims.receivables.engine.vocabulary import (
    AMOUNT_FIELDS,
    DATE_FIELDS,
    ROW_NUMBER_WORDS,
    STATE_NUMBER,
    TITLES,
)
from jieqing.kernel.outcomes import Problem

FIT_MIN = 0.5
SURE = 90  # a whole header known by name keeps its claim: bad cells then wait one by one instead of vanishing
SAMPLES_SHOWN = 3


@dataclass(frozen=True)
class ColumnSample:
    """A column's header and its non-blank cells among the first rows."""

    index: int
    header: str
    cells: tuple[str, ...]
    rows: int

    @property
    def filled(self) -> float:
        return len(self.cells) / self.rows if self.rows else 0.0

    @property
    def distinct(self) -> float:
        return len(set(self.cells)) / len(self.cells) if self.cells else 0.0


def fingerprint_of(names: Sequence[str]) -> str:
    """Return the digest under which a source is remembered."""
    last = max((index for index, name in enumerate(names) if name.strip()), default=-1)
    text = "\x1f".join(normalised(name) for name in names[: last + 1])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def samples_of(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[ColumnSample]:
    """Return what each column shows in the given rows."""
    columns: list[ColumnSample] = []
    for index, name in enumerate(names):
        cells = tuple(row[index] for row in rows if index < len(row) and not is_blank(row[index]))
        columns.append(ColumnSample(index, name, cells, len(rows)))
    return columns


def guess_fields(
    columns: Sequence[ColumnSample], chosen: Mapping[str, str | None]
) -> tuple[list[FieldGuess], list[Problem]]:
    """Return one guess per column and what a person should know about repeated headers.

    chosen: header -> field (or None for "keep as extra") that a person named; it wins over every guess. A column whose
    header is empty or not the only one is named by its place: "#3".
    """
    guesses = [_guess(column, chosen) for column in columns]
    notices = _repeated(columns, guesses)
    taken: dict[str, FieldGuess] = {}
    for guess in guesses:
        if guess.field is None or guess.field == "ignore":
            continue
        rival = taken.get(guess.field)
        if rival is None or _strength(guess, columns) > _strength(rival, columns):
            taken[guess.field] = guess
    settled = [
        guess if taken.get(guess.field or "", guess) is guess else _as_other(guess, taken)
        for guess in guesses
    ]
    return _agree(_fill_gaps(settled, columns)), notices


def column_uses(guesses: Sequence[FieldGuess]) -> tuple[ColumnUse, ...]:
    return tuple(ColumnUse(guess.index, guess.header, guess.field) for guess in guesses)


def _guess(column: ColumnSample, chosen: Mapping[str, str | None]) -> FieldGuess:
    shown = tuple(cell[:40] for cell in column.cells[:SAMPLES_SHOWN])
    header = column.header.strip()
    place = f"#{column.index}"
    if place in chosen or header in chosen:
        said = chosen[place] if place in chosen else chosen[header]
        return FieldGuess(column.index, column.header, said, 100, "由您指定", "chosen by you", shown)
    if _numbers_the_rows(column):
        return FieldGuess(
            column.index,
            column.header,
            "ignore",
            90,
            "只是行号，不导入",
            "only numbers the rows; left out",
            shown,
        )
    field, confidence = field_of_name(header)
    if field is None:
        return FieldGuess(
            column.index, column.header, None, 0, "列名不认识，原样保留", "unknown name, kept as is", shown
        )
    fit = content_fit(field, column.cells)
    field, fit = _other_kind(field, fit, column, header)
    if field is None:
        return FieldGuess(
            column.index,
            column.header,
            None,
            0,
            "列名和内容不符，原样保留",
            "name and cells differ; kept as is",
            shown,
        )
    title_zh, title_en = TITLES[field]
    if fit < FIT_MIN and (confidence < SURE or field in ("credit_days", "currency")):
        reason_zh, reason_en = (
            f"列名像“{title_zh}”，但内容不像，原样保留",
            f"named like “{title_en}” but the cells are not; kept as is",
        )
        return FieldGuess(column.index, column.header, None, 0, reason_zh, reason_en, shown)
    reason_zh, reason_en = f"列名是{title_zh}", f"named as {title_en}"
    if fit < FIT_MIN:
        reason_zh, reason_en = (
            reason_zh + "，但多数内容无法识别，请核对",
            reason_en + ", but most cells cannot be read; please check",
        )
    if not column.cells:
        confidence -= 40
    return FieldGuess(
        column.index, column.header, field, round(confidence * (0.7 + 0.3 * fit)), reason_zh, reason_en, shown
    )


def _other_kind(field: str, fit: float, column: ColumnSample, header: str) -> tuple[str | None, float]:
    """Return the field a header means when its cells are plainly of the other kind: "Due" over amounts is what is due."""
    if fit >= FIT_MIN or not column.cells:
        return field, fit
    if field in DATE_FIELDS and content_fit("amount", column.cells) >= 0.9:
        return ("balance", 1.0) if re.search(r"due|outstanding|到期金额", header, re.I) else (None, 0.0)
    if field in AMOUNT_FIELDS and content_fit("invoice_on", column.cells) >= 0.9:
        return ("due_on", 1.0) if re.search(r"due", header, re.I) else (None, 0.0)
    return field, fit


def _numbers_the_rows(column: ColumnSample) -> bool:
    """Say whether a column named 序号, or one without a name, holds row numbers: whole, never twice, close together."""
    if column.header.strip() and normalised(column.header) not in ROW_NUMBER_WORDS:
        return False
    cells = [cell.strip().removesuffix(".0") for cell in column.cells]
    if not all(cell.isascii() and cell.isdigit() and len(cell) < 9 for cell in cells):
        return False
    if column.header.strip():
        return True
    numbers = {int(cell) for cell in cells}
    return len(numbers) == len(cells) > 1 and max(numbers) - min(numbers) < 50 * len(cells)


def _strength(guess: FieldGuess, columns: Sequence[ColumnSample]) -> float:
    """Prefer the better name; for document numbers the column that is filled and does not repeat."""
    column = next(column for column in columns if column.index == guess.index)
    bonus = column.filled * 20
    if guess.field == "document_number":
        bonus += column.filled * 20 + column.distinct * 20
    return guess.confidence + bonus - guess.index / 10_000


def _as_other(guess: FieldGuess, taken: dict[str, FieldGuess]) -> FieldGuess:
    """A tax number beside the customer's code is who the customer is; every other loser is an extra."""
    if (
        guess.field != "debtor_code"
        or "credit_code" in taken
        or not re.search(STATE_NUMBER, normalised(guess.header))
    ):
        return _as_extra(guess)
    title_zh, title_en = TITLES["credit_code"]
    kept = replace(
        guess, field="credit_code", reason_zh=f"列名是{title_zh}", reason_en=f"named as {title_en}"
    )
    taken["credit_code"] = kept
    return kept


def _as_extra(guess: FieldGuess) -> FieldGuess:
    title_zh, title_en = TITLES[str(guess.field)]
    return replace(
        guess, field=None, confidence=0,
        reason_zh=f"已有更合适的“{title_zh}”列，原样保留", reason_en=f"a better column is “{title_en}”; kept as is",
    )  # fmt: skip


def _fill_gaps(guesses: list[FieldGuess], columns: Sequence[ColumnSample]) -> list[FieldGuess]:
    """When no header names an amount or a date but exactly one unnamed column can be it, propose that one, weakly."""
    fields = {guess.field for guess in guesses}
    wanted: list[tuple[str, Callable[[Sequence[str]], bool]]] = []
    if not fields & {"amount", "debit", "credit", "balance"}:
        wanted.append(
            (
                "amount",
                lambda cells: content_fit("amount", cells) > 0.9 and any("." in cell for cell in cells),
            )
        )
    if not fields & {"invoice_on", "posting_on", "due_on"}:
        wanted.append(("invoice_on", lambda cells: content_fit("invoice_on", cells) > 0.9))
    for field, fits in wanted:
        free = [column for column in columns if guesses[column.index].field is None and column.cells]
        hits = [column for column in free if field_of_name(column.header)[0] is None and fits(column.cells)]
        if len(hits) == 1:
            index = hits[0].index
            title_zh, title_en = TITLES[field]
            guesses[index] = replace(
                guesses[index], field=field, confidence=40,
                reason_zh=f"只有这一列的内容像{title_zh}，请确认", reason_en=f"the only column that looks like {title_en}; please confirm",
            )  # fmt: skip
    return guesses


def _agree(guesses: list[FieldGuess]) -> list[FieldGuess]:
    """Drop claims that contradict each other: two-sided columns give way to one amount; a running balance is no item's."""
    fields = {guess.field for guess in guesses}
    unwanted: set[str] = set()
    if "amount" in fields:
        unwanted |= {"debit", "credit"} & fields
    elif fields & {"debit", "credit"}:
        unwanted |= {"balance"} & fields
    if "amount" not in fields:  # beside debit and credit it is the side of a running balance
        unwanted |= {"direction"} & fields
    reason_zh, reason_en = (
        "与其他金额列重复或为滚动余额，原样保留",
        "repeats another amount or is a running balance; kept as is",
    )
    dropped = {"field": None, "confidence": 0, "reason_zh": reason_zh, "reason_en": reason_en}
    return [replace(guess, **dropped) if guess.field in unwanted else guess for guess in guesses]  # type: ignore[arg-type]


def _repeated(columns: Sequence[ColumnSample], guesses: Sequence[FieldGuess]) -> list[Problem]:
    counts = Counter(normalised(column.header) for column in columns if column.header.strip())
    notices = []
    for name, count in counts.items():
        if count < 2:
            continue
        same = [column for column in columns if normalised(column.header) == name]
        best = max(same, key=lambda column: _strength(guesses[column.index], columns))
        notices.append(
            Problem.of(
                problems.REPEATED_HEADER, header=same[0].header.strip(), count=count,
                columns="、".join(str(column.index + 1) for column in same), used=best.index + 1,
            )
        )  # fmt: skip
    return notices
