"""Verdicts worded for the templates: the same codes as the API, in the reader's language."""

from typing import Any

from jieqing.claims.parties.engine.choices import CHANNEL_NAMES
from jieqing.claims.parties.engine.contact_points import BELONGS_TO_NAMES, BelongsTo
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.outreach.engine.contact_verdict import ContactVerdict
from jieqing.recovery.outreach.services import PointVerdicts


def shown_points(rows: list[PointVerdicts]) -> list[dict[str, Any]]:
    place = 0 if lang() == "zh" else 1
    return [
        {
            "point": row.point,
            "role": BELONGS_TO_NAMES[BelongsTo(row.role)][place],
            "verdicts": [
                {
                    "channel": CHANNEL_NAMES[channel][place],
                    "code": channel.value,
                    "purpose": aim.value,
                    "verdict": shown_verdict(verdict),
                }
                for channel, aim, verdict in row.verdicts
            ],
        }
        for row in rows
    ]


def shown_verdict(verdict: ContactVerdict) -> dict[str, Any]:
    """What `<c-contact-verdict>` takes."""
    return verdict.shown(lang())
