"""What a log line may say: constants of ours, numbers and ids. Nothing that somebody typed.

Two rules, because neither is enough alone. By name: of the fields of a line only the listed ones may carry text; every
other text is dropped, and so is each field that is named like a column of the register of personal fields, whatever
its type. That is the only rule that can keep a person's name out: no pattern knows names. By pattern: in the text
that is left, what looks like a mail address, a run of digits as long as a phone number, a query string or a token is
replaced. Digits of any script count, and separators inside a number do not hide it.

A pattern that hits too much costs a number in a log line; one that hits too little costs a person. So in doubt it hits.

Source: 《个人信息保护法》6 (minimum), 51 (de-identification); OWASP Logging Cheat Sheet, "Data to exclude".
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

# Fields that may carry text, all of them words of ours or ids.
TEXT_FIELDS = frozenset(
    {
        "action",
        "actor",
        "at",
        "code",
        "constraint",
        "error",
        "event",
        "frames",
        "job",
        "level",
        "log",
        "logger",
        "method",
        "process",
        "queue",
        "reason_code",
        "request_id",
        "route",
        "site",
        "sqlstate",
        "state",
        "table",
        "task",
        "version",
    }
)
# Their values are made by us and have a form of their own, in which patterns would only see ghosts.
_EXACT = frozenset({"actor", "at", "level", "request_id", "route", "site", "frames", "version"})
MASK = "***"

_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
# One pass over the text: an id is stepped over whole, before its digits can be taken for a number.
_SENSITIVE = re.compile(
    rf"(?P<id>(?<![A-Za-z0-9_-]){_UUID}(?![A-Za-z0-9_-]))"
    r"|[^\s<>()\[\]{},;:'\"“”（），；：]+[@＠][^\s<>()\[\]{},;:'\"“”（），；：]+"
    r"|\?[^\s'\"]*[=＝][^\s'\"]*"
    r"|[+＋]?[(（]?\d(?:(?:[^\w\n]|_){0,3}\d){6,}[XxＸｘ]?"
    r"|[A-Za-z0-9_\-]{20,}"
)


def mask_text(text: str) -> str:
    """The text without what looks like something about a person, or like a secret.

    Example:
        >>> mask_text("called 138 0013 8000 of a.b@example.cn, GET /x?token=1")
        'called *** of ***, GET /x***'
        >>> mask_text("site 01890000-0000-7000-8000-000000000000 has 12 rows")
        'site 01890000-0000-7000-8000-000000000000 has 12 rows'
    """
    return _SENSITIVE.sub(lambda found: found[0] if found["id"] else MASK, text)


def masked_fields(fields: Mapping[str, Any], personal: Iterable[str] = ()) -> dict[str, Any]:
    """The fields that a line may carry, masked; ``personal`` names columns that say something about a person.

    Example:
        >>> masked_fields({"event": "sent", "address": "a@b.cn", "rows": 3, "note": "王小明"})
        {'event': 'sent', 'rows': 3}
    """
    hidden = frozenset(personal) - TEXT_FIELDS
    kept: dict[str, Any] = {}
    for name, value in fields.items():
        if name in hidden:
            continue
        if value is None or isinstance(value, bool):
            kept[name] = value
        elif isinstance(value, int | float):
            # A phone number is a number too.
            kept[name] = value if abs(value) < 10**10 else MASK
        elif isinstance(value, UUID | datetime | date):
            kept[name] = str(value) if isinstance(value, UUID) else value.isoformat()
        elif name in TEXT_FIELDS:
            kept[name] = _text_of(name, value)
    return kept


def _text_of(name: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_text_of(name, part) for part in value]
    text = str(value)
    return text if name in _EXACT else mask_text(text)
