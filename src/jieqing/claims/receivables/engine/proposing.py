"""Propose how to read a file: which sheet, which header, which column is what, in which currency.

The result is for a person to confirm; nothing is imported from it before. What was confirmed once for a source comes
back by its fingerprint. What the file does not say (currency, order of month and day) is asked, never assumed.
Without an invoice date the posting date stands in, then the due date, and the proposal says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from jieqing.claims.receivables.engine import file_problems as problems
from jieqing.claims.receivables.engine.cell_texts import fold
from jieqing.claims.receivables.engine.column_orders import date_orders, decimal_mark
from jieqing.claims.receivables.engine.headers import (
    HEADER_SEARCH_ROWS,
    Header,
    field_of_name,
    find_header,
    plausible_header,
    skip_reason,
)
from jieqing.claims.receivables.engine.ledger_types import (
    ColumnUse,
    FieldGuess,
    Layout,
    Proposal,
    ReadFile,
    SkippedRow,
    Table,
)
from jieqing.claims.receivables.engine.mapping import (
    ColumnSample,
    column_uses,
    fingerprint_of,
    guess_fields,
    samples_of,
)
from jieqing.claims.receivables.engine.title_facts import currency_of_file, stated_date, with_units
from jieqing.claims.receivables.engine.vocabulary import AMOUNT_FIELDS, DATE_FIELDS, TITLES
from jieqing.kernel.currencies import EXPONENTS
from jieqing.kernel.outcomes import Problem


@dataclass(frozen=True)
class Hints:
    """What a person said before or while confirming. columns: header -> field, None keeps the column as an extra."""

    sheet: str | None = None
    currency: str | None = None
    date_order: str | None = None
    header_line: int | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)
    multi_line: str | None = None
    accepts: frozenset[str] = frozenset()


def propose(
    read: ReadFile, remembered: Mapping[str, Layout] | Layout | None = None, hints: Hints | None = None
) -> Proposal | Problem:
    """Return the proposed reading of a file, or the Problem that no header or no rows can be found.

    remembered: the layouts confirmed before, by fingerprint (or the one of this source).
    """
    hints = hints or Hints()
    if hints.currency is not None and hints.currency not in EXPONENTS:
        return Problem.of(problems.UNKNOWN_CURRENCY, currency=hints.currency)
    found = _best_table(read, hints)
    if isinstance(found, Problem):
        return found
    table, header = found
    fingerprint = fingerprint_of(header.names)
    known = remembered.get(fingerprint) if isinstance(remembered, Mapping) else remembered
    if known is not None and known.fingerprint != fingerprint:
        known = None
    below = [cells for line, cells in table.head if line > header.line]
    names = _named(header.names, below)
    draft = Layout(
        fingerprint,
        header.line,
        tuple(ColumnUse(i, name, field_of_name(name)[0]) for i, name in enumerate(names)),
    )
    rows = [cells for cells in below if skip_reason(cells, draft) is None]
    if not rows:
        return Problem.of(problems.NO_ROWS)
    samples = samples_of(names, rows)
    guesses, notices = guess_fields(samples, {**read.fields, **_chosen(known, hints)})
    return _proposal(read, table, header, samples, guesses, notices, known, hints)


def _best_table(read: ReadFile, hints: Hints) -> tuple[Table, Header] | Problem:
    if hints.sheet is not None:
        named = [table for table in read.tables if table.name == hints.sheet]
        if not named:
            sheets = "、".join(table.name for table in read.tables)
            return Problem.of(problems.NO_SUCH_SHEET, sheet=hints.sheet, sheets=sheets)
        tables: Sequence[Table] = named
    else:
        tables = read.tables
    best: tuple[tuple[bool, bool, float, int], Table, Header] | None = None
    for table in tables:
        header = _header_of(table, hints)
        if header is None:
            continue
        has_rows = any(
            line > header.line and any(cell.strip() for cell in cells) for line, cells in table.head
        )
        rank = (has_rows and header.score >= 2, not table.hidden, header.score, table.row_count)
        if best is None or rank > best[0]:
            best = (rank, table, header)
    if best is None:
        return Problem.of(problems.NO_HEADER, rows=HEADER_SEARCH_ROWS)
    return best[1], best[2]


def _header_of(table: Table, hints: Hints) -> Header | None:
    if hints.header_line is not None:
        for line, cells in table.head:
            if line == hints.header_line:
                return Header(line, tuple(cells) + ("",) * (table.width - len(cells)), 2)
    return find_header(table.head, table.width) or plausible_header(table.head, table.width)


def _named(names: Sequence[str], below: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Keep a trailing column without a name only when most rows fill it: otherwise its cells are a row's overflow."""
    last = max((index for index, name in enumerate(names) if name.strip()), default=-1)
    for index in range(len(names) - 1, last, -1):
        filled = sum(1 for cells in below if index < len(cells) and cells[index].strip())
        if below and filled * 2 > len(below):
            last = index
            break
    return tuple(name.strip() for name in names[: last + 1])


def _chosen(known: Layout | None, hints: Hints) -> dict[str, str | None]:
    """Return what is settled before guessing: remembered by place, because a header may stand twice; said now by either."""
    chosen: dict[str, str | None] = {}
    for column in known.columns if known is not None else ():
        if column.header.strip() not in hints.columns:
            chosen[f"#{column.index}"] = column.field
    return {**chosen, **hints.columns}


