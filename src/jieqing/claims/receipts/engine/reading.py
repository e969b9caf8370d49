"""From bytes to checked statements: the bytes decide the format, never the name.

XML is camt.053, SWIFT tags are MT940/942, everything else is a table and goes through the readers of the ledger import
(encodings, delimiters, workbooks, their bounds). Never raises on any bytes.
"""

from __future__ import annotations

from collections.abc import Mapping

from jieqing.claims.receipts.engine import bank_problems as problems
from jieqing.claims.receipts.engine.camt_statements import read_camt
from jieqing.claims.receipts.engine.mt_statements import looks_like_mt, read_mt
from jieqing.claims.receipts.engine.profiles import Profile
from jieqing.claims.receipts.engine.statement_types import Statement
from jieqing.claims.receipts.engine.table_statements import read_table_statement
from jieqing.claims.receivables.engine.encodings import detect_encoding
from jieqing.claims.receivables.engine.ledger_types import Limits
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.kernel.outcomes import Problem, is_problem

BYTES_MAX = 64 * 1024 * 1024
TABLE_LIMITS = Limits(
    bytes_max=BYTES_MAX, rows_max=200_000, grid_cells_max=8_000_000, archive_bytes_max=256 * 1024 * 1024
)
XML_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"


def read_statements(
    data: bytes, name: str, profiles: Mapping[str, Profile], *, bank: str = "", currency: str = "CNY"
) -> tuple[Statement, ...] | Problem:
    """The statements of a file as they stand there; ``checking.check`` says whether they add up."""
    if len(data) > BYTES_MAX:
        return Problem.of(problems.TOO_BIG, bytes=len(data), limit=BYTES_MAX)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if (
        start.startswith(b"<")
        and b"<html" not in start.lower()
        and XML_2003 not in start
        and b"<table" not in start.lower()
    ):
        return read_camt(data.lstrip(b" \t\r\n"))
    if looks_like_mt(data):
        encoding = detect_encoding(data)
        text = data[encoding.start :].decode(encoding.name, "replace") if encoding else data.decode("latin-1")
        return read_mt(text)
    read = read_file(data, name, TABLE_LIMITS)
    if is_problem(read):
        return read
    statement = read_table_statement(read, profiles, asked=bank, currency=currency)
    return statement if is_problem(statement) else (statement,)
