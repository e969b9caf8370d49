"""What this installation scans with, read from the room's files: the lexicons and the trained model. No Django, no database."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from jieqing.trust.wording.engine.lexicon import Gravity, Lexicon, lexicon_of
from jieqing.trust.wording.engine.scanner import Scanner
from jieqing.trust.wording.engine.suspecting import Model

ROOM = Path(__file__).parent
LEXICON, INCOMING = ROOM / "lexicon", ROOM / "incoming"
MODEL, SENSES = ROOM / "model" / "suspicion", ROOM / "model" / "senses.yaml"


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """The lexicon for what we say."""
    return _read(LEXICON)


@lru_cache(maxsize=1)
def shipped_incoming() -> Lexicon:
    """The lexicon for what the other side says."""
    return _read(INCOMING)


@lru_cache(maxsize=1)
def model() -> Model:
    description = json.loads(MODEL.with_suffix(".json").read_text(encoding="utf-8"))
    senses: Mapping[str, str] = yaml.safe_load(SENSES.read_text(encoding="utf-8"))
    return Model(description, MODEL.with_suffix(".npz").read_bytes(), senses)


class TrainedJudge:
    """The trained model as the scanner asks it: a category and a gravity."""

    def __init__(self, trained: Model) -> None:
        self._model = trained

    def suspicions(self, texts: Sequence[str]) -> list[tuple[str, Gravity] | None]:
        bar = self._model.block_bar
        return [
            None
            if one is None
            else (one.category, Gravity.BLOCK if one.likelihood >= bar else Gravity.NEEDS_APPROVAL)
            for one in self._model.suspicions(texts)
        ]


@lru_cache(maxsize=1)
def scanner() -> Scanner:
    """A scanner of what ships, built once per process (some 50,000 words: a second or two)."""
    return Scanner(shipped(), TrainedJudge(model()), shipped_incoming())


def _read(folder: Path) -> Lexicon:
    return lexicon_of(
        yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.yaml"))
    )
