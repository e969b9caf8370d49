"""Reads for pages: the words of the articles that a result cites, and the LPR as the operator has confirmed it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from jieqing.claims.entitlements.engine.citations import Citation
from jieqing.claims.entitlements.engine.lpr import LPR, Published
from jieqing.claims.entitlements.models import LprMonth, LprMonthState, LprState


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


def lpr_facts() -> list[dict[str, str]]:
    """Return the confirmed months that this version was not shipped with, or shipped otherwise, as the key ``lpr`` of facts.

    Stored with the facts of a statement they make it again, whatever is confirmed later.
    """
    told = []
    for row in months_in_force().values():
        known = LPR.of_month(row.day)
        if known is None or known.one_year != row.one_year:
            told.append(
                {
                    "published": row.day.isoformat(),
                    "one_year": format(row.one_year, "f"),
                    "five_year": format(row.five_year, "f"),
                    "confirmed_by": row.source,
                }
            )
    return told


def months_in_force() -> dict[tuple[int, int], Published]:
    """Return what each month is worth: what was shipped, replaced by what an operator confirmed last."""
    found = {(row.day.year, row.day.month): row for row in LPR.publications}
    confirmed = LprMonthState.objects.filter(state=LprState.CONFIRMED, entry_id__isnull=False)
    for state in confirmed.select_related("publication").order_by("at", "id"):
        row = state.publication
        found[row.published_on.year, row.published_on.month] = _published(row)
    return found


def publications() -> list[dict[str, Any]]:
    """Return every publication anybody entered, those that wait first, then the newest month, with states and whether it is used."""
    in_force = months_in_force()
    rows: list[dict[str, Any]] = []
    for row in LprMonth.objects.prefetch_related("states"):
        states = sorted(row.states.all(), key=lambda state: (state.at, state.id))
        last = states[-1] if states else None
        is_confirmed = last is not None and last.state == LprState.CONFIRMED
        rows.append({"row": row, "states": states, "is_confirmed": is_confirmed, "last": last})
    rows.sort(key=lambda told: (told["row"].published_on, told["last"].at, told["last"].id), reverse=True)
    used: set[tuple[int, int]] = set()
    for told in rows:
        month = (told["row"].published_on.year, told["row"].published_on.month)
        now, this = in_force.get(month), _published(told["row"])
        is_same = now is not None and (now.day, now.one_year, now.five_year) == (
            this.day,
            this.one_year,
            this.five_year,
        )
        told["is_used"] = told["is_confirmed"] and is_same and month not in used
        if told["is_used"]:
            used.add(month)
    rows.sort(key=lambda told: bool(told["is_confirmed"]))
    return rows


def proposed_of_month(month: str) -> LprMonth | None:
    """Return the newest publication of a month (``2026-09``) that waits to be confirmed."""
    confirmed = LprMonthState.objects.filter(state=LprState.CONFIRMED).values("publication")
    rows = LprMonth.objects.exclude(id__in=confirmed).order_by("-id")
    return next((row for row in rows if row.month == month), None)


def _published(row: LprMonth) -> Published:
    return Published(
        row.published_on, row.one_year_rate.normalize(), row.five_year_rate.normalize(), OPERATOR
    )


OPERATOR = "platform_operator"
