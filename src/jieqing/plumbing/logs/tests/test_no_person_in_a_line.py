"""Whatever somebody typed, whichever way it reaches a logger: no line shows it.

Persons are generated: numbers with right check digits and with separators, cards, mail addresses, names, tokens; and put
where a careless caller would put them.
"""

import io
import json
import logging
import string
from collections.abc import Callable
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from jieqing.plumbing import personal
from jieqing.plumbing.logs import lines
from jieqing.plumbing.logs.masking import TEXT_FIELDS, mask_text

DIGITS = st.text("0123456789", min_size=8, max_size=8)
PHONES = st.builds(lambda head, tail: f"1{head}{tail}", st.sampled_from(["38", "59", "86", "99"]), DIGITS)
SEPARATED = st.builds(
    lambda phone, mark, plus: f"{plus}{phone[:3]}{mark}{phone[3:7]}{mark}{phone[7:]}",
    PHONES,
    st.sampled_from(["", " ", "-", " - ", "．", ".", "_", "－", "/"]),
    st.sampled_from(["", "+86", "+86 ", "0086-", "（+86）"]),
)
WIDE = PHONES.map(lambda phone: phone.translate({ord("0") + n: ord("０") + n for n in range(10)}))


def _citizen(region: str, born: str, number: str) -> str:
    body = f"{region}{born}{number}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


CITIZENS = st.builds(
    _citizen,
    st.sampled_from(["320102", "110105", "440306"]),
    st.dates().filter(lambda d: d.year > 1930).map(lambda d: d.strftime("%Y%m%d")),
    st.integers(0, 999).map(lambda n: f"{n:03d}"),
)
CARDS = st.builds(
    lambda digits, mark: mark.join(digits[i : i + 4] for i in range(0, len(digits), 4)),
    st.text("0123456789", min_size=15, max_size=19).map(lambda rest: "62" + rest[2:]),
    st.sampled_from(["", " ", "-"]),
)
MAILS = st.builds(
    lambda name, at, host: f"{name}{at}{host}.cn",
    st.text(string.ascii_lowercase + string.digits + "._+-", min_size=2, max_size=12),
    st.sampled_from(["@", "＠"]),
    st.text(string.ascii_lowercase, min_size=3, max_size=10),
)
TOKENS = st.text(string.ascii_letters + string.digits + "_-", min_size=24, max_size=60)
NAMES = st.text("王李张刘陈杨赵黄周吴小明建国秀英伟芳敏静娜", min_size=2, max_size=4)
BY_PATTERN = st.one_of(PHONES, SEPARATED, WIDE, CITIZENS, CARDS, MAILS, TOKENS)
ANY = st.one_of(BY_PATTERN, NAMES)
AROUND = st.sampled_from(["", "客户", "call ", "号码：", "(", "x=", "《", "\n", "\t"])


def written(log: Callable[[], object]) -> tuple[str, list[dict[str, Any]]]:
    """What the real chain writes for a call."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIEQING_LOG", "json")
        handler.setFormatter(lines.formatter())
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers, root.level = [handler], logging.INFO
    try:
        log()
    finally:
        root.handlers, root.level = before, level
    text = stream.getvalue()
    return text, [json.loads(line) for line in text.splitlines()]


def essence(value: str) -> str:
    """Digits and letters alone: a mask must not leave the number behind with other separators."""
    return "".join(filter(str.isalnum, value))


def hides(text: str, value: str) -> bool:
    return value not in text and (len(essence(value)) < 6 or essence(value) not in essence(text))


@given(BY_PATTERN, AROUND, AROUND)
def test_patterns_hit_wherever_the_value_stands(value: str, before: str, after: str) -> None:
    masked = mask_text(f"{before}{value}{after}")
    assert hides(masked, value)
    digits = [part for part in "".join(c if c.isdigit() else " " for c in masked).split() if len(part) >= 7]
    assert not digits


@given(
    ANY,
    st.sampled_from([*sorted(TEXT_FIELDS - {"event", "level", "at"}), "phone", "name", "note", "payload"]),
)
def test_fields_of_a_structured_line(value: str, field: str) -> None:
    if field in {"actor", "at", "level", "request_id", "route", "site", "frames", "version"}:
        return  # made by us alone: ids, patterns, places
    if field in TEXT_FIELDS and essence(value) == value and not value.isascii():
        return  # a name in a field that carries words of ours: no pattern knows names, the field's contract does
    log = structlog.get_logger("jieqing.test")
    text, found = written(lambda: log.info("sent", **{field: value}))
    assert hides(text, value)
    assert found[0]["event"] == "sent"


@given(ANY)
def test_nested_values_and_numbers(value: str) -> None:
    log = structlog.get_logger("jieqing.test")
    nested = {"person": {"phone": value}, "rows": [value, {"x": value}], "number": 13800138000, "count": 12}
    text, found = written(lambda: log.warning("kept", **nested))
    assert hides(text, value)
    assert "13800138000" not in text
    assert found[0]["count"] == 12


@given(ANY)
def test_lines_of_other_packages(value: str) -> None:
    def log() -> None:
        other = logging.getLogger("somepackage.module")
        other.warning("cannot reach %s after %d tries", value, 3)
        other.warning("row %(row)s", {"row": value})
        other.error("mismatch", extra={"row": value, "name_of_person": value})

    text, found = written(log)
    assert hides(text, value)
    assert found[0]["event"] == "cannot reach … after 3 tries"


@given(ANY)
def test_exceptions_without_values(value: str) -> None:
    def fail(secret: str) -> None:
        try:
            int(secret + "x")
        except ValueError as error:
            raise KeyError(secret) from error

    def log() -> None:
        try:
            fail(value)
        except KeyError as error:
            structlog.get_logger("jieqing.test").exception("failed")
            logging.getLogger("django.request").error("%s: %s", "Internal", f"/x/{value}", exc_info=True)
            logging.getLogger("jieqing.test").warning("lost: %s", error)

    text, found = written(log)
    assert hides(text, value)
    assert found[0]["error"] == "KeyError < ValueError"
    assert any("test_no_person_in_a_line.py" in frame and "fail" in frame for frame in found[0]["frames"])


def test_a_column_of_the_register_is_dropped_whatever_its_type(monkeypatch: pytest.MonkeyPatch) -> None:
    field = personal.PersonalField(
        "test_person", "born_year", personal.Basis.CONTRACT, "测试", "test", 1, personal.Mask.HIDDEN
    )
    monkeypatch.setattr(personal, "_register", {("test_person", "born_year"): field})
    _text, found = written(lambda: structlog.get_logger("jieqing.test").info("kept", born_year=1980, rows=2))
    assert "born_year" not in found[0]
    assert found[0]["rows"] == 2


def test_a_line_says_what_it_must() -> None:
    def log() -> None:
        with lines.bound(request_id="a" * 32):
            lines.add_to_bound(site="01890000-0000-7000-8000-000000000000")
            structlog.get_logger("jieqing.request").info("request", route="/s/<slug:site_slug>/", status=200)
        structlog.get_logger("jieqing.request").info("after")

    _text, (during, after) = written(log)
    assert list(during)[:3] == ["at", "level", "event"]
    assert during["request_id"] == "a" * 32
    assert during["site"] == "01890000-0000-7000-8000-000000000000"
    assert during["route"] == "/s/<slug:site_slug>/"
    assert during["level"] == "info"
    assert not {"request_id", "site"} & set(after)
