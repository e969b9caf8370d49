"""A contact that every shipped rule allows: the start of "try facts", so that what is changed is what is seen.

Links say only what differs from it (``?channel=visit&staff.count=1``): short to share, and true for ever, because the
start never changes. ``-`` says that a fact is unknown, ``never`` that an instant is known not to have been.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from jieqing.kernel.outcomes import JSON
from jieqing.trust.compliance.engine.facts import zone
from jieqing.trust.compliance.engine.vocabulary import FACTS, Kind

UNKNOWN, NEVER, NONE = "-", "never", "none"
_BEIJING = ZoneInfo("Asia/Shanghai")
TIME = time(10)

LAWFUL: dict[str, JSON] = {
    "timezone": "Asia/Shanghai",
    "jurisdiction": "CN",
    "channel": "voice_human",
    "purpose": "collect",
    "role": "debtor",
    "debt_kind": "consumer",
    "creditor_kind": "bank",
    "counts.effective_calls_today": 0,
    "counts.notice_connected_today": 0,
    "counts.dials_same_number_today": 0,
    "counts.robot_calls_7d": 0,
    "counts.calls_7d_debt": 0,
    "counts.contacts_7d": 0,
    "counts.failed_contacts_in_a_row": 0,
    "last_contact_at": NEVER,
    "last_conversation_at": NEVER,
    "delivery_uncertain": False,
    "plan_active": False,
    "number_valid": True,
    "identity_verified": True,
    "discloses_debt": True,
    "refused": False,
    "opted_out": [],
    "agreed_hours": None,
    "consent": False,
    "dispute_open": False,
    "complaint_open": False,
    "holds": [],
    "represented": False,
    "minor": False,
    "deceased": False,
    "incapacitated": False,
    "time_barred": False,
    "threatens_suit": False,
    "ai_label": True,
    "recording_notice": True,
    "script_filed": True,
    "scan_verdict": "clean",
    "staff.clearances": ["pledge", "background", "exam", "level_basic", "annual_training"],
    "staff.count": 1,
    "staff.is_lawyer": False,
    "site.live": True,
    "site.filing_valid": True,
    "site.kind": "outsourcing",
    "placement_active": True,
}
"""By dotted name; `NEVER` stands for an instant that never was. A test holds it to "allow"."""


def lawful_facts(at: datetime) -> dict[str, JSON]:
    """Return the lawful contact at a moment, as the gate takes facts."""
    return as_facts({**LAWFUL, "at": at.isoformat()})


def as_facts(flat: Mapping[str, JSON]) -> dict[str, JSON]:
    """From dotted names to the gate's form; None is left out, `NEVER` is written as null."""
    found: dict[str, Any] = {}
    for name, value in flat.items():
        if value is None:
            continue
        head, _, inner = name.partition(".")
        kept = None if FACTS.get(name) is Kind.INSTANT and value == NEVER else copy.deepcopy(value)
        if inner:
            found.setdefault(head, {})[inner] = kept
        else:
            found[name] = kept
    return found


def flat_facts(facts: Mapping[str, JSON]) -> dict[str, JSON]:
    """From the gate's form to dotted names; what is absent is None."""
    found: dict[str, JSON] = {}
    for name, kind in FACTS.items():
        head, _, inner = name.partition(".")
        holder = facts.get(head) if inner else facts
        is_there = isinstance(holder, Mapping) and (inner or head) in holder
        value = holder[inner or head] if is_there and isinstance(holder, Mapping) else None
        found[name] = NEVER if is_there and value is None and kind is Kind.INSTANT else value
    return found


def moment(day: date, clock_time: time, timezone: str | None) -> str:
    """The instant of a local day and time; Beijing's where the zone is not known."""
    return datetime.combine(day, clock_time, zone(timezone) or _BEIJING).isoformat()


def differences(flat: Mapping[str, JSON], today: date) -> list[tuple[str, str]]:
    """The parameters of a link that leads to these facts: what differs from the lawful contact of today at ten."""
    found: list[tuple[str, str]] = []
    at = flat.get("at")
    local = datetime.fromisoformat(str(at)).astimezone(zone(flat.get("timezone")) or _BEIJING) if at else None
    if local is None:
        found.append(("on", UNKNOWN))
    else:
        if local.date() != today:
            found.append(("on", local.date().isoformat()))
        if local.time() != TIME:
            found.append(("time", local.time().isoformat(timespec="seconds")))
    for name, usual in LAWFUL.items():
        value = flat.get(name)
        if value == usual:
            continue
        if isinstance(value, list):
            found += [(name, str(one)) for one in value] or [(name, NONE)]
        else:
            found.append((name, _written(value)))
    return found


def _written(value: JSON) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
