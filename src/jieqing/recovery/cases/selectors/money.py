"""What cases brought in and what they cost, for desks: sums over the timeline's money, open promises, effort and outlays."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, Count, F, Q, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from jieqing.recovery.cases.engine.codes import CaseState, Closing, EventKind
from jieqing.recovery.cases.models import Case, CaseEvent, Effort, Outlay, Promise

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class MoneyMade:
    """Since a day, by currency: payments on documents under work less what was taken back; the queue's expected value now."""

    cases: int
    settled: int
    recovered_minor: dict[str, int]
    expected_minor: dict[str, int]
    outlay_minor: dict[str, int]
    minutes: int


def money_made(*, since: date) -> MoneyMade:
    start = datetime.combine(since, time(), tzinfo=SHANGHAI)
    counts = Case.objects.aggregate(
        cases=Count("pk"), settled=Count("pk", filter=Q(closing=Closing.SETTLED.value, closed_at__gte=start))
    )
    expected = (
        Case.objects.filter(state=CaseState.OPEN.value).values("currency").annotate(minor=Sum("priority"))
    )
    outlays = Outlay.objects.filter(on__gte=since).values("currency").annotate(minor=Sum("amount_minor"))
    minutes = Effort.objects.filter(on__gte=since).aggregate(sum=Sum("minutes"))["sum"]
    return MoneyMade(
        cases=counts["cases"],
        settled=counts["settled"],
        recovered_minor=_recovered(start),
        expected_minor={row["currency"]: int(row["minor"] or 0) for row in expected},
        outlay_minor={row["currency"]: int(row["minor"]) for row in outlays},
        minutes=minutes or 0,
    )


def _recovered(start: datetime) -> dict[str, int]:
    signs = {EventKind.PAYMENT_SEEN.value: 1, EventKind.PAYMENT_BACK.value: -1}
    rows = (
        CaseEvent.objects.filter(kind__in=signs, at__gte=start)
        .annotate(code=F("case__currency"), minor=Cast(KeyTextTransform("minor", "facts"), BigIntegerField()))
        .values("kind", "code")
        .annotate(sum=Sum("minor"))
    )
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row["code"]] += signs[row["kind"]] * int(row["sum"])
    return dict(found)


def promised_ahead(from_on: date, to_on: date) -> dict[str, int]:
    """What open promises still say for these days, by currency."""
    rows = (
        Promise.objects.filter(state="open", next_due_on__gte=from_on, next_due_on__lte=to_on)
        .values("case__currency")
        .annotate(minor=Sum(F("amount_minor") - F("paid_minor")))
    )
    return {row["case__currency"]: int(row["minor"]) for row in rows}
