"""Copy the words of the articles that packs cite: ``python -m tools.law_articles LIBRARY``.

LIBRARY is a folder with the public texts of laws. Every rule's ``law_text`` names a file and an article there; their words
go into the room (`trust/compliance/law/articles.json`), so that a page can show a rule beside its article and a test can hold
the digest. A digest that no longer fits is told and ends with 1: the law's text changed, or the pack is wrong.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

from jieqing.trust.compliance.library import ARTICLES, shipped

_ARTICLE = re.compile(r"^(第[一二三四五六七八九十百千零]+条(?:之[一二三四五六七八九十]+)?)(?=\s)")


def articles_of(text: str) -> dict[str, str]:
    """The words of every article of a law's text: its paragraphs, one a line."""
    found: dict[str, list[str]] = {}
    current = ""
    for line in (raw.strip().replace("\u3000", " ") for raw in text.splitlines()):
        match = _ARTICLE.match(line + " ")
        if match:
            current = match[1]
            found[current] = [line]
        elif line.startswith("#"):
            current = ""
        elif current and line:
            found[current].append(line)
    return {article: "\n".join(lines) for article, lines in found.items()}


def main() -> int:
    library = Path(sys.argv[1])
    words: dict[str, str] = {}
    wrong = 0
    for rule in shipped().rules:
        if rule.law_text is None:
            continue
        cited = rule.law_text
        text = articles_of((library / cited.file).read_text(encoding="utf-8")).get(cited.article, "")
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest != cited.sha256:
            wrong += 1
            print(f"{rule.id}: {cited.file} {cited.article}: {digest if text else 'no such article'}")
        words[f"{cited.file}#{cited.article}"] = text
    ARTICLES.write_text(
        json.dumps(words, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
