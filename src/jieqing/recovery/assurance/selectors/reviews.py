"""Reviews of changes, newest first, and what each found."""

from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from jieqing.kernel.actor import Actor
from jieqing.recovery.assurance.models import ChangeReview, ReviewChange

LIST_MAX = 200
SHOWN_MAX = 12


def reviews(site_id: UUID) -> list[ChangeReview]:
    rows = ChangeReview.objects.filter(site_id=site_id).select_related("decision")
    return list(rows.order_by("-at", "-id")[:LIST_MAX])


def changes_of(review: ChangeReview) -> QuerySet[ReviewChange]:
    """What a review found: what is closed before what is opened, then by case."""
    return ReviewChange.objects.filter(review=review).order_by(
        "-is_stricter", "case_id", "subject", "channel", "id"
    )


def first_changes_of(review: ChangeReview) -> dict[str, list[ReviewChange]]:
    """Of each source its first rows, in one statement."""
    place = Window(
        RowNumber(),
        partition_by=[F("source")],
        order_by=["-is_stricter", "case_id", "subject", "channel", "id"],
    )
    rows = ReviewChange.objects.filter(review=review).annotate(place=place).filter(place__lte=SHOWN_MAX)
    found: dict[str, list[ReviewChange]] = {}
    for row in rows.order_by("source", "place"):
        found.setdefault(row.source, []).append(row)
    return found


def adopted_touching(actor: Actor, until: date, limit: int) -> list[ChangeReview]:
    """Adopted changes that touch this person's own cases and began no longer ago than a day says."""
    mine = ReviewChange.objects.filter(site_id=actor.own_site, owner_id=actor.id).values("review")
    rows = ChangeReview.objects.filter(pk__in=mine, decision__is_adopted=True, effective_on__gte=until)
    return list(rows.select_related("decision").order_by("-effective_on", "-id")[:limit])


def waiting_for_second(actor: Actor, limit: int) -> list[ChangeReview]:
    """Others' reviews that nobody decided yet."""
    rows = ChangeReview.objects.filter(site_id=actor.own_site, decision__isnull=True).exclude(by=actor.id)
    return list(rows.order_by("-at")[:limit])
