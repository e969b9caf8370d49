"""The edges of the shipped packs (consumer debts here, the rest beside), worked by hand from the words of the law before the gate was asked."""

from __future__ import annotations

from typing import Any

from jieqing.trust.compliance.tests.contacts import contact, without
from jieqing.trust.compliance.tests.edge import THIRD, Edge, both_sides
from jieqing.trust.compliance.tests.edge import allowed as _allowed
from jieqing.trust.compliance.tests.edges_abroad import ABROAD
from jieqing.trust.compliance.tests.edges_mainland import MAINLAND

QUIET = ("RL-15", "CBA-01", "GBT-05")
MORNING = "2026-11-23T08:00:00+08:00"
_VISIT: dict[str, Any] = {"channel": "visit", "staff__count": 2}


def _night(at: str, title: str, **changes: Any) -> Edge:
    return Edge(title, contact(at=at, **changes), QUIET, MORNING)


def _not_now(title: str, at: str, **changes: Any) -> Edge:
    return Edge(
        title,
        contact(**({"at": at, "agreed_hours": "18:00-21:00"} | changes)),
        ("GBT-05b",),
        verdict="needs_approval",
    )


def _third(title: str, *rules: str, **changes: Any) -> Edge:
    return Edge(title, contact(**(THIRD | changes)), rules, verdict="deny" if rules else "allow")


