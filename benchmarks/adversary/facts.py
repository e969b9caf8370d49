"""The facts of a proposal, from the register and from what was really sent: the world's own book, not the checker's.

Key names are those of FACES and of ``contracts/gate-facts.schema.json``. Where they leave a reading open, ours is:
for a third person ``number_valid``, ``deceased``, ``incapacitated`` and ``failed_contacts_in_a_row`` speak of the
debtor, everything else of the person reached; an opt-out or a refused robot closes channels for everyone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.adversary.proposing import VOICES, Proposal
from jieqing_sendlog.register import Register

WEEK = timedelta(days=7)
FAILURES = frozenset({"no_answer", "busy", "invalid", "bounced", "not_met"})
THIRD = frozenset({"contact_person", "family", "employer", "unrelated"})
Spans = Any
_ZONES: dict[str, ZoneInfo] = {}


def stands(spans: Spans, at: datetime) -> bool:
    """Whether one of the stretches covers an instant."""
    return bool(spans) and any((b is None or at < b) and (a is None or at >= a) for a, b in spans)


class Book:
    """What was sent in one world, counted the way outreach would count it."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.times: dict[Hashable, list[datetime]] = defaultdict(list)
        self.failed: dict[tuple[str, str], int] = defaultdict(int)
        self.last: dict[Hashable, datetime] = {}
        self.open: dict[str, list[datetime | None]] = defaultdict(list)
        self.robots_stopped: dict[str, datetime] = {}
        self.channels_stopped: dict[tuple[str, str], datetime] = {}
        self.no: set[tuple[str, str]] = set()

    def write(
        self, made: Proposal, outcome: str, ended: datetime, resolved: datetime | None, said_no: bool
    ) -> None:
        debt = self.register.debts[made.debt]
        pair = (made.who, debt.creditor)
        talked = made.channel in VOICES and outcome == "effective"
        if talked:
            self.last["talk", made.debt] = made.at
        if said_no:
            self._refused(made, ended)
        if made.inbound:
            return
        self.last["any", made.who] = made.at
        self.times["any", made.who].append(made.at)
        if made.channel in VOICES:
            self.times["dial", made.point].append(made.at)
            if talked and made.channel != "voice_notice":
                self.times["effective", pair].append(made.at)
            if made.channel == "voice_notice" and outcome in ("effective", "connected"):
                self.times["notice", pair].append(made.at)
            if made.by_machine:
                self.times["robot", made.who].append(made.at)
            if outcome not in ("busy", "invalid"):
                self.times["debt", made.debt].append(made.at)
        if made.who == debt.debtor:
            self.failed[pair] = self.failed[pair] + 1 if outcome in FAILURES else 0
        if outcome == "unknown":
            self.open[made.who].append(resolved)

    def _refused(self, made: Proposal, ended: datetime) -> None:
        role = self.register.debts[made.debt].role_of(made.who, made.at)
        if role in THIRD:
            self.no |= {(made.who, made.debt), (made.point, made.debt)}
        if made.by_machine:
            self.robots_stopped[made.who] = min(ended, self.robots_stopped.get(made.who, ended))
        elif made.channel in ("sms", "email", "im"):
            key = (made.who, made.channel)
            self.channels_stopped[key] = min(ended, self.channels_stopped.get(key, ended))

    def today(self, key: Hashable, at: datetime, zone: str) -> int:
        local = at.astimezone(_ZONES.setdefault(zone, ZoneInfo(zone)))
        begin = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)
        return sum(1 for when in self.times.get(key, ()) if begin <= when)

    def week(self, key: Hashable, at: datetime) -> int:
        return sum(1 for when in self.times.get(key, ()) if when > at - WEEK)

    def uncertain(self, person: str, at: datetime) -> bool:
        return any(end is None or at < end for end in self.open.get(person, ()))


def facts_of(made: Proposal, book: Book) -> dict[str, Any]:
    """The facts of one proposal, all but the hidden ones: those are absent, as if nobody knew."""
    facts = _all_facts(made, book)
    for name in made.hidden:
        whole, _, part = name.partition(".")
        if part and whole in facts:
            facts[whole].pop(part, None)
        elif not part:
            facts.pop(whole, None)
    return facts


