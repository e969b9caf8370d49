"""The trained model: how likely a text is to be what the law forbids, where no rule names it (你家小孩几点放学我们都清楚).

A linear model over hashed features (``features``), trained by ``python -m tools.train_scanner`` and kept as whole numbers in a
data file with its digest. One head says how likely the text is to be blocked, one for each category says as what. The
likelihood is calibrated on sentences the model was not trained on; two bars are read from the same: from the lower a person
decides, from the upper the text is blocked.

Invariant: the same file and text give the same likelihood; a text is judged as a whole and by each of its sentences, and the
gravest counts, so nothing is hidden by kind words around it. The model makes a verdict graver, never milder.
Refuses a file whose digest is not the one in its description, or whose senses are not the ones it was trained with.
"""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jieqing.trust.wording.engine.features import BUCKETS, Rows, Senses, runs_of, senses_of
from jieqing.trust.wording.engine.normalising import CLAUSE, LISTED, SENTENCE, SOFT

# What senses weigh against characters, as found by cross-validation.
SENSE_SHARE = 0.5
_SHORTEST = 5
_MARKS = SENTENCE + CLAUSE + LISTED + SOFT


class ModelError(ValueError):
    """The model that ships is not the one described: a fault of ours, found when it is read."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """How likely a text is to be blocked, and as what first."""

    likelihood: float
    category: str


class Model:
    """Read once per process; asked for one text or for many at once."""

    def __init__(self, description: Mapping[str, Any], data: bytes, senses: Mapping[str, str]) -> None:
        if hashlib.sha256(data).hexdigest() != description["sha256"]:
            raise ModelError("the weights are not the ones described")
        if senses_digest(senses) != description["senses_sha256"]:
            raise ModelError("the senses are not the ones the model was trained with: train it again")
        arrays = np.load(io.BytesIO(data), allow_pickle=False)
        scales: NDArray[np.float32] = arrays["scales"]
        whole: NDArray[np.int8] = arrays["weights"]
        if whole.shape != (len(scales), BUCKETS):
            raise ModelError("weights of another shape")
        self._block = whole[0].astype(np.float32) * scales[0]
        # One row for each bucket: a text asks for all heads of its few buckets.
        self._heads = np.ascontiguousarray(whole[1:].T)
        self._scales = scales[1:]
        self._intercepts: NDArray[np.float32] = arrays["intercepts"]
        self._slope, self._offset = description["calibration"]
        self._categories: tuple[str, ...] = tuple(description["categories"])
        self._senses = Senses(senses)
        self.approval_bar: float = description["approval_bar"]
        self.block_bar: float = description["block_bar"]

    def likelihoods(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Of each plain text as a whole."""
        if not texts:
            return np.zeros(0)
        raw = self._intercepts[0] + _sums(len(texts), self._block, *self._rows(texts))
        found: NDArray[np.float64] = 1 / (1 + np.exp(-(self._slope * raw + self._offset)))
        return found

    def suspicions(self, texts: Sequence[str]) -> list[Suspicion | None]:
        """For each plain text the gravest of its parts; None below the lower bar."""
        parted = [parts_of(text) for text in texts]
        parts = [part for pieces in parted for part in pieces]
        owners = [number for number, pieces in enumerate(parted) for _piece in pieces]
        gravest: dict[int, tuple[float, str]] = {}
        for owner, part, likelihood in zip(owners, parts, self.likelihoods(parts).tolist(), strict=True):
            if likelihood >= self.approval_bar and likelihood > gravest.get(owner, (0.0, ""))[0]:
                gravest[owner] = (likelihood, part)
        found: list[Suspicion | None] = [None] * len(texts)
        categories = self._categories_of([part for _likelihood, part in gravest.values()])
        for (owner, (likelihood, _part)), category in zip(gravest.items(), categories, strict=True):
            found[owner] = Suspicion(likelihood, category)
        return found

    def _categories_of(self, texts: Sequence[str]) -> list[str]:
        if not texts:
            return []
        raw = np.zeros((len(texts), len(self._categories)))
        for (rows, buckets), share in zip(self._rows(texts), (1.0, SENSE_SHARE), strict=True):
            there, starts, counts = np.unique(rows, return_index=True, return_counts=True)
            totals = np.add.reduceat(self._heads[buckets].astype(np.int32), starts) if len(rows) else 0
            raw[there] += totals * (share / np.sqrt(counts))[:, None]
        best = np.argmax(self._intercepts[1:] + self._scales * raw, axis=1)
        return [self._categories[number] for number in best.tolist()]

    def _rows(self, texts: Sequence[str]) -> tuple[Rows, Rows]:
        return runs_of(texts), senses_of(self._senses.codes_of(texts))


def parts_of(plain: str) -> list[str]:
    """The text as a whole, and each of its sentences where there are several; none where there is hardly a word.

    Marks at the ends are left out: whether somebody set the last full stop says nothing.
    """
    if sum(map(str.isalpha, plain)) < _SHORTEST:
        return []
    whole = plain.strip(_MARKS)
    pieces = [piece.strip(_MARKS) for piece in whole.split(SENTENCE)]
    pieces = [piece for piece in pieces if sum(map(str.isalpha, piece)) >= _SHORTEST]
    return [whole] if len(pieces) < 2 else [whole, *pieces]


def senses_digest(senses: Mapping[str, str]) -> str:
    """Of the words and their order: another order is another model."""
    said = "\n".join(f"{name}:{' '.join(words.split())}" for name, words in senses.items())
    return hashlib.sha256(said.encode()).hexdigest()


def _sums(count: int, weights: NDArray[np.float32], runs: Rows, senses: Rows) -> NDArray[np.float64]:
    total: NDArray[np.float64] = np.zeros(count)
    for (rows, buckets), share in ((runs, 1.0), (senses, SENSE_SHARE)):
        lengths = np.sqrt(np.maximum(np.bincount(rows, minlength=count), 1))
        total += share * np.bincount(rows, weights[buckets], minlength=count) / lengths
    return total
