"""What changed between two versions of a text, in pieces that a page can mark: kept, gone, new.

Words of Chinese have no spaces, so characters are compared; runs shorter than `_SHORTEST` between two changes are counted as
changed, so that a reader sees phrases and not confetti.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Literal["kept", "gone", "new"]
    text: str


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """Pieces in reading order; kept and gone together are the old text, kept and new the new one."""
    pieces: list[Piece] = []
    gone = came = ""
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        length = old_to - old_from
        is_edge = old_from == 0 or old_to == len(old)
        if kind == "equal" and (length >= _SHORTEST or is_edge):
            pieces += _changed(gone, came)
            pieces.append(Piece("kept", old[old_from:old_to]))
            gone = came = ""
        else:
            gone += old[old_from:old_to]
            came += new[new_from:new_to]
    return tuple(pieces + _changed(gone, came))


def _changed(gone: str, came: str) -> list[Piece]:
    return [Piece("gone", gone)] * bool(gone) + [Piece("new", came)] * bool(came)
