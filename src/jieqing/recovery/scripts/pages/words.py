"""Words of scripts on pages: the engine's pairs in the reader's language, and the tone of each state."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.scripts.engine.filings import STATES, State
from jieqing.recovery.scripts.engine.words import Pair
from jieqing.recovery.scripts.services import Scan

_Code = TypeVar("_Code", bound=StrEnum)
TONES: dict[State, str] = {
    State.DRAFT: "",
    State.SUBMITTED: "info",
    State.RETURNED: "warn",
    State.FILED: "good",
    State.WITHDRAWN: "bad",
    State.REPLACED: "",
}


def said(pair: Pair) -> str:
    return pair[0 if lang().startswith("zh") else 1]


def state_tag(state: str) -> tuple[str, str]:
    return said(STATES[State(state)]), TONES[State(state)]


def choices(names: Mapping[_Code, Pair]) -> list[tuple[str, str]]:
    return [(one.value, said(pair)) for one, pair in names.items()]


def scan_view(scan: Scan) -> dict[str, Any]:
    """The scanner's answer in the reader's language: each place with why and what may be said instead."""
    return {
        "verdict": scan.verdict,
        "places": [
            {
                "text": scan.words_of(one),
                "articles": "; ".join(one.articles),
                "why": said(one.why),
                "instead": said(one.instead),
            }
            for one in scan.findings
        ],
    }
