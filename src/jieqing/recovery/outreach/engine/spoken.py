"""A filed script in the mouth of whoever contacts somebody: which one, filled with what, and the facts that follow.

Whoever names a script does not tell by hand what it says: whether it is filed, what the scanner found in the words as they
will be heard, whether they tell of the debt, threaten a suit, label a machine or mention the recording are read from it.
Only who listens is still theirs to say. Values are somebody's data: they are never kept here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from jieqing.recovery.outreach.engine.contents import Content

VALUE_CHARS_MAX = 200
_SUIT = re.compile(r"起诉|诉讼|支付令|仲裁|强制执行|lawsuit|\bsue\b|legal action|court", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """A script by its id, and what stands in its braces for this contact."""

    script: UUID
    values: Mapping[str, str]


def content_said(
    told: Content, text: str, scan_verdict: str, *, tells_debt: bool, has_label: bool, has_recording: bool
) -> Content:
    """What is about to be said, by the text itself; ``told`` keeps only whether the listener is known.

    Example:
        >>> content_said(Content(), "请于周五前付款。", "clean", tells_debt=True, has_label=False, has_recording=True).threatens_suit
        False
    """
    return replace(
        told,
        script_filed=True,
        scan_verdict=scan_verdict,
        discloses_debt=tells_debt,
        threatens_suit=_SUIT.search(text) is not None,
        ai_label=has_label,
        recording_notice=has_recording,
    )
