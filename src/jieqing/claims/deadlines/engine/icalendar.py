"""Days as an iCalendar file (RFC 5545): whole-day events with their alarms; text escaped, lines folded at 75 octets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

FOLD_OCTETS = 75


@dataclass(frozen=True, slots=True)
class IcalEvent:
    """``alarms`` are days before ``on``; each rings at nine in the morning of its day."""

    uid: str
    on: date
    title: str
    note: str
    link: str
    alarms: tuple[date, ...]


def calendar_text(events: Iterable[IcalEvent], *, name: str, made_at: datetime) -> str:
    """The file, lines ended by CR LF."""
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Jieqing//Deadlines//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{escaped(event.uid)}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(event.title)}",
            *([f"DESCRIPTION:{escaped(event.note)}"] if event.note else []),
            f"URL:{event.link}",
        ]
        for alarm in event.alarms:
            hours = (event.on - alarm).days * 24 - 9
            lines += [
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                f"DESCRIPTION:{escaped(event.title)}",
                f"TRIGGER:-PT{hours}H" if hours >= 0 else f"TRIGGER:PT{-hours}H",
                "END:VALARM",
            ]
        lines.append("END:VEVENT")
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def escaped(text: str) -> str:
    r"""Text as the format wants it.

    Example:
        >>> escaped("a,b;c\nd")
        'a\\,b\\;c\\nd'
    """
    for plain, marked in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(plain, marked)
    return text


def folded(line: str) -> str:
    """Long lines go on after CR LF and a space; no character is cut in two."""
    parts: list[str] = []
    taken = ""
    for char in line:
        if len((taken + char).encode()) > FOLD_OCTETS - (1 if parts else 0):
            parts.append(taken)
            taken = ""
        taken += char
    return "\r\n ".join([*parts, taken])
