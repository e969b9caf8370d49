"""The room's words in the reader's language, and choices of forms made of them."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from jieqing.plumbing.templatetags.kit import lang


def word(names: Mapping[Any, tuple[str, str]], key: Any) -> str:
    return names[key][0 if lang() == "zh" else 1]


def options(names: Mapping[Any, tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices for a form field, in the order of the names."""
    return [(_value(key), word(names, key)) for key in names]


def local_time(zone: str, now: datetime) -> str:
    """The clock on the person's wall; empty when nobody said where that is."""
    return now.astimezone(ZoneInfo(zone)).strftime("%H:%M") if zone else ""


def _value(key: StrEnum) -> str:
    return key.value