def _all_facts(made: Proposal, book: Book) -> dict[str, Any]:
    register, at = book.register, made.at
    debt, site = register.debts[made.debt], register.sites[made.site]
    reached, debtor = register.persons[made.who], register.persons[debt.debtor]
    role = debt.role_of(made.who, at)
    about = debtor if role in THIRD else reached
    zone = reached.zone_at(at)
    content = register.contents[made.content]
    return {
        "at": at.astimezone(timezone(timedelta(hours=made.offset))).isoformat(),
        "timezone": zone,
        "jurisdiction": debt.jurisdiction,
        "channel": made.channel,
        "purpose": made.purpose,
        "role": role,
        "debt_kind": debt.kind,
        "creditor_kind": register.creditors[debt.creditor],
        "counts": _counts(made, book, zone),
        "last_contact_at": _text(book.last.get(("any", made.who))),
        "last_conversation_at": _text(book.last.get(("talk", made.debt))),
        "delivery_uncertain": book.uncertain(made.who, at),
        "plan_active": stands(debt.plans, at),
        "number_valid": _valid(made, role, book),
        "identity_verified": made.verified,
        "discloses_debt": made.discloses,
        "refused": _refused(made, book, role),
        "opted_out": _opted_out(made, book),
        "agreed_hours": _agreed(made, register),
        "consent": stands(register.consents.get((made.who, made.debt), ()), at),
        "dispute_open": stands(debt.disputes, at),
        "complaint_open": stands(debt.complaints, at),
        "holds": _holds(made, register),
        "represented": stands(debtor.represented, at),
        "minor": stands(reached.minor, at) or stands(debtor.minor, at),
        "deceased": stands(about.deceased, at),
        "incapacitated": stands(about.incapacitated, at),
        "time_barred": stands(debt.time_barred, at),
        "threatens_suit": made.suit,
        "ai_label": made.ai_label,
        "recording_notice": made.recording,
        "script_filed": stands(content.approved, at) and len(content.elements) == 7,
        "scan_verdict": "block" if "立案" in content.text or "失信" in content.text else "clean",
        "staff": _staff(made, register),
        "site": {"live": stands(site.live, at), "filing_valid": stands(site.filing, at), "kind": site.kind},
        "placement_active": any(
            name == made.site and stands(spans, at) for name, spans in register.placements.get(made.debt, ())
        ),
    }


def _counts(made: Proposal, book: Book, zone: str) -> dict[str, int]:
    debt, at = book.register.debts[made.debt], made.at
    pair = (made.who, debt.creditor)
    return {
        "effective_calls_today": book.today(("effective", pair), at, zone),
        "notice_connected_today": book.today(("notice", pair), at, zone),
        "dials_same_number_today": book.today(("dial", made.point), at, zone),
        "robot_calls_7d": book.week(("robot", made.who), at),
        "calls_7d_debt": book.week(("debt", made.debt), at),
        "contacts_7d": book.week(("any", made.who), at),
        "failed_contacts_in_a_row": book.failed.get((debt.debtor, debt.creditor), 0),
    }


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _valid(made: Proposal, role: str, book: Book) -> bool:
    register, at = book.register, made.at
    if role in THIRD:
        debtor = register.debts[made.debt].debtor
        return any(stands(point.valid, at) for point in register.points_of[debtor] if point.kind == "phone")
    point = register.points[made.point]
    fresh = any(when <= at <= when + timedelta(days=60) for when in point.confirmed)
    return stands(point.valid, at) and (fresh or made.channel != "sms")


def _refused(made: Proposal, book: Book, role: str) -> bool:
    at, debt = made.at, book.register.debts[made.debt]
    if {(made.who, made.debt), (made.point, made.debt)} & book.no:
        return True
    mediating = book.register.sites[made.site].kind == "mediation"
    for person in {made.who, debt.debtor}:
        for refusal in book.register.refusals.get(person, ()):
            if not stands(refusal.spans, at):
                continue
            if refusal.kind == "mediation" and mediating:
                return True
            about_this = person == made.who and refusal.debt in (None, made.debt)
            if refusal.kind == "contact" and role in THIRD and about_this:
                return True
            if refusal.kind == "cease" and person == made.who:
                return True
    return False


def _opted_out(made: Proposal, book: Book) -> list[str]:
    refusals = [r for r in book.register.refusals.get(made.who, ()) if stands(r.spans, made.at)]
    out = {r.channel for r in refusals if r.kind == "channel" and r.channel}
    stopped = book.robots_stopped.get(made.who)
    if any(r.kind == "robot" for r in refusals) or (stopped is not None and stopped <= made.at):
        out |= {"voice_ai", "voice_notice"}
    out |= {c for (who, c), since in book.channels_stopped.items() if who == made.who and since <= made.at}
    return sorted(out)


def _agreed(made: Proposal, register: Register) -> list[dict[str, str]]:
    creditor = register.debts[made.debt].creditor
    return [
        {"from": begin.strftime("%H:%M"), "to": end.strftime("%H:%M")}
        for agreement in register.agreements.get(made.who, ())
        if agreement.creditor in (None, creditor) and stands(agreement.spans, made.at)
        for begin, end in agreement.hours
    ]


def _holds(made: Proposal, register: Register) -> list[str]:
    debtor = register.debts[made.debt].debtor
    holds = [*register.person_holds.get(debtor, ()), *register.debt_holds.get(made.debt, ())]
    return sorted({hold.kind for hold in holds if stands(hold.spans, made.at)})


def _staff(made: Proposal, register: Register) -> dict[str, Any]:
    members = [register.staff[name] for name in set(made.staff)]
    held = [{kind for kind, spans in who.clearances.items() if stands(spans, made.at)} for who in members]
    return {
        "clearances": sorted(set.intersection(*held)) if held else [],
        "count": len(members),
        "is_lawyer": any(stands(who.lawyer, made.at) for who in members),
    }
