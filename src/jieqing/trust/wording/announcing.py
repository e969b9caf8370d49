"""What an organisation may call itself, offer and advertise: a lexicon of its own, read with the guards of the shipped one.

Names and landing texts are no messages: "催收" in a bank agency's list of services is lawful, "商务咨询" beside it is a disguise.
So they have rules of their own; the threats and poses that no text may hold are the main scanner's.
"""

from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import yaml

from jieqing.trust.wording.engine.lexicon import lexicon_of
from jieqing.trust.wording.engine.scanner import Finding, Scanner
from jieqing.trust.wording.engine.sounds import sounds_of
from jieqing.trust.wording.library import LEXICON

BUSINESS = Path(__file__).parent / "business"
# Read in an address, where only letters stand; words whose sound means something else too are left out.
_IN_ADDRESSES = ("讨债", "追债", "要债", "催债", "收债", "清债", "要账", "侦探", "改征信", "洗征信", "修征信")
_one_at_a_time = Lock()


def _read(file: Path) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return told


@lru_cache(maxsize=1)
def business_scanner() -> Scanner:
    denied = _read(LEXICON / "00_common.yaml")["guards"]["denied"]
    # What no rule asks for need not be there; only the denial right before the words is shared.
    return Scanner(lexicon_of([{"guards": {"denied": denied}}, *map(_read, sorted(BUSINESS.glob("*.yaml")))]))


def scan_announcement(text: str) -> tuple[Finding, ...]:
    """What a name, a list of services or an advertisement may not say."""
    with _one_at_a_time:
        return business_scanner().scan(text).findings


@lru_cache(maxsize=1)
def _sounds() -> tuple[tuple[str, str], ...]:
    return tuple(("".join(sounds_of(word)), word) for word in _IN_ADDRESSES)


def word_in_address(address: str) -> str | None:
    """The banned word that an address spells by its sound, or None.

    Example:
        >>> word_in_address("hongda-taozhai"), word_in_address("zhui.zhai.example.cn"), word_in_address("jiangnan")
        ('讨债', '追债', None)
    """
    letters = "".join(letter for letter in address.lower() if "a" <= letter <= "z")
    return next((word for sound, word in _sounds() if sound in letters), None)
