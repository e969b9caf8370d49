"""The gate's facts of one contact, put together from what the rooms below know. Pure: values in, one JSON object out.

Nothing is guessed. A value that is `None` is left out, so the rules that need it deny and name it; an instant that is
known not to have been is written as null, which is knowledge. The counts that the platform keeps are added by the gate.

Words. For a third person `number_valid` is about the debtor: only who cannot be reached may be asked for through
others. *Failed in a row* counts tries of the debtor's own points that nobody answered, back from the newest.
Source: FACES "Gate facts"; law.md GBT-01…05, CBA-01…04, COMP-05.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jieqing.claims.parties.engine.choices import Channel
from jieqing.claims.parties.engine.contact_points import OBLIGED
from jieqing.claims.parties.engine.facts import ContactFacts
from jieqing.kernel.outcomes import JSON
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.trust.compliance.engine.slots import Outcome

# The platform's law is the mainland's: sites, creditors and their mandates stand under it, wherever the debtor lives.
JURISDICTION = "CN"
EVERY_CHANNEL = "*"
_FAILED = frozenset({Outcome.NO_ANSWER, Outcome.NOT_CONNECTED})
_HOLDS_OF_EVENTS = {
    "deceased": "deceased",
    "represented": "represented",
    "insolvency": "insolvency",
    "bankrupt": "insolvency",
    "hardship": "hardship",
    "legal_stay": "legal_stay",
    "disputes": "dispute",
}
_LOANS = frozenset({"private_loan", "licensed_loan"})


@dataclass(frozen=True, slots=True)
class Tried:
    """One use of a permit at a point; ``is_own`` when the point is the debtor's."""

    at: datetime
    is_own: bool
    is_here: bool
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """What stands about the case and the debt. `None` where nobody declared it or the days cannot be judged."""

    case_id: UUID
    creditor_id: UUID
    debtor_id: UUID
    placement_active: bool
    holds: frozenset[str]
    dispute_open: bool
    complaint_open: bool
    plan_active: bool
    time_barred: bool | None
    debt_kind: str | None
    creditor_kind: str | None


@dataclass(frozen=True, slots=True)
class SiteStanding:
    """`live` needs the agreement too: a tenant who has not accepted it reaches nobody."""

    live: bool
    filing_valid: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Staff:
    """Who would do it; a program has no clearances and is nobody."""

    clearances: frozenset[str]
    count: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to do."""

    channel: str
    purpose: str
    content: Content


def gate_facts(
    wish: Wish,
    person: ContactFacts,
    case: CaseStanding,
    site: SiteStanding,
    staff: Staff,
    tried: Sequence[Tried],
) -> dict[str, JSON]:
    """Return the facts of one contact, without the platform's own counts."""
    is_obliged = person.role in OBLIGED
    facts: dict[str, JSON | None] = {
        "at": person.at.isoformat(),
        "timezone": person.timezone,
        "jurisdiction": JURISDICTION,
        "channel": wish.channel,
        "purpose": wish.purpose,
        "role": person.role,
        "debt_kind": case.debt_kind,
        "creditor_kind": case.creditor_kind,
        "number_valid": person.number_valid if is_obliged else person.debtor_reachable,
        "refused": person.refused,
        "opted_out": _expanded(person.opted_out),
        "agreed_hours": list(person.agreed_hours) if person.agreed_hours else None,
        "consent": wish.channel in person.consented or EVERY_CHANNEL in person.consented,
        "dispute_open": case.dispute_open,
        "complaint_open": case.complaint_open,
        "holds": sorted(
            case.holds | {_HOLDS_OF_EVENTS[one] for one in person.events if one in _HOLDS_OF_EVENTS}
        ),
        "represented": person.represented,
        "minor": person.minor,
        "deceased": person.deceased,
        "incapacitated": person.incapacitated,
        "plan_active": case.plan_active,
        "time_barred": case.time_barred,
        "placement_active": case.placement_active,
        "delivery_uncertain": any(one.outcome is None for one in tried),
    }
    known: dict[str, JSON] = {name: value for name, value in facts.items() if value is not None}
    return (
        known
        | wish.content.as_facts()
        | _history(tried)
        | {
            "staff": {
                "clearances": sorted(staff.clearances),
                "count": staff.count,
                "is_lawyer": "lawyer" in staff.clearances,
            },
            "site": {"live": site.live, "filing_valid": site.filing_valid, "kind": site.kind},
        }
    )


def debt_kind(declared: str | None, *, debtor_is_company: bool) -> str | None:
    """Return the gate's word for what a creditor declared. A person's debt is taken for a consumer's: the stricter packs hold.

    Example:
        >>> debt_kind("sale", debtor_is_company=True), debt_kind("sale", debtor_is_company=False), debt_kind(None, debtor_is_company=True)
        ('b2b', 'consumer', None)
    """
    if declared is None:
        return None
    if declared in ("construction", "judgment"):
        return declared
    return "b2b" if debtor_is_company else "consumer"


def creditor_kind(declared: str | None, party_kind: str) -> str | None:
    """Return the gate's word for the creditor; None where neither a declaration nor its name tells.

    Example:
        >>> creditor_kind("licensed_lender", "company"), creditor_kind(None, "company"), creditor_kind(None, "unknown")
        ('bank', 'company', None)
    """
    if declared == "licensed_lender":
        return "bank"
    if declared in ("company", "individual"):
        return declared
    return party_kind if party_kind in ("company", "individual") else None


def _expanded(channels: Collection[str]) -> list[JSON]:
    return [*sorted(one.value for one in Channel)] if EVERY_CHANNEL in channels else [*sorted(channels)]


def _history(tried: Sequence[Tried]) -> dict[str, JSON]:
    """Newest first. Nothing tried is "never" (null), not "unknown"."""
    own = [one for one in tried if one.is_own]
    failed = 0
    for one in own:
        if one.outcome not in _FAILED:
            break
        failed += 1
    spoken = [one.at for one in tried if one.outcome is Outcome.CONVERSATION]
    return {
        "counts": {"failed_contacts_in_a_row": failed},
        "last_contact_at": tried[0].at.isoformat() if tried else None,
        "last_conversation_at": spoken[0].isoformat() if spoken else None,
    }
