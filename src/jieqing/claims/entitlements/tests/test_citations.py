"""Every article that the room cites can be opened, or says that its text is not at hand."""

import doctest

import pytest

from jieqing.claims.entitlements import selectors
from jieqing.claims.entitlements.engine import (
    amount_texts,
    citations,
    citations_named,
    deadlines,
    deadlines_guarantee,
    deadlines_terms,
    fees,
    jurisdiction,
    limitation,
    limitation_proof,
    rules,
)
from jieqing.claims.entitlements.engine.deadlines_terms import TERMS
from jieqing.claims.entitlements.engine.fees_tables import SCHEDULES
from jieqing.claims.entitlements.engine.limitation_events import ACTS, OBSTACLES

RULES = [value for value in vars(rules).values() if isinstance(value, rules.Rule)]
CITED = [
    *(term.citation for term in TERMS.values()),
    *(words.citation for words in ACTS.values()),
    *(words[2] for words in OBSTACLES.values()),
    *(citation for schedule in SCHEDULES.values() for citation in (schedule.citation, schedule.table)),
    *(citation for rule in RULES for citation in citations_named.citations_named(rule.article)),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_of_the_statement_opens_an_article(rule: rules.Rule) -> None:
    assert citations_named.citations_named(rule.article)


def test_each_cited_article_has_its_text_or_says_so() -> None:
    for article in selectors.article_words(CITED):
        assert bool(article.paragraphs) != article.citation.is_from_memory, article.key


@pytest.mark.parametrize(
    "module",
    [
        amount_texts, citations, citations_named, deadlines, deadlines_guarantee, deadlines_terms, fees,
        jurisdiction, limitation, limitation_proof,
    ],
    ids=lambda module: module.__name__.rsplit(".", 1)[-1],
)  # fmt: skip
def test_the_examples_in_the_docstrings(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.failed == 0
