"""When two mentions are one party: the match key, and what an import says about each party.

A customer code is the creditor's own numbering, so it identifies only within that creditor's books; a creditor, and a
debtor without a code, is known by its name key. Two keys that differ stay two parties until a person merges them.

Refuses: a mention with neither code nor name (ValueError: the import engine has staged such a row already).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from jieqing.claims.parties.engine.names import name_key


@dataclass(frozen=True, slots=True)
class Mention:
    """A party as a document names it. `creditor_id` is whose books the code belongs to; None for a creditor itself."""

    name: str
    code: str = ""
    creditor_id: UUID | None = None

    @property
    def match_key(self) -> str:
        """Return the key.

        Example:
            >>> Mention("江南轴承（无锡）").match_key, Mention("", " ａ1 ").match_key
            ('name:江南轴承无锡', 'code::A1')
        """
        code = unicodedata.normalize("NFKC", self.code).strip().upper()
        if code:
            return f"code:{self.creditor_id or ''}:{code}"
        key = name_key(self.name)
        if not key:
            # A name of signs only ("—") is still a name: keep it apart from every other.
            key = "".join(self.name.split())
        if not key:
            raise ValueError("a party has a name or a code")
        return f"name:{key}"
