"""Twenty thousand adversarial contacts: nothing the checker finds may be new; what is open is named with its reason.

``make bench NAME=violations`` plays a million. Set ``VIOLATIONS_CONTACTS`` or ``VIOLATIONS_SEED`` to play others; a
finding repeats with its seed.
"""

import os
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.adversary.playing import Tally
from benchmarks.violations import adversary, shipped_gate

from tests.adversary.open import OPEN

CONTACTS = int(os.environ.get("VIOLATIONS_CONTACTS", "20000"))
SEED = int(os.environ.get("VIOLATIONS_SEED", "20261122"))
Played = tuple[Tally, Counter[tuple[str, str]]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    tally, found = adversary(CONTACTS, SEED, shipped_gate(), tmp_path_factory.mktemp("sent"))
    print(f"seed {SEED}: {tally.proposed} proposed, {tally.allowed} allowed, {len(found)} violations")
    return tally, Counter((finding["rule"], finding["reading"]) for finding in found)


def test_a_gate_that_allows_all_is_caught_by_every_kind_of_check(tmp_path: Path) -> None:
    """The adversary really presses: without a gate the checker finds the main rows within five thousand contacts."""

    class Yes:
        verdict, reasons = "allow", ()

    _, found = adversary(5_000, SEED, lambda facts: Yes(), tmp_path)
    rows = {finding["rule"] for finding in found}
    assert {
        "GBT-01", "GBT-02", "GBT-04", "GBT-05", "GBT-06", "GBT-13", "GBT-20", "CBA-02", "CBA-03", "COMP-05", "OUT-02",
        "AI-10", "RL-16", "US-01", "US-02", "US-04", "US-07", "HOUSE-ROBOT", "HOUSE-UNCERTAIN",
    } <= rows  # fmt: skip


def test_a_gate_that_denies_all_sends_nothing(tmp_path: Path) -> None:
    class No:
        verdict, reasons = "deny", ()

    tally, found = adversary(500, SEED, lambda facts: No(), tmp_path)
    assert (tally.allowed, found) == (0, [])
    assert tally.wrongly > 100


def test_the_same_seed_plays_the_same_contacts(tmp_path: Path) -> None:
    gate = shipped_gate()
    adversary(300, 7, gate, tmp_path / "one")
    adversary(300, 7, gate, tmp_path / "two")
    for first in sorted((tmp_path / "one").iterdir()):
        assert first.read_bytes() == (tmp_path / "two" / first.name).read_bytes()


def test_nothing_new_is_found(played: Played) -> None:
    _, found = played
    assert {what: count for what, count in found.items() if what not in OPEN} == {}, f"seed {SEED}"


def test_the_gate_is_useful(played: Played) -> None:
    tally, _ = played
    assert tally.allowed >= tally.proposed // 10
    assert tally.rightly >= 2 * tally.wrongly