def _proposal(
    read: ReadFile,
    table: Table,
    header: Header,
    samples: Sequence[ColumnSample],
    guesses: Sequence[FieldGuess],
    notices: Sequence[Problem],
    known: Layout | None,
    hints: Hints,
) -> Proposal:
    titles = [
        (line, cells)
        for line, cells in table.head
        if line < header.line and any(cell.strip() for cell in cells)
    ]
    title_text = " ".join(fold(cell) for _, cells in titles for cell in cells if cell.strip())
    uses, questions = _with_orders(table, column_uses(guesses), samples, known, hints)
    uses = with_units(uses, title_text)
    currency, source = currency_of_file(
        uses, samples, title_text, known.currency if known else None, hints.currency
    )
    layout = Layout(
        fingerprint=fingerprint_of(header.names),
        header_line=header.line,
        columns=uses,
        sheet=table.name or None,
        currency=currency,
        multi_line=hints.multi_line or (known.multi_line if known else "stage"),
        accepts=hints.accepts | (known.accepts if known else frozenset()),
        is_1904=read.is_1904,
    )
    missing = missing_fields(layout)
    others = tuple(one.name for one in read.tables if one is not table)
    return Proposal(
        layout=layout,
        guesses=tuple(guesses),
        skipped_above=tuple(_title(line, cells) for line, cells in titles),
        missing=missing,
        questions=tuple(questions + _missing_questions(missing, header)),
        notices=read.notices + tuple(notices) + tuple(_notices(layout, table, others)),
        currency_source=source,
        is_remembered=known is not None,
        stated_as_of=stated_date(title_text),
        other_sheets=others,
    )


def missing_fields(layout: Layout) -> tuple[str, ...]:
    """Return what a layout still lacks: debtor, amount, date, currency."""
    fields = {column.field for column in layout.columns}
    missing = []
    if not fields & {"debtor_code", "debtor_name"}:
        missing.append("debtor")
    if not fields & {"amount", "balance", "debit", "credit"}:
        missing.append("amount")
    if not fields & {"invoice_on", "posting_on", "due_on"}:
        missing.append("date")
    if layout.currency is None and "currency" not in fields:
        missing.append("currency")
    return tuple(missing)


def _missing_questions(missing: Sequence[str], header: Header) -> list[Problem]:
    questions = []
    if {"debtor", "amount", "date"} <= set(missing):
        names = "、".join(name.strip() for name in header.names if name.strip())[:200]
        questions.append(Problem.of(problems.NO_COLUMNS, headers=names or "—"))
    for name in missing:
        if name == "currency":
            questions.append(Problem.of(problems.ASK_CURRENCY))
        else:
            title_zh, title_en = TITLES[name]
            questions.append(
                Problem.of(problems.MISSING_FIELD, field_zh=title_zh, field_en=title_en, field=name)
            )
    return questions


def _title(line: int, cells: Sequence[str]) -> SkippedRow:
    return SkippedRow(
        line,
        "title",
        tuple(cells),
        f"第 {line} 行在表头之上，是标题",
        f"Line {line} stands above the header: a title",
    )


def _with_orders(
    table: Table,
    uses: tuple[ColumnUse, ...],
    samples: Sequence[ColumnSample],
    known: Layout | None,
    hints: Hints,
) -> tuple[tuple[ColumnUse, ...], list[Problem]]:
    cells = {sample.index: sample.cells for sample in samples}
    dates = [use.index for use in uses if use.field in DATE_FIELDS]
    orders = date_orders(table, dates, {index: cells[index] for index in dates})
    before = {column.header: column for column in known.columns} if known else {}
    questions: list[Problem] = []
    result = []
    for use in uses:
        if use.field in DATE_FIELDS:
            one = orders[use.index]
            remembered = before.get(use.header)
            order = hints.date_order or (one.order or (remembered.date_order if remembered else None))
            if one.writes_year_last and order is None:
                questions.append(
                    _order_question(use, one.is_mixed, one.month_first, one.day_first, one.example)
                )
            use = replace(use, date_order=order if one.writes_year_last else None)
        elif use.field in AMOUNT_FIELDS:
            use = replace(use, decimal_mark=decimal_mark(cells[use.index]))
        result.append(use)
    return tuple(result), [question for question in questions if question is not None]


def _order_question(
    use: ColumnUse, is_mixed: bool, month_first: str, day_first: str, example: str
) -> Problem:
    if is_mixed:
        return Problem.of(
            problems.MIXED_DATE_ORDER, header=use.header, month_first=month_first, day_first=day_first
        )
    return Problem.of(problems.ASK_DATE_ORDER, header=use.header, value=example or "—")


def _notices(layout: Layout, table: Table, others: Sequence[str]) -> list[Problem]:
    notices = []
    if others:
        shown = "、".join(others[:6]) + ("…" if len(others) > 6 else "")
        notices.append(Problem.of(problems.OTHER_SHEETS, sheet=table.name, count=len(others), sheets=shown))
    fields = {column.field for column in layout.columns}
    if "invoice_on" not in fields:
        stand_in = layout.column_of("posting_on") or layout.column_of("due_on")
        if stand_in is not None:
            notices.append(Problem.of(problems.INVOICE_DATE_FROM, header=stand_in.header))
    if not fields & {"due_on", "credit_days"}:
        notices.append(Problem.of(problems.NO_DUE_DATE))
    if "document_number" not in fields:
        notices.append(Problem.of(problems.NO_DOCUMENT_NUMBER))
    return notices
