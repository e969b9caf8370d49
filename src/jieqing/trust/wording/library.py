"""The lexicon this installation ships, read from the room's files. No Django, no database: the command needs neither."""

from functools import lru_cache
from pathlib import Path

import yaml

from jieqing.trust.wording.engine.lexicon import Lexicon, lexicon_of
from jieqing.trust.wording.engine.scanner import Scanner

LEXICON = Path(__file__).parent / "lexicon"


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """The lexicon of all shipped files."""
    return lexicon_of(
        yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(LEXICON.glob("*.yaml"))
    )


@lru_cache(maxsize=1)
def scanner() -> Scanner:
    """A scanner of the shipped lexicon, built once per process (some 50,000 words: a second or two)."""
    return Scanner(shipped())
