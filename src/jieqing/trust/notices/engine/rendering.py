"""From a kind and its values to the text of a mail: Chinese first, English below, plain text only.

Refuses, as a Problem: a recipient of a kind that this notice is not for, a value that is missing or not asked for, a
value out of form. A name may not carry an address of the web, a line break or a telephone number, so that nobody can
write a message through the name of a site.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from jieqing.kernel.outcomes import Problem
from jieqing.trust.notices.engine.choices import Pair
from jieqing.trust.notices.engine.kinds import (
    FOOTER,
    TEMPLATES,
    Field,
    FieldType,
    NoticeKind,
    RecipientKind,
)

Value = str | int | date | datetime
SHANGHAI = ZoneInfo("Asia/Shanghai")
NAME_LENGTH_MAX, ADDRESS_LENGTH_MAX = 120, 254
_LINK = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+/[A-Za-z0-9/_.~-]*")
_ADDRESS = re.compile(r"[^\s@<>\"(),:;\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_DIGITS = re.compile(r"\d")
_WEB = re.compile(r"https?:|www\.|://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mail:
    subject: str
    body: str


def check(
    kind: NoticeKind, recipient: RecipientKind, address: str, values: Mapping[str, Value]
) -> Problem | None:
    """None when this notice may be sent so."""
    template = TEMPLATES[kind]
    if recipient not in template.recipients:
        return _refuse("recipient", f"{kind} 不能发给 {recipient}", f"{kind} is not for a {recipient}")
    if len(address) > ADDRESS_LENGTH_MAX or not _ADDRESS.fullmatch(address):
        return _refuse("address", "收件地址格式不对", "the address is not one")
    if set(values) != set(template.fields):
        return _refuse("fields", f"{kind} 的字段不齐或多余", f"{kind} takes {sorted(template.fields)}")
    for name, spec in template.fields.items():
        if not _CHECKS[spec.type](values[name], spec):
            return _refuse("value", f"字段 {name} 的值格式不对", f"the value of {name} is out of form")
    return None


def render(kind: NoticeKind, values: Mapping[str, Value]) -> Mail:
    """The mail of checked values."""
    template = TEMPLATES[kind]
    texts = [
        {name: _written(values[name], spec, language) for name, spec in template.fields.items()}
        for language in (0, 1)
    ]
    subject = " / ".join(template.subject[language].format_map(texts[language]) for language in (0, 1))
    parts = [
        f"{template.body[language].format_map(texts[language])}\n\n{FOOTER[language]}" for language in (0, 1)
    ]
    return Mail(subject=subject, body="\n\n----\n\n".join(parts) + "\n")


def _written(value: Value, spec: Field, language: int) -> str:
    if spec.type is FieldType.CHOICE:
        return spec.choices[str(value)][language]
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") + (
            " (UTC+8)" if language else "（北京时间）"
        )
    return value.isoformat() if isinstance(value, date) else str(value)


def _is_name(value: Value, spec: Field) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value.strip()) <= NAME_LENGTH_MAX
        and value.isprintable()
        and not _WEB.search(value)
        and "@" not in value
        and len(_DIGITS.findall(value)) <= 10
    )


_CHECKS: dict[FieldType, Callable[[Value, Field], bool]] = {
    FieldType.NAME: _is_name,
    FieldType.CODE: lambda value, spec: (
        isinstance(value, str) and re.fullmatch(r"[0-9]{6,8}", value) is not None
    ),
    FieldType.LINK: lambda value, spec: (
        isinstance(value, str) and len(value) <= 400 and _LINK.fullmatch(value) is not None
    ),
    FieldType.MOMENT: lambda value, spec: isinstance(value, datetime) and value.tzinfo is not None,
    FieldType.DAY: lambda value, spec: isinstance(value, date) and not isinstance(value, datetime),
    FieldType.NUMBER: lambda value, spec: type(value) is int and 0 < value < 10_000,
    FieldType.REFERENCE: lambda value, spec: (
        isinstance(value, str) and re.fullmatch(r"[A-Z0-9-]{4,32}", value) is not None
    ),
    FieldType.AMOUNT: lambda value, spec: (
        isinstance(value, str) and re.fullmatch(r"¥\d{1,3}(?:,\d{3})*\.\d{2}", value) is not None
    ),
    FieldType.CHOICE: lambda value, spec: value in spec.choices,
}


def hidden(kind: NoticeKind, values: Mapping[str, Value]) -> dict[str, Value]:
    """The same values for a reader who may not see secrets: what is secret is missing, so it reads as dots."""
    return {name: value for name, value in values.items() if not TEMPLATES[kind].fields[name].is_secret}


def render_hidden(kind: NoticeKind, values: Mapping[str, Value]) -> Mail:
    """The mail with dots where secrets stand."""
    template = TEMPLATES[kind]

    def fill(texts: Pair, language: int) -> str:
        shown = {
            name: "••••••" if name not in values else _written(values[name], spec, language)
            for name, spec in template.fields.items()
        }
        return texts[language].format_map(shown)

    return Mail(
        subject=" / ".join(fill(template.subject, language) for language in (0, 1)),
        body="\n\n----\n\n".join(
            f"{fill(template.body, language)}\n\n{FOOTER[language]}" for language in (0, 1)
        ),
    )


def _refuse(part: str, zh: str, en: str) -> Problem:
    return Problem(
        code=f"notices.{part}",
        zh=f"通知不能发送：{zh}。",
        en=f"The notice cannot be sent: {en}.",
        todo_zh="通知只有固定格式；请检查内容后重试。",
        todo_en="Notices have fixed forms only; check the values and try again.",
    )
