"""What a log line says of an exception: its kinds, where it came from, and nothing that was in a variable.

A traceback with values, and the sentence of most exceptions, quote data: PostgreSQL's "Failing row contains (…)",
``KeyError('王小明')``. So a line carries the classes (cause first), the places (file, line, function) and, of a database
error, the code and the names of table and constraint. The sentence is kept only for our own ``Fault``, whose words we
wrote, and still goes through the masks.
"""

import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from jieqing.plumbing.faults import Fault

_FRAMES_MAX = 12
_ROOTS = ("site-packages", "src")
ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def told_of(error: BaseException) -> dict[str, Any]:
    """The fields of a line for one exception and its causes."""
    chain = _chain(error)
    told: dict[str, Any] = {"error": " < ".join(type(one).__name__ for one in chain)}
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES_MAX:]
    told["frames"] = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    for one in chain:
        if isinstance(one, Fault):
            told["reason_code"] = one.en
        sqlstate = getattr(one, "sqlstate", None)
        if isinstance(sqlstate, str):
            details = getattr(one, "diag", None)
            told["sqlstate"] = sqlstate
            told["table"] = getattr(details, "table_name", None) or ""
            told["constraint"] = getattr(details, "constraint_name", None) or ""
    return told


def _chain(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in chain and len(chain) < 5:
        chain.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return chain


def _short(filename: str) -> str:
    """The file below its package root: paths of a machine say who runs it."""
    parts = Path(filename).parts
    for root in _ROOTS:
        if root in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(root) :])
    return "/".join(parts[-2:])
