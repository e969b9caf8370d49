"""The words of the articles that rules cite."""

import json
from functools import lru_cache

from jieqing.kernel.canonical import sha256
from jieqing.trust.compliance.engine.packs import LawText
from jieqing.trust.compliance.library import ARTICLES


def article_words(law_text: LawText) -> str | None:
    """The words of an article, only if they still have the digest that the rule cites."""
    words = _articles().get(f"{law_text.file}#{law_text.article}")
    return words if words is not None and sha256(words.encode()).hex() == law_text.sha256 else None


@lru_cache(maxsize=1)
def _articles() -> dict[str, str]:
    found: dict[str, str] = json.loads(ARTICLES.read_text(encoding="utf-8"))
    return found
