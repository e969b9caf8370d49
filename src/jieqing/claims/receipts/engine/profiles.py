"""The banks' ways of writing, as data: which header means which field, and which bank a file is from.

A profile names columns; the table of all profiles is a TOML file beside this module (read by ``services``: engines do no
I/O). The row with the most known headers is the header. Between banks that fit equally the words of the title lines and
headers that only one bank uses decide; when nothing does, it is read as ``generic`` and says so.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

GENERIC = "generic"
HEAD_ROWS = 60
# A header row names at least this many fields, a day and an amount among them.
FIELDS_MIN = 3


@dataclass(frozen=True)
class Profile:
    code: str
    zh: str
    en: str
    marks: tuple[str, ...]
    own: frozenset[str]
    columns: Mapping[str, tuple[str, ...]]
    is_wallet: bool = False


@dataclass(frozen=True)
class Header:
    """``fields`` maps our field to column indexes in the order of preference; texts may come from several columns."""

    profile: Profile
    row: int
    fields: Mapping[str, tuple[int, ...]]


def fold(text: str) -> str:
    """A header without width, case, blanks, brackets and units: what two spellings share."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum() or char in "+-")


def load_profiles(text: str) -> dict[str, Profile]:
    """Read the table of profiles; every bank inherits the generic names of the fields it does not name."""
    data = tomllib.loads(text)
    generic = {name: _folded(words) for name, words in data[GENERIC]["columns"].items()}
    found = {}
    for code, entry in data.items():
        columns = {**generic, **{name: _folded(words) for name, words in entry.get("columns", {}).items()}}
        found[code] = Profile(
            code=code,
            zh=entry["zh"],
            en=entry["en"],
            marks=tuple(unicodedata.normalize("NFKC", mark).casefold() for mark in entry["marks"]),
            own=frozenset(_folded(entry.get("own", ()))),
            columns=columns,
            is_wallet=bool(entry.get("wallet", False)),
        )
    return found


def find_header(
    rows: Sequence[tuple[str, ...]], profiles: Mapping[str, Profile], *, asked: str = ""
) -> Header | None:
    """The header row and the bank; None when no row names a day and an amount."""
    best: tuple[tuple[int, int, int], Header] | None = None
    for at, cells in enumerate(rows[:HEAD_ROWS]):
        folded = [fold(cell) for cell in cells]
        if sum(1 for cell in folded if cell) < FIELDS_MIN:
            continue
        title = unicodedata.normalize("NFKC", " ".join(" ".join(row) for row in rows[:at])).casefold()
        for profile in profiles.values():
            if asked and profile.code != asked:
                continue
            fields = _fields_of(folded, profile)
            if not _is_complete(fields) or len(fields) < FIELDS_MIN:
                continue
            own = sum(1 for cell in folded if cell in profile.own)
            named = sum(len(profile.marks) and mark in title for mark in profile.marks)
            if profile.code != GENERIC and not named and own < 2 and not asked:
                continue
            rank = (len(fields), 10 * bool(named) + own, int(profile.code != GENERIC))
            if best is None or rank > best[0]:
                best = (rank, Header(profile, at, fields))
    return best[1] if best else None


def _is_complete(fields: Mapping[str, tuple[int, ...]]) -> bool:
    return "date" in fields and ("amount" in fields or ("debit" in fields and "credit" in fields))


def _fields_of(folded: Sequence[str], profile: Profile) -> dict[str, tuple[int, ...]]:
    taken: set[int] = set()
    fields: dict[str, tuple[int, ...]] = {}
    # What is spelled like two fields belongs to the earlier one; texts take every column that fits.
    for name, words in profile.columns.items():
        places = [folded.index(word) for word in words if word in folded and folded.index(word) not in taken]
        if not places:
            continue
        chosen = tuple(dict.fromkeys(places)) if name == "purpose" else (places[0],)
        fields[name] = chosen
        taken.update(chosen)
    return fields


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(fold(word) for word in words)
