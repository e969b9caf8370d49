"""What the scanner found lately, by category, with masked examples: of scans that were kept (see `engine.scans`)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from jieqing.kernel import clock
from jieqing.recovery.scripts.models import ScriptScan, ScriptScanFinding

LOOKS_BACK = timedelta(days=90)
EXAMPLES_EACH = 3


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """``texts`` counts scanned texts in which the category was found, ``places`` the findings."""

    category: str
    texts: int
    blocked: int
    places: int
    examples: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ScanStatistics:
    scans: int
    blocked: int
    asked: int
    by_occasion: dict[str, int]
    categories: tuple[CategoryRow, ...]


def scan_statistics() -> ScanStatistics:
    """The last quarter. Four statements, however much was scanned."""
    since = clock.now() - LOOKS_BACK
    scans = ScriptScan.objects.filter(at__gte=since).order_by()
    verdicts: dict[str, int] = dict(scans.values_list("verdict").annotate(Count("id")))
    occasions: dict[str, int] = dict(scans.values_list("occasion").annotate(Count("id")))
    places = ScriptScanFinding.objects.filter(scan__at__gte=since).order_by()
    counted = places.values("category").annotate(
        texts=Count("scan", distinct=True),
        blocked=Count("scan", distinct=True, filter=Q(verdict="block")),
        places=Count("id"),
    )
    numbered = places.annotate(
        place=Window(
            RowNumber(), partition_by=[F("category")], order_by=[F("scan__at").desc(), F("id").desc()]
        )
    )
    examples: dict[str, list[ScriptScanFinding]] = {}
    for row in numbered.filter(place__lte=EXAMPLES_EACH).select_related("scan__script"):
        examples.setdefault(row.category, []).append(row)
    rows = [
        CategoryRow(
            one["category"],
            one["texts"],
            one["blocked"],
            one["places"],
            tuple(examples.get(one["category"], [])),
        )
        for one in counted
    ]
    return ScanStatistics(
        scans=sum(verdicts.values()),
        blocked=verdicts.get("block", 0),
        asked=verdicts.get("needs_approval", 0),
        by_occasion=occasions,
        categories=tuple(sorted(rows, key=lambda one: (-one.texts, one.category))),
    )


def told_statistics(found: ScanStatistics) -> dict[str, Any]:
    """Statistics as the API tells them."""
    return {
        "scans": found.scans,
        "blocked": found.blocked,
        "needs_approval": found.asked,
        "occasions": found.by_occasion,
        "categories": [
            {
                "category": row.category,
                "texts": row.texts,
                "blocked": row.blocked,
                "places": row.places,
                "examples": [
                    {
                        "excerpt": one.excerpt,
                        "rule": one.rule,
                        "occasion": one.scan.occasion,
                        "script": one.scan.script_id,
                        "at": one.scan.at,
                        "entry": one.scan.entry_id,
                    }
                    for one in row.examples
                ],
            }
            for row in found.categories
        ],
    }
