"""Keys of the site's reviewers, newest first: from when to when, how each ended, what it signed, whether its chain holds."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from jieqing.recovery.scripts.engine.filings import is_signed
from jieqing.recovery.scripts.engine.keys import KeyStep
from jieqing.recovery.scripts.models import ReviewerKey, ReviewerKeyStep, ScriptFiling

KEYS_SHOWN_MAX = 200


@dataclass(frozen=True, slots=True)
class KeyView:
    """``is_chained`` is None for a first key and for one that the operator admitted, else whether the one before signed it."""

    key: ReviewerKey
    steps: tuple[ReviewerKeyStep, ...]
    decisions: int
    is_chained: bool | None


def reviewer_keys() -> list[KeyView]:
    keys = list(ReviewerKey.objects.order_by("-at", "-id")[:KEYS_SHOWN_MAX])
    ids = [key.pk for key in keys]
    steps: dict[Any, list[ReviewerKeyStep]] = {}
    leading: dict[Any, ReviewerKeyStep] = {}
    of_these = ReviewerKeyStep.objects.filter(Q(key__in=ids) | Q(successor__in=ids))
    for row in of_these.select_related("key", "successor").order_by("at", "id"):
        steps.setdefault(row.key_id, []).append(row)
        if row.successor_id:
            leading[row.successor_id] = row
    rows = ScriptFiling.objects.filter(key__in=ids).order_by().values_list("key").annotate(Count("id"))
    signed: dict[Any, int] = dict(rows)
    return [
        KeyView(
            key=key,
            steps=tuple(steps.get(key.pk, [])),
            decisions=signed.get(key.pk, 0),
            is_chained=_follows(leading[key.pk], key) if key.pk in leading else None,
        )
        for key in keys
    ]


def told_key(view: KeyView) -> dict[str, Any]:
    """A key with everything that its chain can be checked by."""
    return {
        "key": view.key.id,
        "reviewer": view.key.user_id,
        "public_key": view.key.public_key_hex,
        "since": view.key.at,
        "until": view.key.ended_at,
        "decisions": view.decisions,
        "chained": view.is_chained,
        "steps": [
            {
                "kind": step.kind,
                "at": step.at,
                "reason": step.reason,
                "statement": step.statement,
                "signature": bytes(step.signature).hex() if step.signature else None,
                "new_signature": bytes(step.new_signature).hex() if step.new_signature else None,
                "entry": step.entry_id,
            }
            for step in view.steps
        ],
        "entry": view.key.entry_id,
    }


def _follows(step: ReviewerKeyStep, key: ReviewerKey) -> bool:
    """Whether the old key and this one both signed exactly that this one follows."""
    if step.kind != KeyStep.ROTATED or step.statement is None or not step.signature or not step.new_signature:
        return False
    names_both = (step.statement.get("old_key"), step.statement.get("new_key")) == (
        step.key.public_key_hex,
        key.public_key_hex,
    )
    return (
        names_both
        and is_signed(bytes(step.key.public_key), bytes(step.signature), step.statement)
        and is_signed(bytes(key.public_key), bytes(step.new_signature), step.statement)
    )
