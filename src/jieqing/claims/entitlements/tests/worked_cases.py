"""The worked cases of docs/algorithms: under each heading the facts as JSON and what they come to, as tables."""

import json
import re
from dataclasses import dataclass

from jieqing.kernel.tests.worked_tables import ROOT, Row, tables

PAGES = ("algorithms/interest.md", "algorithms/appropriation.md", "algorithms/judgment-interest.md")


@dataclass(frozen=True)
class Case:
    heading: str
    facts: str
    segments: list[Row]
    shares: list[Row]
    sums: Row

    @property
    def as_of(self) -> str:
        return self.sums["as of"]


def cases(page: str) -> list[Case]:
    """The cases of one page, in its order."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    rows = tables(page)
    found = []
    for heading, body in re.findall(r"^## (.+)\n((?:(?!^## ).*\n?)*)", text, re.MULTILINE):
        block = re.search(r"^```json\n(.*?)^```", body, re.MULTILINE | re.DOTALL)
        if not block:
            continue
        json.loads(block[1])
        [sums] = [row for row in rows[heading] if "as of" in row]
        found.append(
            Case(
                heading,
                block[1],
                [row for row in rows[heading] if "rule" in row],
                [row for row in rows[heading] if "payment" in row],
                sums,
            )
        )
    return found


ALL_CASES = [case for page in PAGES for case in cases(page)]
