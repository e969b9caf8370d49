"""Reads for pages: the words of the articles that a result cites."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from jieqing.claims.entitlements.engine.citations import Citation


@dataclass(frozen=True, slots=True)
class ArticleWords:
    """One article as a page prints it; no paragraphs when the text is not part of this installation."""

    key: str
    citation: Citation
    paragraphs: tuple[str, ...]


def article_words(citations: Iterable[Citation | None]) -> list[ArticleWords]:
    """Return each cited article once, in the order in which it was first cited."""
    found: dict[str, ArticleWords] = {}
    for citation in citations:
        if citation and citation.key not in found:
            whole = Citation(citation.law, citation.article)
            found[citation.key] = ArticleWords(citation.key, whole, _texts().get(citation.key, ()))
    return list(found.values())


@lru_cache(maxsize=1)
def _texts() -> dict[str, tuple[str, ...]]:
    file = resources.files("jieqing.claims.entitlements") / "law" / "articles.json"
    return {key: tuple(lines) for key, lines in json.loads(file.read_text(encoding="utf-8")).items()}
