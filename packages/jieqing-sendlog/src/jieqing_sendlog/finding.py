"""One violation: which contact, when, which row of the law, and how sure the reading is.

``reading`` is ``text`` where the row says it in so many words, and ``strict`` where the row leaves room and the stricter
of two honest readings was taken (the README lists these). Both count as violations.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from jieqing_sendlog.rows import ROWS

Reading = Literal["text", "strict"]
TEXT: Reading = "text"
STRICT: Reading = "strict"


@dataclass(frozen=True, slots=True)
class Finding:
    """A contact that should not have been made, and why."""

    contact: str
    at: datetime
    row: str
    reading: Reading
    detail: str = ""

    def as_dict(self) -> dict[str, str]:
        row = ROWS[self.row]
        return {
            "contact": self.contact,
            "at": self.at.isoformat(),
            "rule": self.row,
            "article": row.article,
            "reading": self.reading,
            "text_zh": row.zh,
            "text_en": row.en,
            "detail": self.detail,
        }
