"""Document numbers in what a payer wrote: 货款 INV-001、002, FP 2026-0012, …

A number of ours is compared without signs and case. From a text come its words, neighbouring words joined (payers put
blanks anywhere), and shortened followers: in "INV-001、002" the second stands for INV-002.
"""

from __future__ import annotations

import re
import unicodedata

CHARS_MIN = 3
JOINED_MAX = 3
_WORD = re.compile(r"[A-Za-z0-9]+")
_RUN = re.compile(r"([A-Za-z0-9][A-Za-z0-9\-_/. ]*?)((?:\s*[、，,;；和及+&]\s*\d+)+)(?![A-Za-z0-9])")


def plain_number(text: str) -> str:
    """A document number as it is compared; empty when too short to tell anything.

    Example:
        >>> plain_number("FP-2026/001")
        'FP2026001'
    """
    folded = unicodedata.normalize("NFKC", text).upper()
    plain = "".join(char for char in folded if char.isalnum())
    return plain if len(plain) >= CHARS_MIN and any(char.isdigit() for char in plain) else ""


def numbers_in(text: str) -> frozenset[str]:
    """Every way in which a document number could stand in the text."""
    folded = unicodedata.normalize("NFKC", text).upper()
    words = _WORD.findall(folded)
    found = set()
    for start in range(len(words)):
        for size in range(1, JOINED_MAX + 2):
            joined = plain_number("".join(words[start : start + size]))
            if joined:
                found.add(joined)
    for run in _RUN.finditer(folded):
        head = plain_number(run[1].rsplit(" ", 1)[-1])
        for short in re.findall(r"\d+", run[2]):
            if head and len(short) < len(head) and head[-len(short) :].isdigit():
                found.add(head[: -len(short)] + short)
    # A number may carry signs and letters of any script of its own (发票 is not part of it).
    found |= {
        plain for piece in re.split(r"[\s,，、;；:：()（）\[\]]+", folded) if (plain := plain_number(piece))
    }
    return frozenset(found)
