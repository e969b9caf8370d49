"""The terms of overdue: their versions, those that hold on a day, and the late-after day of one item."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from jieqing.claims.receivables.engine.overdue_terms import PLAIN, OverdueTerms, late_after
from jieqing.claims.receivables.models import Item, OverdueTermsVersion
from jieqing.claims.receivables.selectors.late_after import LATE_TERMS
from jieqing.claims.receivables.selectors.statements import fetch, parameters


@dataclass(frozen=True, slots=True)
class TermsInForce:
    """What holds on a day: the site's terms, and those of creditors that have their own."""

    of_site: OverdueTerms = PLAIN
    of_creditors: dict[UUID, OverdueTerms] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        return self.of_site.is_plain and all(one.is_plain for one in self.of_creditors.values())

    def of(self, creditor_id: UUID) -> OverdueTerms:
        return self.of_creditors.get(creditor_id, self.of_site)


def overdue_terms_in_force(as_of: date, *, revision: int | None = None) -> TermsInForce:
    """The terms by which a report of a day says "overdue", as known at a revision when asked."""
    rows = fetch(
        f"""WITH {LATE_TERMS} SELECT creditor_id, grace_days, rolls,
            CASE WHEN rolls AND number = (SELECT max(number) FROM late_terms WHERE rolls) THEN shifts END
        FROM late_terms""",  # noqa: S608  # constants only
        parameters(as_of=as_of, revision=revision),
    )
    shifts = next((row[3] for row in rows if row[3]), ())
    found = {row[0]: OverdueTerms(row[1], tuple(shifts) if row[2] else ()) for row in rows}
    return TermsInForce(found.pop(None, PLAIN), found)


def late_after_of(item: Item, *, as_of: date) -> date:
    """The last day on which an item is not overdue, by the terms in force on a day."""
    terms = overdue_terms_in_force(as_of).of(item.creditor_id)
    return late_after(item.due_on or item.invoice_on, terms)


def overdue_terms_versions() -> list[OverdueTermsVersion]:
    """Every version, newest first."""
    return list(OverdueTermsVersion.objects.select_related("creditor").order_by("-number"))


def told_terms(one: OverdueTermsVersion) -> dict[str, Any]:
    """A version as the command line and the API say it; no days of grace means "as the site"."""
    return {
        "number": one.number,
        "creditor_id": one.creditor_id,
        "grace_days": one.grace_days,
        "rolls": one.is_rolling,
        "effective_from": one.effective_from,
        "revision": one.recorded_rev,
        "entry": one.entry_id,
    }
