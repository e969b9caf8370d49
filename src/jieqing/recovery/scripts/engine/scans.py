"""Which scans are kept, and what of them: the verdict, the rules, and each place with its surroundings, nobody's data in it.

Kept is what somebody did on purpose: saved a version, sent one to review, asked for leave to say it. What is typed and thrown
away is nobody's business. A text is told by a keyed digest; an excerpt shows variables by their names instead of values,
and what still looks like a number, an address or a token is masked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

AROUND = 10
EXCERPT_CHARS_MAX = 120


class Occasion(StrEnum):
    """Values stand in rows: never rename one."""

    WRITTEN = "written"
    SUBMITTED = "submitted"
    CONTACT = "contact"


OCCASIONS: dict[Occasion, tuple[str, str]] = {
    Occasion.WRITTEN: ("保存草稿", "Draft saved"),
    Occasion.SUBMITTED: ("提交备案", "Sent to review"),
    Occasion.CONTACT: ("准备触达", "About to be said"),
}
CATEGORIES: dict[str, tuple[str, str]] = {
    "threat": ("威胁恐吓", "Threat"),
    "impersonation": ("冒充机关或律师", "Impersonation"),
    "false_consequence": ("虚构法律后果", "False consequence"),
    "third_party_disclosure": ("向第三人透露", "Disclosure to others"),
    "insult": ("侮辱", "Insult"),
    "shaming": ("公开羞辱", "Shaming"),
    "inducing_new_borrowing": ("诱导以贷还贷", "Inducing new borrowing"),
    "extra_fees": ("额外收费", "Extra fees"),
    "frequency_pressure": ("频繁施压", "Pressure by frequency"),
    "illegal_entry_or_restraint": ("闯入或限制自由", "Entry or restraint"),
    "privacy_exposure": ("侵犯隐私", "Privacy exposure"),
    "unlabelled_ai": ("隐瞒智能语音", "Unlabelled AI"),
    "out_of_scope_business": ("超范围经营", "Out-of-scope business"),
}


def excerpt(
    text: str, start: int, end: int, mask: Callable[[str], str], values: Mapping[str, str] | None = None
) -> str:
    """The place and a little around it, with each value shown as the name of its variable.

    Example:
        >>> excerpt("孟女士，再不还钱弄死你，我们在13800138000等", 8, 11, str, {"debtor": "孟女士"})
        '{debtor}，再不还钱弄死你，我们在13800138000'
    """
    begin, stop = max(0, start - AROUND), min(len(text), end + AROUND)
    # A value or a number that the cut runs through would show half of itself: cut beside it.
    for value in (one for one in (values or {}).values() if one):
        at = text.find(value)
        while at >= 0:
            if at < begin < at + len(value):
                begin = at
            if at < stop < at + len(value):
                stop = at + len(value)
            at = text.find(value, at + 1)
    while 0 < begin < len(text) and _joins(text[begin - 1], text[begin]):
        begin -= 1
    while 0 < stop < len(text) and _joins(text[stop - 1], text[stop]):
        stop += 1
    shown = text[begin:stop]
    for name, value in sorted((values or {}).items(), key=lambda pair: -len(pair[1])):
        if value:
            shown = shown.replace(value, "{" + name + "}")
    return " ".join(mask(shown).split())[:EXCERPT_CHARS_MAX]


def _joins(one: str, other: str) -> bool:
    """Whether a cut between two characters would go through a number, a word or an address."""
    return (one.isascii() and one.isalnum()) and (other.isascii() and other.isalnum())
