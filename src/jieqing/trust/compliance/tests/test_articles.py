"""A rule that cites the words of an article shows exactly those words."""

import hashlib
import json

from jieqing.trust.compliance.library import ARTICLES, shipped

WORDS = json.loads(ARTICLES.read_text(encoding="utf-8"))
CITED = {
    f"{rule.law_text.file}#{rule.law_text.article}": rule.law_text.sha256
    for rule in shipped().rules
    if rule.law_text
}


def test_the_words_are_there_and_have_the_digest_of_the_pack() -> None:
    assert {key: hashlib.sha256(text.encode()).hexdigest() for key, text in WORDS.items()} == CITED


def test_the_words_begin_with_the_article() -> None:
    assert all(text.startswith(key.partition("#")[2]) for key, text in WORDS.items())
