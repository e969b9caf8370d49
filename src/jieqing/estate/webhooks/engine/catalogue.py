"""Which news of a site other programs may hear, under which public names; said once by the shell when a process starts.

A public name is a promise: it stands in ``contracts/events`` with a schema and a test vector. A payload carries ids, codes,
counts and amounts, never a name, an address or a text that somebody wrote.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PING = "webhook.ping"


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """``ledger.imported`` and what it is called on a page."""

    name: str
    zh: str
    en: str

    def words(self, lang: str) -> str:
        return self.zh if lang.startswith("zh") else self.en


_known: dict[str, PublicEvent] = {}


def declare(event: PublicEvent) -> None:
    """Add a public name; a second meaning for one name is a bug."""
    if _known.setdefault(event.name, event) != event:
        raise ValueError(f"{event.name} is declared twice with different words")


def known_events() -> Mapping[str, PublicEvent]:
    """Every public name but the ping's, in the order of names."""
    return dict(sorted(_known.items()))
