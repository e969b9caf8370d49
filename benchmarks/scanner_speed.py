"""``scanner_speed``: the scanner on a stream of short messages, one core.

The lexicon: those of its words without which no rule is met, over plain messages of a seed, 8 % of which hold forbidden
sentences. Ours (hyperscan, messages joined and read in one go, every hit given back with its message and place) against
pyahocorasick and ahocorasick_rs message by message; all three must give the same hits. The limit encodes and joins and
looks for nothing. The whole scanner takes messages as given: plain form, words, sounds, rules, guards, the trained model.
"""

from __future__ import annotations

import gc
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import ahocorasick

from benchmarks.frame import RUNS_MIN, Contender, Goal, Result, expect, load_average
from jieqing.trust.wording.engine.composing import anchors
from jieqing.trust.wording.engine.normalising import plain_of
from jieqing.trust.wording.engine.words import SEAM, AutomatonFinder, Many, finder_of
from jieqing.trust.wording.library import ROOM, scanner, shipped

MESSAGES, WHOLE = 20_000, 4_000
FORBIDDEN = 0.08
BATCH = 250
Hits = list[tuple[int, int, int, int]]


def messages(count: int, seed: int) -> list[str]:
    """Training sentences in pairs, so that a message is some 50 characters long."""
    rows = [json.loads(line) for file in _training() for line in file.read_text("utf-8").splitlines()]
    by_verdict = {
        verdict: [row["text"] for row in rows if row["verdict"] == verdict] for verdict in ("clean", "block")
    }
    draw = random.Random(seed)
    found = []
    for _number in range(count):
        second = "block" if draw.random() < FORBIDDEN else "clean"
        found.append(draw.choice(by_verdict["clean"]) + draw.choice(by_verdict[second]))
    return found


def _training() -> list[Path]:
    return sorted((ROOM / "training").glob("*.jsonl"))


def one_by_one_rs(finder: AutomatonFinder, texts: Sequence[str]) -> Hits:
    return [(number, *hit) for number, text in enumerate(texts) for hit in finder.hits(text)]


def one_by_one(automaton: ahocorasick.Automaton, texts: Sequence[str]) -> Hits:
    return [
        (number, word, end - length + 1, end + 1)
        for number, text in enumerate(texts)
        for end, (word, length) in automaton.iter(text)
    ]


def encoded(texts: Sequence[str]) -> int:
    return sum(len(SEAM.join(texts[begin : begin + BATCH]).encode()) for begin in range(0, len(texts), BATCH))


def automaton_of(words: Sequence[str]) -> ahocorasick.Automaton:
    found = ahocorasick.Automaton()
    for number, word in enumerate(words):
        found.add_word(word, (number, len(word)))
    found.make_automaton()
    return found


def run(seed: int) -> Result:
    given = messages(MESSAGES, seed)
    texts = [plain_of(text).text for text in given]
    size = sum(len(text.encode()) for text in texts)
    words = tuple(anchors(shipped()))
    ours, portable, peer = finder_of(words), AutomatonFinder(words), automaton_of(words)
    wanted = sorted(one_by_one(peer, texts))

    def same(found: Hits) -> None:
        expect(sorted(found) == wanted, True, "the hits")

    def ours_on(texts: Sequence[str]) -> list[tuple[int, Many]]:
        return [
            (begin, ours.hits_of_many(texts[begin : begin + BATCH])) for begin in range(0, len(texts), BATCH)
        ]

    def same_columns(batches: list[tuple[int, Many]]) -> None:
        same(
            [
                (begin + number, *rest)
                for begin, many in batches
                for number, *rest in zip(*(column.tolist() for column in many), strict=True)
            ]
        )

    contenders = {
        "ours": Contender("ours", lambda: ours_on(texts), same_columns),
        "pyahocorasick": Contender("pyahocorasick", lambda: one_by_one(peer, texts), same),
        "ahocorasick_rs": Contender("ahocorasick_rs", lambda: one_by_one_rs(portable, texts), same),
        "limit": Contender("limit", lambda: encoded(texts), lambda _found: None),
    }
    alternate_by_processor(list(contenders.values()))
    whole, stopped = whole_scanner(given[:WHOLE])
    rates = {name: size / one.median / 1e6 for name, one in contenders.items()}
    messages_a_second = WHOLE / whole.median
    return Result(
        name="scanner_speed",
        work=f"{MESSAGES:,} messages ({size / 1e6:.1f} MB, {FORBIDDEN:.0%} forbidden), {len(words):,} words, one core",
        ours=rates["ours"],
        unit="MB per processor second",
        peers={name: rates[name] for name in ("pyahocorasick", "ahocorasick_rs")},
        limit=("encode and join, look for nothing", rates["limit"]),
        ratios={name: rates["ours"] / rates[name] for name in ("pyahocorasick", "ahocorasick_rs")},
        goals=(
            Goal("MB/s of lexicon scan on a stream of messages", ">=", 50, rates["ours"]),
            Goal("times pyahocorasick", ">=", 5, rates["ours"] / rates["pyahocorasick"]),
            Goal("messages/s through the whole scanner", ">=", 5_000, messages_a_second),
        ),
        notes={
            "seed": seed,
            "hits": len(wanted),
            "hits a message": round(len(wanted) / MESSAGES, 3),
            "whole scanner, messages": WHOLE,
            "stopped or passed to a person": stopped,
            "load average": load_average(),
        },
    )


def alternate_by_processor(contenders: list[Contender]) -> None:
    """Turns as in ``alternate``, but in processor seconds: the promise is made for a core, not for what is left of one."""
    for turn in range(RUNS_MIN):
        shift = turn % len(contenders)
        for contender in contenders[shift:] + contenders[:shift]:
            gc.collect()
            started = time.process_time()
            answer = contender.work()
            contender.seconds.append(time.process_time() - started)
            contender.check(answer)


def whole_scanner(given: Sequence[str]) -> tuple[Contender, int]:
    scan = scanner().scan_many

    def work() -> int:
        return sum(
            answer.verdict != "clean"
            for begin in range(0, len(given), BATCH)
            for answer in scan(given[begin : begin + BATCH])
        )

    stopped = work()
    contender = Contender("whole", work, lambda found: expect(found, stopped, "verdicts"))
    alternate_by_processor([contender])
    return contender, stopped
