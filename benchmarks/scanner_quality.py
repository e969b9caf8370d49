"""``scanner_quality``: the shipped scanner on the gold set's test part, which nobody tuned on: block against clean.

Refuses to run when the test part is not the one whose digest was committed before there was a lexicon. Every row is scanned with
its context. Rows that need a person are counted apart: stopped or passed to a person is right, waved through is a miss. Misses
are listed by their numbers only, so that reading this result teaches nobody the sentences. ``pyahocorasick`` stands for the
usual word list: the same words, any hit blocks.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import ahocorasick

from benchmarks.frame import Goal, Result, load_average
from jieqing.trust.wording.engine.composing import anchors
from jieqing.trust.wording.engine.normalising import plain_of
from jieqing.trust.wording.engine.scanner import Context, Scanner
from jieqing.trust.wording.library import ROOM, scanner, shipped, shipped_incoming

GOLD = ROOM / "gold"
NEAR = 0.6
Verdicts = Sequence[str]


def untouched() -> list[dict[str, Any]]:
    data = (GOLD / "test.jsonl").read_bytes()
    wanted = (GOLD / "test.sha256").read_text(encoding="utf-8").split()[0]
    if hashlib.sha256(data).hexdigest() != wanted:
        raise SystemExit("the test part is not the one that was committed before the lexicon")
    return [json.loads(line) for line in data.decode().splitlines()]


def verdicts(scan: Scanner, rows: Sequence[dict[str, Any]]) -> Verdicts:
    return [
        scan.scan(
            row["text"],
            Context(
                row["context"]["direction"], tuple(row["context"]["documents"]), row["context"]["site_kind"]
            ),
        ).verdict
        for row in rows
    ]


def word_list(rows: Sequence[dict[str, Any]]) -> Verdicts:
    automaton = ahocorasick.Automaton()
    for word in anchors(shipped()):
        automaton.add_word(word, word)
    automaton.make_automaton()
    return ["block" if next(automaton.iter(plain_of(row["text"]).text), None) else "clean" for row in rows]


def measured(rows: Sequence[dict[str, Any]], said: Verdicts, stops: frozenset[str]) -> tuple[float, float]:
    """(recall, precision) of what is stopped, block against clean."""
    pairs = [(row["verdict"], one in stops) for row, one in zip(rows, said, strict=True)]
    right = pairs.count(("block", True))
    return right / max(right + pairs.count(("block", False)), 1), right / max(
        right + pairs.count(("clean", True)), 1
    )


def by_category(rows: Sequence[dict[str, Any]], said: Verdicts) -> dict[str, str]:
    there: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for row, one in zip(rows, said, strict=True):
        if row["verdict"] == "block":
            there.update(row["categories"])
            met.update(row["categories"] if one == "block" else ())
    return {name: f"{met[name]}/{there[name]}" for name in sorted(there)}


def missed(rows: Sequence[dict[str, Any]], said: Verdicts, was: str, said_so: frozenset[str]) -> list[str]:
    return [
        row["id"] for row, one in zip(rows, said, strict=True) if row["verdict"] == was and one in said_so
    ]


def near_training(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Rows that share more than 60 % of their trigrams with one sentence the model was trained on."""
    holders: dict[str, list[int]] = {}
    sizes: list[int] = []
    for file in (*sorted((ROOM / "training").glob("*.jsonl")), GOLD / "dev.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            for gram in (grams := trigrams(json.loads(line)["text"])):
                holders.setdefault(gram, []).append(len(sizes))
            sizes.append(len(grams))
    found = []
    for row in rows:
        grams = trigrams(row["text"])
        shared = Counter(there for gram in grams for there in holders.get(gram, ()))
        if any(
            count > NEAR * min(len(grams), sizes[there])
            for there, count in shared.items()
            if sizes[there] > 5
        ):
            found.append(row["id"])
    return found


def trigrams(text: str) -> set[str]:
    letters = [letter for letter in text.casefold() if letter.isalnum()]
    return {"".join(letters[at : at + 3]) for at in range(len(letters) - 2)}


def run(seed: int) -> Result:
    rows = untouched()
    said = verdicts(scanner(), rows)
    rules_only = verdicts(Scanner(shipped(), None, shipped_incoming()), rows)
    block, stop = frozenset({"block"}), frozenset({"block", "needs_approval"})
    recall, precision = measured(rows, said, block)
    stopped = measured(rows, said, stop)
    words, rules = measured(rows, word_list(rows), block), measured(rows, rules_only, block)
    near = set(near_training(rows))
    apart = [at for at, row in enumerate(rows) if row["id"] not in near]
    far = measured([rows[at] for at in apart], [said[at] for at in apart], block)
    people = [one for row, one in zip(rows, said, strict=True) if row["verdict"] == "needs_approval"]
    return Result(
        name="scanner_quality",
        work=f"{len(rows)} sentences of the untouched part, block against clean, each with its context",
        ours=recall,
        unit="recall of what is to be blocked",
        peers={"word list: recall": words[0], "word list: precision": words[1]},
        limit=("every forbidden sentence blocked", 1.0),
        ratios={"word list, recall": recall / max(words[0], 0.001)},
        goals=(
            Goal("recall, block against clean", ">=", 0.97, recall),
            Goal("precision, block against clean", ">=", 0.97, precision),
        ),
        notes={
            "seed": seed,
            "rules alone: recall, precision": [round(one, 4) for one in rules],
            "blocked or passed to a person: recall, precision": [round(one, 4) for one in stopped],
            "near a sentence trained on": len(near),
            "without those: recall, precision": [round(one, 4) for one in far],
            "needs a person": dict(Counter(people)),
            "blocked of each category": by_category(rows, said),
            "waved through": missed(rows, said, "block", frozenset({"clean"})),
            "only passed to a person": missed(rows, said, "block", frozenset({"needs_approval"})),
            "clean but blocked": missed(rows, said, "clean", block),
            "clean but passed to a person": missed(rows, said, "clean", frozenset({"needs_approval"})),
            "load average": load_average(),
        },
    )
