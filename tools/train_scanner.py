"""Train the scanner's model again: ``python -m tools.train_scanner`` (scikit-learn, from the bench lock).

Reads ``training/*.jsonl`` and the dev part of the gold set, never the test part. The bars and the calibration come from
predictions on dev sentences by models that had not seen their family (five folds, a family whole in one). The last model
learns from everything; its weights are written as whole numbers with their digest, next to a description of how they came
about. The same sentences and seed give the same file.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from jieqing.recovery.scripts.engine.variables import example
from jieqing.recovery.scripts.library import shipped as scripts
from jieqing.trust.wording.engine.features import BUCKETS, Senses, runs_of, senses_of
from jieqing.trust.wording.engine.scanner import Scanner
from jieqing.trust.wording.engine.suspecting import SENSE_SHARE, parts_of, senses_digest
from jieqing.trust.wording.library import MODEL, SENSES, shipped

ROOM = Path(__file__).parents[1] / "src" / "jieqing" / "trust" / "wording"
SEED = 7
FOLDS = 5
STRENGTH, CATEGORY_STRENGTH = 100.0, 40.0
# The gold set's own voice counts more than sentences written in bulk.
DEV_WEIGHT = 2.0
# Precision asked of the bar that blocks, recall of the bar that calls a person, both on sentences not trained on.
BLOCK_PRECISION, APPROVAL_RECALL = 0.95, 0.97


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Train the scanner's model")
    parser.add_argument("--dry", action="store_true", help="cross-validate only, write nothing")
    parser.add_argument("--lawful", action="store_true", help="first write training/lawful.jsonl again")
    options = parser.parse_args(arguments)
    if options.lawful:
        write_lawful()
    training, dev = read_training(), read_lines(ROOM / "gold" / "dev.jsonl")
    rows = [
        {**row, "reading": part}
        for row in readings(row for row in training + dev if row["verdict"] != "needs_approval")
        for number, part in enumerate(parts_of(row["reading"]))
        # Every sentence of what may be said may be said; which sentence of the rest is at fault nobody wrote down.
        if number == 0 or row["verdict"] == "clean"
    ]
    is_dev = np.array(["family" in row for row in rows])
    matrix, blocked = matrix_of(rows), np.array([row["verdict"] == "block" for row in rows])
    outgoing = np.array([row.get("context", {}).get("direction", "out") == "out" for row in rows])
    raw = raw_on_dev(matrix, blocked, is_dev, [row.get("family", "") for row in rows])
    # A sentence of a longer text teaches; the text as a whole, with the gravest of its parts, is what is judged.
    texts = np.array([row["text"] for row in rows])
    for text in {str(one) for one in texts[is_dev]}:
        same = np.flatnonzero(is_dev & (texts == text))
        raw[same[0]] = raw[same].max()
        outgoing[same[1:]] = False
    judged = is_dev & outgoing
    calibration = calibrated(raw[judged], blocked[judged])
    likelihood = 1 / (1 + np.exp(-(calibration[0] * raw[judged] + calibration[1])))
    bars = bars_of(likelihood, blocked[judged])
    found = measured(likelihood, blocked[judged], bars)
    print(json.dumps(found, indent=1), file=sys.stderr)
    if not options.dry:
        write(rows, matrix, blocked, is_dev, calibration, bars, found)
    return 0


def read_lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def read_training() -> list[dict[str, Any]]:
    return [row for file in sorted((ROOM / "training").glob("*.jsonl")) for row in read_lines(file)]


def write_lawful() -> None:
    """What may be said: our own rewordings and the shipped scripts, whole and by the sentence."""
    texts = [text for rule in shipped().rules for text in rule.instead]
    texts += [example(script.body) for script in scripts()]
    pieces = [piece.strip() for text in texts for piece in re.split(r"(?<=[。！？!?\n])", text)]
    rows = [
        {"text": text, "verdict": "clean", "categories": []}
        for text in dict.fromkeys(" ".join(text.split()) for text in (*texts, *pieces) if len(text) > 5)
    ]
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (ROOM / "training" / "lawful.jsonl").write_text("".join(lines), encoding="utf-8")


def readings(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    kept = list(rows)
    read = Scanner(shipped()).readings([row["text"] for row in kept])
    return [{**row, "reading": reading} for row, reading in zip(kept, read, strict=True)]


def matrix_of(rows: Sequence[dict[str, Any]]) -> Any:
    """Features as the model reads them: each group of its own length, senses weighing less than characters."""
    readings = [row["reading"] for row in rows]
    senses = Senses(yaml.safe_load(SENSES.read_text(encoding="utf-8")))
    total = None
    for share, (row, bucket) in (
        (1.0, runs_of(readings)),
        (SENSE_SHARE, senses_of(senses.codes_of(readings))),
    ):
        lengths = np.sqrt(np.maximum(np.bincount(row, minlength=len(rows)), 1))
        part = csr_matrix((share / lengths[row], (row, bucket)), shape=(len(rows), BUCKETS))
        total = part if total is None else total + part
    return total.tocsr()


class Fitted:
    """One head: what is rare says more, so features count by their rarity; the weights are given back for plain features."""

    def __init__(self, matrix: Any, wanted: Any, weights: Any, strength: float) -> None:
        rarity = np.log((1 + matrix.shape[0]) / (1 + matrix.getnnz(axis=0)))
        rarity /= rarity.mean()
        model = LogisticRegression(C=strength, solver="liblinear", random_state=SEED, max_iter=2000)
        model.fit(matrix @ diags(rarity), wanted, sample_weight=weights)
        self.weights, self.intercept = model.coef_[0] * rarity, float(model.intercept_[0])

    def raw(self, matrix: Any) -> Any:
        return matrix @ self.weights + self.intercept


def raw_on_dev(matrix: Any, blocked: Any, is_dev: Any, families: list[str]) -> Any:
    """What models say of dev sentences of families they were not trained on."""
    raw = np.zeros(len(blocked))
    places, others = np.flatnonzero(is_dev), np.flatnonzero(~is_dev)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for seen, left in folds.split(places, blocked[places], [families[at] for at in places]):
        train = np.concatenate([others, places[seen]])
        weights = np.where(is_dev[train], DEV_WEIGHT, 1.0)
        model = Fitted(matrix[train], blocked[train], weights, STRENGTH)
        raw[places[left]] = model.raw(matrix[places[left]])
    return raw


def calibrated(raw: Any, blocked: Any) -> tuple[float, float]:
    model = LogisticRegression(C=1e6).fit(raw.reshape(-1, 1), blocked)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def bars_of(likelihood: Any, blocked: Any) -> tuple[float, float]:
    """(for a person, to block): the lowest that is precise enough, the highest that misses few enough."""
    order = np.argsort(-likelihood)
    right = np.cumsum(blocked[order])
    precision = right / np.arange(1, len(order) + 1)
    recall = right / blocked.sum()
    enough = np.flatnonzero(precision >= BLOCK_PRECISION)
    block = likelihood[order[enough[-1]]] if len(enough) else 1.0
    approval = likelihood[order[np.flatnonzero(recall >= APPROVAL_RECALL)[0]]]
    return round(float(min(approval, block)), 4), round(float(block), 4)


def measured(likelihood: Any, blocked: Any, bars: tuple[float, float]) -> dict[str, float]:
    found: dict[str, float] = {"sentences": len(blocked), "approval_bar": bars[0], "block_bar": bars[1]}
    for name, bar in (("at_half", 0.5), ("at_block_bar", bars[1]), ("at_approval_bar", bars[0])):
        met = likelihood >= bar
        found[f"{name}_recall"] = round(float((met & blocked).sum() / blocked.sum()), 4)
        found[f"{name}_precision"] = round(float((met & blocked).sum() / max(met.sum(), 1)), 4)
    return found


def write(rows: Any, matrix: Any, blocked: Any, is_dev: Any, calibration: Any, bars: Any, found: Any) -> None:
    categories = sorted({category for row in rows for category in row["categories"]})
    weights = np.where(is_dev, DEV_WEIGHT, 1.0)
    heads = [Fitted(matrix, blocked, weights, STRENGTH)]
    for category in categories:
        wanted = np.array([category in row["categories"] for row in rows])
        heads.append(Fitted(matrix, wanted, weights, CATEGORY_STRENGTH))
    values = np.stack([head.weights for head in heads])
    scales = (np.abs(values).max(axis=1) / 127).astype(np.float32)
    data = io.BytesIO()
    np.savez_compressed(
        data,
        weights=np.rint(values / scales[:, None]).astype(np.int8),
        scales=scales,
        intercepts=np.array([head.intercept for head in heads], np.float32),
    )
    description = {
        "command": "python -m tools.train_scanner",
        "seed": SEED,
        "sha256": hashlib.sha256(data.getvalue()).hexdigest(),
        "senses_sha256": senses_digest(yaml.safe_load(SENSES.read_text(encoding="utf-8"))),
        "trained_on": {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sources()},
        "sentences": len(rows),
        "categories": categories,
        "calibration": [round(value, 6) for value in calibration],
        "approval_bar": bars[0],
        "block_bar": bars[1],
        "cross_validation": found,
    }
    MODEL.with_suffix(".npz").write_bytes(data.getvalue())
    text = json.dumps(description, indent=2, ensure_ascii=False) + "\n"
    MODEL.with_suffix(".json").write_text(text, encoding="utf-8")


def sources() -> list[Path]:
    return [*sorted((ROOM / "training").glob("*.jsonl")), ROOM / "gold" / "dev.jsonl"]


if __name__ == "__main__":
    sys.exit(main())
