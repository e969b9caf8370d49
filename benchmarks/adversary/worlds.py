"""A world: one debtor and the people around, their numbers, debts, creditors, sites and staff, on a few weeks of one year.

Nothing is wrong in a fresh world: ``troubles`` then bends it. Every instant at which something changes is kept in
``edges``, because that is where proposals crowd. All names carry the world's number, so that the worlds of one run
share one log and one register.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

CN_KINDS = ("consumer", "card", "small_loan", "internet_loan", "b2b", "construction", "judgment")
CREDITOR_OF = {
    "consumer": ("bank", "consumer_finance"),
    "card": ("bank",),
    "small_loan": ("small_loan",),
    "internet_loan": ("bank", "consumer_finance"),
    "b2b": ("company", "factoring"),
    "construction": ("company",),
    "judgment": ("bank", "company", "amc"),
}
ZONES = {
    "CN": (
        "Asia/Shanghai",
        "Asia/Shanghai",
        "Asia/Shanghai",
        "Asia/Urumqi",
        "Europe/Paris",
        "America/New_York",
    ),
    "US": (
        "America/New_York",
        "America/Chicago",
        "America/Los_Angeles",
        "America/Phoenix",
        "Pacific/Honolulu",
    ),
    "UK": ("Europe/London",),
}
# Weeks with a change of clocks for those who have them, and quiet ones.
STARTS = {
    "CN": ("2026-09-07", "2026-10-20", "2026-11-02"),
    "US": ("2026-10-26", "2026-08-10", "2027-03-08"),
    "UK": ("2026-10-19", "2026-08-10", "2027-03-22"),
}
DAYS = 21
CLEARANCES = (
    "pledge", "background", "exam", "annual_training", "level_basic", "level_intermediate", "field_visit",
)  # fmt: skip
ROLES = ("contact_person", "family", "employer", "guarantor", "unrelated")
ELEMENTS = ("holder", "reason", "rights", "ways", "contact", "seal", "other")
GOOD_TEXT = "【结清测试】您好，请回电核对账务事宜，退订回T。 Reply STOP to opt out."
BAD_TEXTS = ("【结清测试】法院已立案，退订回T STOP", "【结清测试】您将被列入失信名单，退订回T STOP")
Row = dict[str, Any]


def text_of(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


@dataclass
class World:
    """The register of one small world, and its edges."""

    number: int
    random: Random
    law: str
    start: datetime
    zone: str
    raw: dict[str, Any]
    edges: list[datetime] = field(default_factory=list)
    # What troubles ask of the proposals: weights by name.
    wants: dict[str, float] = field(default_factory=dict)
    failing: float = 0.35
    uncertain: float = 0.0
    refusing: float = 0.0
    hours: list[str] = field(default_factory=list)

    def name(self, what: str) -> str:
        return f"{self.number}.{what}"

    @property
    def end(self) -> datetime:
        return self.start + timedelta(days=DAYS)

    @property
    def debts(self) -> list[str]:
        return list(self.raw["debts"])

    def moment(self) -> datetime:
        """An instant at which something changes; whole seconds, now and then on the local hour."""
        at = self.start + timedelta(seconds=self.random.randrange(2 * 86400, (DAYS - 2) * 86400))
        if self.random.random() < 0.4:
            at = at.replace(minute=0, second=0)
        self.edges.append(at)
        return at

    def stretch(self) -> list[str | None]:
        """A stretch of time that begins or ends, or both, inside the world."""
        begin = self.moment()
        shape = self.random.random()
        if shape < 0.4:
            return [text_of(begin), None]
        if shape < 0.6:
            return [None, text_of(begin)]
        end = begin + timedelta(seconds=self.random.randrange(1, 5 * 86400))
        self.edges.append(end)
        return [text_of(begin), text_of(end)]


def fresh(number: int, random: Random) -> World:
    """A world without trouble."""
    law = random.choices(("CN", "US", "UK"), (70, 20, 10))[0]
    start = datetime.fromisoformat(random.choice(STARTS[law])).replace(tzinfo=UTC)
    zone = random.choice(ZONES[law])
    tables = ("persons", "points", "creditors", "debts", "sites", "staff", "contents")
    lists = ("placements", "refusals", "holds", "agreements", "consents")
    world = World(
        number, random, law, start, zone, {**{key: {} for key in tables}, **{key: [] for key in lists}}
    )
    _people(world)
    _sites(world)
    _debts(world)
    _contents(world)
    return world


def _people(world: World) -> None:
    raw, random = world.raw, world.random
    shared = world.name("landline")
    for who in ("debtor", *ROLES, "lawyer"):
        zone = world.zone if who == "debtor" or random.random() < 0.7 else random.choice(ZONES[world.law])
        raw["persons"][world.name(who)] = {"zones": [[None, zone]]}
        for kind in ("phone", "phone2", "email", "address", "account"):
            raw["points"][world.name(f"{who}.{kind}")] = {
                "persons": [world.name(who)],
                "kind": kind.rstrip("2"),
                "confirmed": [text_of(world.start - timedelta(days=10))],
            }
    raw["points"][shared] = {
        "persons": [world.name("debtor"), world.name("family")],
        "kind": "phone",
        "confirmed": [text_of(world.start - timedelta(days=10))],
    }


def _sites(world: World) -> None:
    raw, random = world.raw, world.random
    kinds = ["outsourcing", random.choice(("law_firm", "amc")), "in_house"]
    if random.random() < 0.3 and world.law == "CN":
        kinds.append("mediation")
    always = [[None, None]]
    for index, kind in enumerate(kinds):
        site = world.name(f"site{index}")
        raw["sites"][site] = {"kind": kind, "live": always, "filing": always}
        for member in range(3):
            raw["staff"][world.name(f"staff{index}.{member}")] = {
                "site": site,
                "clearances": dict.fromkeys(CLEARANCES, always),
                "lawyer": always if kind == "law_firm" else [],
            }


def _debts(world: World) -> None:
    raw, random = world.raw, world.random
    creditors = random.choice((1, 2))
    for index in range(random.choice((1, 2, 3))):
        kind = random.choice(CN_KINDS) if world.law == "CN" else "consumer"
        creditor = world.name(f"creditor{index % creditors}.{kind}")
        raw["creditors"].setdefault(creditor, {"kind": random.choice(CREDITOR_OF[kind])})
        debt = world.name(f"debt{index}")
        raw["debts"][debt] = {
            "creditor": creditor,
            "kind": kind,
            "jurisdiction": world.law,
            "debtor": world.name("debtor"),
            "roles": [{"person": world.name(role), "role": role} for role in ROLES],
            "validation_notice_at": text_of(world.start),
        }
        # The creditor's own desk beside one agency: never two agencies at once.
        agency, beside = random.choice((("site0", "site2"), ("site1", "site2"), ("site0", "site2")))
        for site in (agency, beside, *(["site3"] if world.name("site3") in raw["sites"] else [])):
            raw["placements"].append({"debt": debt, "site": world.name(site)})


def _contents(world: World) -> None:
    always = [[None, None]]
    good = {"text": GOOD_TEXT, "approved": always, "elements": list(ELEMENTS)}
    world.raw["contents"][world.name("filed")] = good
    world.raw["contents"][world.name("unfiled")] = {**good, "approved": []}
    world.raw["contents"][world.name("bare")] = {**good, "approved": [], "elements": ["holder"]}
    for index, text in enumerate(BAD_TEXTS):
        world.raw["contents"][world.name(f"bad{index}")] = {**good, "text": text}
