"""A chart as data: what the picture draws and what its table twin says are the same numbers.

A page builds a `Chart` in Python and hands it to ``<c-chart :chart="chart" />``. Values are integers in the smallest
unit (fen, or a plain count); only the browser and `Chart.rows` turn them into text. A chart that has no table cannot
be made, so no number is shown to the eye alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jieqing.kernel.money import exponent, format_amount, to_major
from jieqing.plumbing.templatetags.kit import currency_unit, lang

OVERDUE_COLOURS = tuple(f"overdue-{step}" for step in range(7))


class ChartKind(StrEnum):
    BAR = "bar"
    STACKED = "stacked"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values. `colour` names a token (``good``, ``cat-3``); `colours` gives one token per bar."""

    name: str
    values: Sequence[int | None]
    colour: str = ""
    colours: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """`links` opens the rows behind a bar; `currency` empty means that values are counts, shown with `unit`."""

    name: str
    title: str
    category_title: str
    categories: Sequence[str]
    series: Sequence[Series]
    kind: ChartKind = ChartKind.BAR
    currency: str = ""
    unit: str = ""
    links: Sequence[str] = ()
    has_total: bool = False

    def __post_init__(self) -> None:
        if any(len(series.values) != len(self.categories) for series in self.series):
            raise ValueError("each series needs one value per category")
        if self.links and len(self.links) != len(self.categories):
            raise ValueError("links need one address per category")

    @property
    def unit_text(self) -> str:
        return currency_unit(self.currency) if self.currency else self.unit

    @property
    def spec(self) -> dict[str, Any]:
        """What ``frontend/src/chart.js`` reads."""
        prefix = format_amount(0, self.currency, lang()).split("0")[0] if self.currency else ""
        return {
            "kind": self.kind.value,
            "lang": "zh-CN" if lang() == "zh" else "en",
            "exponent": exponent(self.currency) if self.currency else 0,
            "prefix": prefix,
            "suffix": f" {self.unit}" if self.unit and not self.currency else "",
            "categories": list(self.categories),
            "links": list(self.links) or None,
            "series": [
                {
                    "name": one.name,
                    "values": list(one.values),
                    "colour": one.colour,
                    "colours": list(one.colours),
                }
                for one in self.series
            ],
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The table twin: one row per category."""
        links = self.links or [""] * len(self.categories)
        return [
            {
                "category": category,
                "link": links[at],
                "cells": [self._text(series.values[at]) for series in self.series],
            }
            for at, category in enumerate(self.categories)
        ]

    @property
    def totals(self) -> list[str]:
        return [self._text(sum(value or 0 for value in series.values)) for series in self.series]

    def _text(self, value: int | None) -> str:
        if value is None:
            return "–"
        return f"{to_major(value, self.currency):,f}" if self.currency else f"{value:,d}"
