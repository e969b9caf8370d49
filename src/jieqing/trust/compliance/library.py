"""The packs this installation ships, read from the room's files. No Django, no database: the commands need neither."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jieqing.trust.compliance.engine.pack_reading import read_pack
from jieqing.trust.compliance.engine.pack_text import NotAPack
from jieqing.trust.compliance.engine.packs import Pack, PackSet, pack_set

PACKS = Path(__file__).parent / "packs"
ARTICLES = Path(__file__).parent / "law" / "articles.json"


def packs_in(folder: Path) -> tuple[Pack, ...]:
    """Read every pack of a folder.

    Errors: NotAPack, with the file.
    """
    found = []
    for file in sorted(folder.glob("*.yaml")):
        try:
            pack = read_pack(file.read_text(encoding="utf-8"))
        except NotAPack as error:
            raise NotAPack(f"{file.name}: {error}") from error
        if pack.id != file.stem:
            raise NotAPack(f"{file.name}: the pack is called {pack.id}; its file must be too")
        found.append(pack)
    return tuple(found)


@lru_cache(maxsize=1)
def shipped() -> PackSet:
    """The set of all shipped packs."""
    return pack_set(packs_in(PACKS))
