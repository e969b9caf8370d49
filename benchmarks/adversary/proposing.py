"""What the adversary proposes, and when: around edges, in bursts, across sites, and a week after what was sent.

A proposal says what it would say and who would say it. The role it claims is sometimes a lie; the facts are built from
the register, so the lie must not help.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.adversary.worlds import DAYS, ROLES, World

CLOCKS = ("08:00", "08:00", "22:00", "22:00", "21:00", "20:00", "18:00", "00:00")
JITTER = (-60, -2, -1, 0, 0, 1, 2, 60)
TEMPLATES = ("burst", "robot", "notice", "redial", "messages", "visit", "third", "lawyer", "suit", "flags")
VOICES = ("voice_human", "voice_ai", "voice_notice")
ALL = (*VOICES, "sms", "email", "letter", "im", "visit", "portal")
POINT_OF = {"email": "email", "letter": "address", "visit": "address", "im": "account", "portal": "account"}
# Facts that an adversary would rather nobody knew.
HIDEABLE = (
    "timezone", "role", "counts", "counts.effective_calls_today", "counts.dials_same_number_today",
    "counts.notice_connected_today", "counts.robot_calls_7d", "counts.calls_7d_debt", "last_conversation_at",
    "counts.failed_contacts_in_a_row", "delivery_uncertain", "plan_active", "identity_verified", "discloses_debt", "refused",
    "opted_out", "dispute_open", "complaint_open", "holds", "represented", "minor", "deceased", "time_barred",
    "threatens_suit", "ai_label", "recording_notice", "script_filed", "scan_verdict", "staff", "staff.clearances",
    "staff.count", "site", "site.live", "site.filing_valid", "site.kind", "placement_active", "debt_kind",
    "creditor_kind", "number_valid", "agreed_hours", "consent", "jurisdiction", "channel", "purpose", "at",
)  # fmt: skip
PER_WORLD = 48
MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Proposal:
    """One contact somebody would like to make."""

    at: datetime
    channel: str
    who: str
    point: str
    debt: str
    site: str
    purpose: str
    staff: tuple[str, ...]
    content: str
    discloses: bool
    verified: bool
    suit: bool = False
    ai_label: bool = True
    recording: bool = True
    claimed_role: str = "debtor"
    inbound: bool = False
    # A notice may be a person's voice on tape; then it is neither synthetic nor a robot's call.
    by_machine: bool = False
    # How the instant is written, and which facts nobody knows.
    offset: int = 0
    hidden: tuple[str, ...] = ()


class Proposer:
    """A queue of instants, each with what shall be proposed then; sent contacts put more into it."""

    def __init__(self, world: World) -> None:
        self.world, self.random = world, world.random
        self._queue: list[tuple[datetime, int, str]] = []
        self._turn = count()
        self._debtor_zone = ZoneInfo(world.raw["persons"][world.name("debtor")]["zones"][-1][1])
        for _ in range(PER_WORLD):
            self._put(self._instant(), self._template())
        for _ in range(int(world.wants.get("burst", 1) + world.wants.get("redial", 0))):
            self._burst("redial" if world.wants.get("redial") else "burst")

    def __bool__(self) -> bool:
        return bool(self._queue)

    def next(self) -> Proposal:
        at, _, template = heapq.heappop(self._queue)
        return propose(self.world, at, template)

    def sent(self, proposal: Proposal) -> None:
        """More of the same: at once, later that day, and around a week later."""
        chance = self.random.random()
        template = {"voice_ai": "robot", "voice_notice": "notice", "visit": "visit"}.get(
            proposal.channel, "burst"
        )
        if chance < 0.25:
            self._put(proposal.at + timedelta(seconds=self.random.choice((1, 30, 600, 3600))), template)
        elif chance < 0.4:
            self._put(proposal.at + timedelta(days=7, seconds=self.random.choice(JITTER)), template)
        elif chance < 0.5:
            later = proposal.at.astimezone(self._debtor_zone).date() + timedelta(
                days=self.random.choice((6, 7))
            )
            clock = self.random.choice((time(20, 59, 59), time(8), time(8, 0, 1)))
            self._put(datetime.combine(later, clock, self._debtor_zone).astimezone(UTC), template)

    def _put(self, at: datetime, template: str) -> None:
        if at < self.world.end + timedelta(days=8):
            heapq.heappush(self._queue, (at, next(self._turn), template))

    def _template(self) -> str:
        wants = self.world.wants
        return self.random.choices(
            ("plain", *TEMPLATES), (3, *(wants.get(name, 0.25) for name in TEMPLATES))
        )[0]

    def _instant(self) -> datetime:
        chance, random = self.random.random(), self.random
        if self.world.edges and chance < 0.35:
            return random.choice(self.world.edges) + timedelta(seconds=random.choice(JITTER))
        if chance < 0.42 + 0.08 * self.world.wants.get("hours", 0):
            clock = time.fromisoformat(random.choice((*CLOCKS, *self.world.hours, *self.world.hours)))
            jitter = timedelta(seconds=random.choice(JITTER), microseconds=random.choice((0, 0, -1)))
            return self._local(clock) + jitter
        return self._local(time(random.randrange(8, 20), random.randrange(60), random.randrange(60)))

    def _burst(self, template: str) -> None:
        at = self._local(time(self.random.randrange(8, 20), self.random.randrange(60)))
        for _ in range(self.random.choice((5, 9))):
            at += timedelta(seconds=self.random.choice((1, 20, 300, 1800)))
            self._put(at, template)

    def _local(self, clock: time) -> datetime:
        day = self.world.start.date() + timedelta(days=self.random.randrange(1, DAYS))
        return datetime.combine(day, clock, self._debtor_zone).astimezone(UTC)


def propose(world: World, at: datetime, template: str) -> Proposal:
    """One proposal of a template."""
    random = world.random
    channel = _channel(template, random)
    who = _who(template, random)
    third = who in ("contact_person", "family", "employer", "unrelated")
    debt = random.choice(world.debts)
    site = _site(world, debt, at)
    verified = random.random() < 0.93
    made = Proposal(
        at=at,
        channel=channel,
        who=world.name(who),
        point=world.name(_point(who, channel, template, random)),
        debt=debt,
        site=site,
        purpose=_purpose(world, site, third=third, random=random),
        staff=_staff(world, site, channel),
        content=world.name("filed"),
        discloses=(not third and verified and random.random() < 0.6) or random.random() < 0.04,
        verified=verified,
        suit=template == "suit" or random.random() < 0.03,
        claimed_role="debtor" if random.random() < 0.3 else who,
        inbound=template in ("burst", "messages", "third") and random.random() < 0.03,
        by_machine=channel == "voice_ai" or (channel == "voice_notice" and random.random() < 0.6),
        offset=random.choice((0, 8, -5, 1)),
        hidden=tuple(random.sample(HIDEABLE, random.choice((1, 1, 2)))) if random.random() < 0.04 else (),
    )
    if template == "flags" or random.random() < 0.05:
        _spoil(world, made)
    return made


def _channel(template: str, random: Random) -> str:
    return {
        "robot": random.choice(("voice_ai", "voice_ai", "voice_notice")),
        "notice": "voice_notice",
        "burst": random.choice(("voice_human", "voice_human", "voice_ai")),
        "redial": "voice_human",
        "messages": random.choice(("sms", "email", "im")),
        "visit": "visit",
        "third": random.choice(("voice_human", "voice_human", "sms", "visit", "im", "email", "letter")),
        "lawyer": random.choice(("voice_human", "email", "letter")),
    }.get(template) or random.choice(ALL)


def _who(template: str, random: Random) -> str:
    if template == "third":
        return random.choices(ROLES, (5, 2, 1, 2, 1))[0]
    if template == "lawyer":
        return "lawyer"
    return random.choices(("debtor", "guarantor"), (9, 1))[0]


def _point(who: str, channel: str, template: str, random: Random) -> str:
    if channel in POINT_OF:
        return f"{who}.{POINT_OF[channel]}"
    if who in ("debtor", "family") and random.random() < (0.5 if template == "redial" else 0.15):
        return "landline"
    return f"{who}.{'phone' if template == 'redial' or random.random() < 0.8 else 'phone2'}"


def _site(world: World, debt: str, at: datetime) -> str:
    placed = [row["site"] for row in world.raw["placements"] if row["debt"] == debt]
    if world.random.random() < 0.92:
        return str(world.random.choice(placed))
    return str(world.random.choice(list(world.raw["sites"])))


def _purpose(world: World, site: str, *, third: bool, random: Random) -> str:
    if third and random.random() < 0.8:
        return random.choice(("locate", "pass_message", "locate"))
    if world.raw["sites"][site]["kind"] == "mediation" and random.random() < 0.8:
        return random.choice(("plan_offer", "pass_message", "identity_check"))
    return random.choices(
        ("collect", "identity_check", "plan_offer", "legal_notice", "locate", "pass_message"),
        (70, 8, 8, 6, 3, 3),
    )[0]


def _staff(world: World, site: str, channel: str) -> tuple[str, ...]:
    if channel not in ("voice_human", "visit", "im"):
        return ()
    members = [name for name, value in world.raw["staff"].items() if value["site"] == site]
    return tuple(
        world.random.sample(members, 2 if channel == "visit" and world.random.random() < 0.85 else 1)
    )


def _spoil(world: World, made: Proposal) -> None:
    """One thing is wrong with it."""
    what = world.random.choice(("label", "recording", "content", "verified", "suit", "alone", "words"))
    if what == "label":
        made.ai_label = False
    elif what == "recording":
        made.recording = False
    elif what == "content":
        made.content = world.name(world.random.choice(("unfiled", "bare")))
    elif what == "verified":
        made.verified, made.discloses = False, True
    elif what == "suit":
        made.suit = True
    elif what == "alone":
        made.staff = made.staff[:1] * 2
    else:
        made.content = world.name(world.random.choice(("bad0", "bad1")))