_CONSUMER = (
    _allowed("a daytime call to the debtor"),
    _allowed("21:59:59 is day", at="2026-11-22T21:59:59+08:00"),
    _night("2026-11-22T22:00:00+08:00", "22:00:00 is night"),
    _night("2026-11-23T07:59:59+08:00", "07:59:59 is night"),
    _allowed("08:00:00 is day", at="2026-11-23T08:00:00+08:00"),
    _night("2026-11-22T14:00:00Z", "the instant counts, not how it is written"),
    _night("2026-11-22T22:00:00+08:00", "by letter too: all channels", channel="letter"),
    Edge(
        "the zone of the person on file counts",
        contact(at="2026-11-22T21:30:00+08:00", timezone="Asia/Tokyo"),
        QUIET,
        "2026-11-23T08:00:00+09:00",
    ),
    _allowed("21:59:59 in Urumqi is near midnight in Beijing", at="2026-11-22T23:59:59+08:00", timezone="Asia/Urumqi"),
    Edge(
        "22:00:00 in Urumqi", contact(at="2026-11-23T00:00:00+08:00", timezone="Asia/Urumqi"), QUIET,
        "2026-11-23T08:00:00+06:00",
    ),
    Edge(
        "07:59:59 in Urumqi is morning in Beijing", contact(at="2026-11-23T09:59:59+08:00", timezone="Asia/Urumqi"), QUIET,
        "2026-11-23T08:00:00+06:00",
    ),
    _allowed("08:00:00 in Urumqi", at="2026-11-23T10:00:00+08:00", timezone="Asia/Urumqi"),
    _allowed("22:30 was agreed", at="2026-11-22T22:30:00+08:00", agreed_hours="22:00-23:00"),
    Edge(
        "before the agreed hour of the night",
        contact(at="2026-11-22T22:10:00+08:00", agreed_hours=["22:30", "23:00"]),
        (*QUIET, "GBT-05b"),
        "2026-11-22T22:30:00+08:00",
    ),
    Edge(
        "the end of agreed hours is not agreed",
        contact(at="2026-11-22T23:00:00+08:00", agreed_hours="22:00-23:00"), (*QUIET, "GBT-05b"), MORNING,
    ),
    *both_sides(
        "an hour of the day, and the evening was agreed", {"agreed_hours": "18:00-21:00"}, {"agreed_hours": None},
        "GBT-05b", verdict="needs_approval",
    ),
    _not_now("17:59:59 is before the agreed hour", "2026-11-22T17:59:59+08:00"),
    _allowed("18:00:00 is the agreed hour", at="2026-11-22T18:00:00+08:00", agreed_hours="18:00-21:00"),
    _allowed("20:59:59 is the agreed hour", at="2026-11-22T20:59:59+08:00", agreed_hours="18:00-21:00"),
    _not_now("21:00:00 is after the agreed hour", "2026-11-22T21:00:00+08:00"),
    _not_now("agreed hours of another zone's clock", "2026-11-22T18:30:00+08:00", timezone="Asia/Tokyo", agreed_hours="18:00-19:00"),
    _not_now("an agreement nobody can read closes and opens nothing", "2026-11-22T10:00:00+08:00", agreed_hours="late"),
    _not_now("also for a business debt", "2026-11-22T10:00:00+08:00", debt_kind="b2b", creditor_kind="company", site__kind="law_firm"),
    _not_now("agreed hours hold for a letter too", "2026-11-22T10:00:00+08:00", channel="letter"),
    _allowed("one of two agreed hours", at="2026-11-22T12:30:00+08:00", agreed_hours=["12:00-13:00", "18:00-21:00"]),
    _allowed("an agreement of no hours is none", agreed_hours=[]),
    Edge(
        "nothing said about agreed hours is nothing agreed",
        without("agreed_hours", at="2026-11-22T22:00:00+08:00"),
        QUIET,
        MORNING,
    ),
    _allowed("the third effective call of the day", counts__effective_calls_today=2),
    Edge(
        "the fourth effective call of the day",
        contact(counts__effective_calls_today=3),
        ("GBT-06",),
        MORNING,
    ),
    _allowed(
        "the third notice call of the day",
        channel="voice_notice",
        counts__notice_connected_today=2,
        discloses_debt=False,
    ),
    Edge(
        "the fourth notice call of the day",
        contact(channel="voice_notice", counts__notice_connected_today=3),
        ("GBT-07",),
        MORNING,
    ),
    _allowed("the sixth dial of one number", counts__dials_same_number_today=5),
    Edge(
        "the seventh dial of one number", contact(counts__dials_same_number_today=6), ("CBA-02",), MORNING
    ),
    _allowed("the third robot call in seven days", channel="voice_ai", counts__robot_calls_7d=2),
    Edge(
        "the fourth robot call in seven days",
        contact(
            channel="voice_ai", counts__robot_calls_7d=3, last_contact_at="2026-11-21T15:00:00+08:00"
        ),
        ("GATE-15",),
        "2026-11-28T15:00:00+08:00",
    ),
    Edge(
        "a robot that may go on at night waits for the morning",
        contact(
            channel="voice_ai", counts__robot_calls_7d=3, last_contact_at="2026-11-21T23:00:00+08:00"
        ),
        ("GATE-15",),
        "2026-11-29T08:00:00+08:00",
    ),
    _third("a contact person of a debtor who cannot be reached"),
    _third(
        "after two failures not yet",
        "GBT-02",
        "CBA-03",
        "NIFA-01b",
        number_valid=True,
        counts__failed_contacts_in_a_row=2,
    ),
    _third("after three failures in a row", number_valid=True, counts__failed_contacts_in_a_row=3),
    _third("of a debtor who has died", number_valid=True, deceased=True),
    _third("who refused: for ever", "GBT-03", "CBA-04", refused=True),
    _third("told of the debt", "GBT-04", "CBA-04", "PI-01", discloses_debt=True),
    _third("asked to pay", "GBT-01", "CBA-04", purpose="collect"),
    Edge("a dispute is open", contact(dispute_open=True), ("COMP-05",)),
    _allowed("a legal notice while a dispute is open", dispute_open=True, purpose="legal_notice"),
    Edge("a machine voice without its label", contact(channel="voice_ai", ai_label=False), ("AI-01", "AI-04")),
    _allowed(
        "the label was not yet asked for",
        channel="voice_ai",
        ai_label=False,
        at="2023-01-09T10:00:00+08:00",
    ),
    Edge("opted out of the channel", contact(opted_out=["sms", "voice_human"]), ("GATE-16",)),
    _allowed("opted out of another channel", opted_out=["sms"]),
    Edge(
        "a person without an exam",
        contact(staff__clearances=["pledge", "background", "level_basic", "annual_training"]),
        ("GATE-12", "GBT-13"),
    ),
    Edge("one visitor", contact(channel="visit"), ("GBT-20",)),
    _allowed("two visitors", channel="visit", staff__count=2),
    *both_sides(
        "one visitor for a judgment", {"staff__count": 1}, {"staff__count": 2}, "GBT-20",
        base={"channel": "visit", "debt_kind": "judgment"},
    ),
    _allowed("17:59:59 is day for a visit", **_VISIT, at="2026-11-22T17:59:59+08:00"),
    Edge(
        "18:00:00 is dusk for a visit", contact(**_VISIT, at="2026-11-22T18:00:00+08:00"), ("GBT-20c",),
        verdict="needs_approval",
    ),
    Edge(
        "19:59:59 is dusk for a visit", contact(**_VISIT, at="2026-11-22T19:59:59+08:00"), ("GBT-20c",),
        verdict="needs_approval",
    ),
    Edge("20:00:00 is dark for a visit", contact(**_VISIT, at="2026-11-22T20:00:00+08:00"), ("GBT-20b",), MORNING),
    Edge(
        "a visit in agreed hours of the night is still in the dark",
        contact(**_VISIT, at="2026-11-22T22:30:00+08:00", agreed_hours="22:00-23:00"), ("GBT-20b",), MORNING,
    ),
    _allowed("08:00:00 is day for a visit", **_VISIT, at="2026-11-23T08:00:00+08:00"),
    Edge("a site that is not live", contact(site__live=False), ("GATE-05",)),
    Edge("no placement", contact(placement_active=False), ("GATE-07", "OUT-01", "OUT-02")),
    Edge(
        "the scan asks for a person", contact(scan_verdict="needs_approval"), ("GATE-14",),
        verdict="needs_approval",
    ),
    Edge(
        "a time-barred debt and a threat of suit", contact(time_barred=True, threatens_suit=True), ("SOL-17",)
    ),
    _allowed("a time-barred debt, asked kindly", time_barred=True),
    Edge("a jurisdiction nobody knows", contact(jurisdiction="FR"), ("GATE-01",)),
    Edge("nothing known of today's calls", without("counts.effective_calls_today"), ("GBT-06",)),
    Edge(
        "denied twice, one of them not by time",
        contact(at="2026-11-22T22:00:00+08:00", placement_active=False),
        (*QUIET, "GATE-07", "OUT-01", "OUT-02"),
    ),
)  # fmt: skip

EDGES: tuple[Edge, ...] = (*_CONSUMER, *MAINLAND, *ABROAD)
