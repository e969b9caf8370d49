"""Rows of a bank's file that became no line, read again from the file as it came: each with its reason.

The room keeps how many there were; the file keeps what they said. Larger files are offered for download instead.
"""

from jieqing.claims.receipts.engine.reading import read_statements
from jieqing.claims.receipts.engine.statement_types import LeftOut
from jieqing.claims.receipts.models import BankStatement
from jieqing.claims.receipts.services.profile_files import bank_profiles
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.storage import open_stored

READ_BYTES_MAX = 4 << 20
SHOWN_MAX = 50


def left_out_rows(statement: BankStatement) -> tuple[LeftOut, ...]:
    """Up to ``SHOWN_MAX`` of them; none where the file is large or cannot be read."""
    if not statement.left_out or statement.file_bytes > READ_BYTES_MAX:
        return ()
    try:
        data = open_stored(statement.site_id, statement.file_key)
    except FileNotFoundError:
        return ()
    found = read_statements(
        data, statement.file_name, bank_profiles(), bank=statement.profile, currency=statement.currency
    )
    return () if is_problem(found) else tuple(row for one in found for row in one.left_out)[:SHOWN_MAX]
