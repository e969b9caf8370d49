"""What a site tightens for itself, and the packs by which it therefore decides at a moment.

The rows are read for every decision, never remembered: an overlay that takes effect at nine is asked at nine by every worker.
Only what was read of a document is kept, by the document's digest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from django.db import connection

from jieqing.trust.compliance.engine.pack_reading import pack_from
from jieqing.trust.compliance.engine.packs import Pack, PackSet, standing_set
from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.models import Overlay, OverlayStep, OverlayTurn


class OverlayState(StrEnum):
    PROPOSED = "proposed"
    ADOPTED = "adopted"  # takes effect later
    IN_FORCE = "in_force"
    ENDED = "ended"
    DROPPED = "dropped"  # withdrawn before it took effect


@dataclass(frozen=True, slots=True)
class OverlayView:
    """An overlay with the steps it took. `overlay.why` says why it was proposed, each step why it was taken."""

    overlay: Overlay
    pack: Pack
    adopted: OverlayStep | None
    withdrawn: OverlayStep | None

    def state(self, at: datetime) -> OverlayState:
        """What it is at a moment."""
        if self.adopted is None:
            return OverlayState.DROPPED if self.withdrawn else OverlayState.PROPOSED
        starts, ends = self.adopted.effective_at, self.withdrawn.effective_at if self.withdrawn else None
        if ends is not None and ends <= starts:
            return OverlayState.DROPPED
        if at < starts:
            return OverlayState.ADOPTED
        return OverlayState.IN_FORCE if ends is None or at < ends else OverlayState.ENDED


def every_overlay(site_id: UUID) -> list[OverlayView]:
    """Every overlay of a site, the newest first."""
    rows = Overlay.objects.filter(site_id=site_id).prefetch_related("steps").order_by("-proposed_at", "-id")
    return [_view(row) for row in rows]


def overlays_of(site_id: UUID, at: datetime) -> list[OverlayView]:
    """The overlays in force on a site at a moment, by name."""
    found = [one for one in every_overlay(site_id) if one.state(at) is OverlayState.IN_FORCE]
    return sorted(found, key=lambda one: one.pack.id)


def packs_of(site_id: UUID, at: datetime) -> PackSet:
    """The shipped packs with what the site tightens at a moment. One small statement; the set itself is kept by its digests."""
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [site_id, at, at])
        return packs_with(str(digest) for (digest,) in cursor.fetchall())


def packs_with(digests: Iterable[str]) -> PackSet:
    """The shipped packs with these overlays of the active site, in the order of `IN_FORCE`."""
    added = tuple(digests)
    return _set_of(shipped().digest, added) if added else shipped()


IN_FORCE = f"""
SELECT o.digest FROM compliance_overlay_step AS s JOIN compliance_overlay AS o ON o.id = s.overlay_id
WHERE s.site_id = %s AND s.step = '{OverlayTurn.ADOPTED}' AND s.effective_at <= %s AND NOT EXISTS (
  SELECT 1 FROM compliance_overlay_step AS w
  WHERE w.overlay_id = s.overlay_id AND w.step = '{OverlayTurn.WITHDRAWN}' AND w.effective_at <= %s)
ORDER BY o.pack_id
"""  # noqa: S608 - the only values put in are our own constants
"""Digests of the overlays in force: of a site, at a moment, at that moment."""


@lru_cache(maxsize=256)
def _set_of(_shipped: str, digests: tuple[str, ...]) -> PackSet:
    """The set of these overlays. The documents are the active site's; a digest is the same document wherever it stands."""
    documents = dict(Overlay.objects.filter(digest__in=digests).values_list("digest", "document"))
    return standing_set(shipped().packs, _packs([documents[digest] for digest in digests]))


def _packs(documents: Sequence[dict[str, object]]) -> list[Pack]:
    return [pack_from(document) for document in documents]  # type: ignore[arg-type]


def _view(row: Overlay) -> OverlayView:
    steps = {step.step: step for step in row.steps.all()}
    return OverlayView(
        row, pack_from(row.document), steps.get(OverlayTurn.ADOPTED), steps.get(OverlayTurn.WITHDRAWN)
    )
