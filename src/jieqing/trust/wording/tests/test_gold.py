"""The gold set is what it says it is: fixed, balanced, varied, and split so that no paraphrase stands in both parts."""

import hashlib
import json
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).parents[1] / "gold"
CATEGORIES = {
    "threat",
    "impersonation",
    "false_consequence",
    "third_party_disclosure",
    "insult",
    "shaming",
    "inducing_new_borrowing",
    "extra_fees",
    "frequency_pressure",
    "illegal_entry_or_restraint",
    "privacy_exposure",
    "unlabelled_ai",
    "out_of_scope_business",
}
EVASIONS = {"separators", "traditional", "pinyin", "lookalikes", "homophones", "emoji", "digits"}
CHANNELS = {"call", "sms", "im", "email", "letter", "note", "voicemail", "visit"}
MOST_SHARED = 0.6


@cache
def part(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def everything() -> list[dict[str, Any]]:
    return part("dev") + part("test")


def trigrams(text: str) -> set[str]:
    return {text[start : start + 3] for start in range(len(text) - 2)}


def test_the_test_part_is_the_one_that_was_committed_first() -> None:
    digest, name = (GOLD / "test.sha256").read_text(encoding="ascii").split()
    assert hashlib.sha256((GOLD / name).read_bytes()).hexdigest() == digest


def test_labels_are_of_the_agreed_kinds() -> None:
    for row in everything():
        assert set(row) == {
            *(
                "id",
                "family",
                "text",
                "lang",
                "channel",
                "context",
                "verdict",
                "categories",
                "evasion",
                "note",
            ),
        }
        assert row["verdict"] in {"block", "needs_approval", "clean"}
        assert set(row["categories"]) <= CATEGORIES
        assert bool(row["categories"]) == (row["verdict"] != "clean"), row["id"]
        assert row["evasion"] in {"", *EVASIONS}
        assert row["channel"] in CHANNELS and row["lang"] in {"zh", "en"}
        assert row["context"].keys() == {"direction", "documents", "site_kind"}
        assert row["context"]["direction"] in {"in", "out"}
        assert 6 <= len(row["text"]) <= 200, row["id"]
        assert row["note"]
    ids = [row["id"] for row in everything()]
    assert len(ids) == len(set(ids))


def test_there_are_enough_and_half_of_them_are_clean() -> None:
    rows = everything()
    assert len(rows) >= 1600
    clean = sum(row["verdict"] == "clean" for row in rows)
    assert 0.45 <= clean / len(rows) <= 0.55
    assert 0.55 <= len(part("dev")) / len(rows) <= 0.65


@pytest.mark.parametrize("name", ["dev", "test"])
def test_every_category_and_every_evasion_stands_in_both_parts(name: str) -> None:
    rows = part(name)
    found = Counter(category for row in rows for category in row["categories"])
    assert set(found) == CATEGORIES and min(found.values()) >= 15
    assert {row["evasion"] for row in rows} == {"", *EVASIONS}
    assert sum(row["lang"] == "en" for row in rows) >= 40
    assert sum(row["context"]["direction"] == "in" for row in rows) >= 40


def test_no_family_of_paraphrases_stands_in_both_parts() -> None:
    families = {name: {row["family"] for row in part(name)} for name in ("dev", "test")}
    assert not families["dev"] & families["test"]


def test_no_two_sentences_are_near_copies() -> None:
    """Shared trigrams over the smaller set: stricter than over the union, so a sentence inside another is caught."""
    rows = everything()
    sets = [trigrams(row["text"]) for row in rows]
    holders: dict[str, list[int]] = defaultdict(list)
    for here, grams in enumerate(sets):
        shared = Counter(there for gram in grams for there in holders[gram])
        for there, count in shared.items():
            share = count / min(len(grams), len(sets[there]))
            assert share <= MOST_SHARED, (rows[here]["text"], rows[there]["text"])
        for gram in grams:
            holders[gram].append(here)
