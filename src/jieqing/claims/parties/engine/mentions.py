"""Contact points as a ledger mentions them: many in one cell, somebody's name beside them, whose they then are.

A ledger says "联系人 王小明, 电话 …" of a company and of a person alike. Whoever answers a company's telephone speaks for the
company. Beside a person, somebody of another name is a third person: told nothing of the debt, asked only once the debtor
cannot be reached. Where the kind of the party is not known, the stricter reading holds until a person says otherwise.

Refuses nothing: a cell that holds no point yields none, and is counted.
Source: law.md GBT-01, GBT-02, CBA-04.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from jieqing.claims.parties.engine.contact_points import BelongsTo, Point, PointKind, read_point
from jieqing.claims.parties.engine.names import PartyKind, name_key
from jieqing.kernel.outcomes import is_problem

CELL_CHARS_MAX = 500
POINTS_OF_A_CELL_MAX = 5
_BETWEEN = re.compile(r"[;；,，、\n]+|(?<=[0-9])\s*/\s*(?=[0-9+])|\s{2,}")


@dataclass(frozen=True, slots=True)
class PointMention:
    """A cell of a ledger. ``holder`` is the contact person named in the row; ``is_persons`` when the column itself says so."""

    party_id: UUID
    kind: PointKind
    text: str
    holder: str = ""
    is_persons: bool = False


@dataclass(frozen=True, slots=True)
class IdentifierMention:
    party_id: UUID
    text: str


def points_in(mention: PointMention) -> tuple[list[Point], int]:
    """Return the points of a cell and how many of its parts could not be read.

    Example:
        >>> from uuid import UUID
        >>> found, unread = points_in(PointMention(UUID(int=0), PointKind.PHONE, "13800000000/0510-85001234、无"))
        >>> [point.value for point in found], unread
        (['13800000000', '051085001234'], 1)
    """
    text = mention.text[:CELL_CHARS_MAX]
    parts = [text] if mention.kind in (PointKind.ADDRESS, PointKind.IM) else _BETWEEN.split(text)
    read = [read_point(mention.kind, part) for part in parts[:POINTS_OF_A_CELL_MAX] if part.strip()]
    found = [point for point in read if not is_problem(point)]
    return found, len(read) - len(found)


def whose(mention: PointMention, party_kind: PartyKind, party_name: str) -> BelongsTo:
    """Return whose point a mention is."""
    if party_kind is PartyKind.COMPANY:
        return BelongsTo.DEBTOR
    if not (mention.holder.strip() or mention.is_persons):
        return BelongsTo.DEBTOR
    is_same = bool(mention.holder.strip()) and name_key(mention.holder) == name_key(party_name)
    return BelongsTo.DEBTOR if is_same else BelongsTo.CONTACT_PERSON
