"""Reads the two files. What cannot be read is refused with the line and the key, never guessed.

A contact whose person, debt or site the register does not know is refused, too: judged without its facts it would pass
where it must not. Unknown keys are ignored, so that adapters may write more than is asked here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from jieqing_sendlog import register as r
from jieqing_sendlog.contact import CHANNELS, OUTCOMES, PURPOSES, Contact
from jieqing_sendlog.spans import Spans, zone_named

FORMAT = "jieqing/send-register/1"
_NEEDED = (
    "id", "at", "channel", "by", "point", "person", "creditor", "debt", "site", "purpose", "outcome", "discloses_debt",
)  # fmt: skip
_TEXTS = frozenset(
    {*_NEEDED, "direction", "content", "text", "device", "caller_id"} - {"at", "discloses_debt"}
)
_INSTANTS = frozenset({"at", "ended_at", "resolved_at"})
_KEYS = frozenset(field.name for field in fields(Contact))
_CHOICES: Mapping[str, frozenset[str]] = {
    "channel": CHANNELS,
    "purpose": PURPOSES,
    "outcome": OUTCOMES,
    "by": frozenset({"human", "robot"}),
    "direction": frozenset({"in", "out"}),
}


class BadInput(Exception):
    """A file that cannot be used; the sentence says where and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def instant(value: object, where: str) -> datetime:
    """An ISO instant with its offset, in UTC."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        raise BadInput(f"{where}：不是时间 {value!r}", f"{where}: not an instant: {value!r}") from None
    if found.tzinfo is None:
        raise BadInput(f"{where}：时间须带时区偏移", f"{where}: an instant needs its offset")
    return found.astimezone(UTC)


def read_contact(line: str | bytes | Mapping[str, Any], where: str = "contact") -> Contact:
    """One line of the log."""
    row = line if isinstance(line, Mapping) else _json(line, where)
    if not isinstance(row, Mapping):
        raise BadInput(f"{where}：须为 JSON 对象", f"{where}: a line is one JSON object")
    for key in _NEEDED:
        if row.get(key) is None:
            raise BadInput(f"{where}：缺少 {key}", f"{where}: {key} is missing")
    values = {
        key: _value(key, value, where) for key, value in row.items() if key in _KEYS and value is not None
    }
    return Contact(**values)


def _value(key: str, value: Any, where: str) -> Any:
    if key in _INSTANTS:
        return instant(value, f"{where}.{key}")
    if key == "staff":
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise BadInput(f"{where}.{key}：须为文本列表", f"{where}.{key}: a list of texts")
        return tuple(value)
    wanted = str if key in _TEXTS else bool
    if not isinstance(value, wanted):
        raise BadInput(f"{where}.{key}：类型不符", f"{where}.{key}: must be {wanted.__name__}")
    if key in _CHOICES and value not in _CHOICES[key]:
        raise BadInput(f"{where}.{key}：未知值 {value!r}", f"{where}.{key}: unknown value {value!r}")
    return value


def read_log(lines: Iterable[str | bytes], register: r.Register) -> Iterator[Contact]:
    """All contacts of a log; blank lines are skipped, a contact unknown to the register is refused."""
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"line {number}"
        contact = read_contact(line, where)
        if contact.id in seen:
            raise BadInput(f"{where}：编号重复 {contact.id}", f"{where}: id {contact.id} appears twice")
        seen.add(contact.id)
        _known(contact, register, where)
        yield contact


def _known(contact: Contact, register: r.Register, where: str) -> None:
    tables: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        ("person", contact.person, register.persons),
        ("debt", contact.debt, register.debts),
        ("site", contact.site, register.sites),
        ("creditor", contact.creditor, register.creditors),
    )
    for key, name, table in tables:
        if name not in table:
            raise BadInput(
                f"{where}：登记册中没有 {key} {name}", f"{where}: the register has no {key} {name}"
            )
    if register.debts[contact.debt].creditor != contact.creditor:
        raise BadInput(f"{where}：债权人与债务不符", f"{where}: the debt belongs to another creditor")


def read_register(data: str | bytes | Mapping[str, Any]) -> r.Register:
    """The standing facts."""
    raw = data if isinstance(data, Mapping) else _json(data, "register")
    if not isinstance(raw, Mapping) or raw.get("format") != FORMAT:
        raise BadInput(f"登记册的 format 须为 {FORMAT}", f"the register's format must be {FORMAT}")
    try:
        return _register(raw)
    except (KeyError, TypeError, ValueError, AttributeError, ZoneInfoNotFoundError) as error:
        raise BadInput(f"登记册不可用：{error!r}", f"the register cannot be used: {error!r}") from error


def _register(raw: Mapping[str, Any]) -> r.Register:
    def table(name: str, make: Callable[[Any], Any]) -> dict[str, Any]:
        return {key: make(value) for key, value in raw.get(name, {}).items()}

    points = table("points", _point)
    register = r.Register(
        persons={key: _person(key, value) for key, value in raw.get("persons", {}).items()},
        points=points,
        creditors=table("creditors", lambda value: str(value["kind"])),
        debts=table("debts", _debt),
        sites=table("sites", _site),
        staff=table("staff", _employee),
        contents=table("contents", _content),
        placements={}, refusals={}, person_holds={}, debt_holds={}, agreements={}, consents={}, points_of={},
    )  # fmt: skip
    for point in points.values():
        for person in point.persons:
            register.points_of.setdefault(person, []).append(point)
    _lists(raw, register)
    for name, debt in register.debts.items():
        if debt.creditor not in register.creditors or debt.debtor not in register.persons:
            raise BadInput(
                f"债务 {name} 的债权人或债务人未登记",
                f"debt {name}: its creditor or debtor is not in the register",
            )
    return register


def _lists(raw: Mapping[str, Any], register: r.Register) -> None:
    for row in raw.get("placements", []):
        register.placements.setdefault(row["debt"], []).append((row["site"], (_span(row),)))
    for row in raw.get("refusals", []):
        refusal = r.Refusal(
            row["kind"], row["person"], (_span(row),), row.get("debt"), row.get("channel"), row.get("point")
        )
        register.refusals.setdefault(refusal.person, []).append(refusal)
    for row in raw.get("holds", []):
        hold = r.Hold(row["kind"], (_span(row),), row.get("person"), row.get("debt"))
        if hold.person:
            register.person_holds.setdefault(hold.person, []).append(hold)
        if hold.debt:
            register.debt_holds.setdefault(hold.debt, []).append(hold)
    for row in raw.get("agreements", []):
        hours = tuple((time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in row["hours"])
        agreement = r.Agreement((_span(row),), hours, row.get("creditor"))
        register.agreements.setdefault(row["person"], []).append(agreement)
    for row in raw.get("consents", []):
        key = (row["person"], row["debt"])
        register.consents[key] = (*register.consents.get(key, ()), _span(row))


def _span(row: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    return _spans([[row.get("from"), row.get("to")]])[0]


def _spans(value: Any) -> Spans:
    return tuple(
        (None if begin is None else instant(begin, "from"), None if end is None else instant(end, "to"))
        for begin, end in value
    )


def _person(name: str, value: Mapping[str, Any]) -> r.Person:
    zones = tuple(
        (None if since is None else instant(since, f"persons.{name}"), str(zone))
        for since, zone in value["zones"]
    )
    for _, zone in zones:
        zone_named(zone)
    spans = {key: _spans(value.get(key, [])) for key in ("deceased", "minor", "incapacitated", "represented")}
    return r.Person(name, zones, bool(value.get("natural", True)), **spans)


def _point(value: Mapping[str, Any]) -> r.Point:
    return r.Point(
        frozenset(value["persons"]),
        value["kind"],
        bool(value.get("work", False)),
        _spans(value.get("valid", [[None, None]])),
        tuple(instant(at, "confirmed") for at in value.get("confirmed", [])),
    )


def _debt(value: Mapping[str, Any]) -> r.Debt:
    notice = value.get("validation_notice_at")
    return r.Debt(
        value["creditor"],
        value["kind"],
        value["jurisdiction"],
        value["debtor"],
        tuple((row["person"], row["role"], (_span(row),)) for row in value.get("roles", [])),
        **{key: _spans(value.get(key, [])) for key in ("time_barred", "plans", "disputes", "complaints")},
        validation_notice_at=None if notice is None else instant(notice, "validation_notice_at"),
    )


def _site(value: Mapping[str, Any]) -> r.Site:
    ids = value.get("caller_ids")
    return r.Site(
        value["kind"],
        _spans(value.get("live", [])),
        _spans(value.get("filing", [])),
        None if ids is None else frozenset(ids),
    )


def _employee(value: Mapping[str, Any]) -> r.Employee:
    clearances = {kind: _spans(spans) for kind, spans in value.get("clearances", {}).items()}
    return r.Employee(value["site"], clearances, _spans(value.get("lawyer", [])))


def _content(value: Mapping[str, Any]) -> r.Content:
    return r.Content(
        value.get("text", ""), _spans(value.get("approved", [])), frozenset(value.get("elements", []))
    )


def _json(data: str | bytes, where: str) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        raise BadInput(f"{where}：不是 JSON", f"{where}: not JSON") from None
