"""RFC 8785 to the byte, narrowed as this project needs, and two digests with known answers."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from jieqing.kernel import canonical
from jieqing.kernel.canonical import (
    MAX_INTEGER,
    NotCanonical,
    canonical_bytes,
    canonical_value,
    instant_text,
    read_canonical,
)
from jieqing.kernel.outcomes import is_problem

NAIVE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXT
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)

# RFC 8785, section 3.2.3: keys are sorted by UTF-16 code unit, so the smiley (a surrogate pair) comes before U+FB33.
SORTING = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\U0001f600": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis",
}
SORTED_VALUES = [
    "Carriage Return",
    "One",
    "Control",
    "Latin Small Letter O With Diaeresis",
    "Euro Sign",
    "Emoji: Grinning Face",
    "Hebrew Letter Dalet With Dagesh",
]


def test_keys_sort_by_utf_16_unit() -> None:
    assert list(json.loads(canonical_bytes(SORTING)).values()) == SORTED_VALUES


def test_the_sample_of_the_rfc_without_its_floats() -> None:
    sample = {"string": '\u20ac$\u000f\nA\'B"\\\\"/', "literals": [None, True, False]}
    # The bytes of section 3.2.4 with the member "numbers" taken out.
    expected = bytes.fromhex(
        "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c"
        "22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d"
    )
    assert canonical_bytes(sample) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"1": {"f": {"f": "hi", "F": 5}, "\n": 56}, "10": {}, "": "empty", "a": {}, "111": [{}], "A": {}},
         '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}'),
        ({"Unnormalized Unicode": "\u1e0d\u0307"}, '{"Unnormalized Unicode":"\u1e0d\u0307"}'),
        ({"peach": "a", "péché": "b", "pêche": "c", "sin": "d"}, '{"peach":"a","péché":"b","pêche":"c","sin":"d"}'),
        ([56, {"d": True, "10": None, "1": []}], '[56,{"1":[],"10":null,"d":true}]'),
        ("\u0000\u001f\u007f\u2028\b\t\n\f\r", '"\\u0000\\u001f\u007f\u2028\\b\\t\\n\\f\\r"'),
        ((1, -MAX_INTEGER, MAX_INTEGER), "[1,-9007199254740991,9007199254740991]"),
    ],
)  # fmt: skip
def test_known_values(value: object, expected: str) -> None:
    assert canonical_bytes(value).decode() == expected


@given(VALUES)
def test_both_writers_agree_and_the_bytes_read_back(value: object) -> None:
    data = canonical_bytes(value)
    assert data == rfc8785.dumps(value)  # type: ignore[arg-type]
    assert read_canonical(data) == value


@given(st.dictionaries(TEXT, SCALARS, min_size=2))
def test_the_order_of_making_does_not_matter(value: dict[str, object]) -> None:
    assert canonical_bytes(value) == canonical_bytes(dict(reversed(value.items())))


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"a": [1, 2.0]}, r"\$\.a\[1\]: float"),
        (float("nan"), r"\$: float"),
        ({"n": MAX_INTEGER + 1}, r"\$\.n: integer beyond"),
        ({"n": -MAX_INTEGER - 1}, r"\$\.n: integer beyond"),
        ({1: "x"}, r"\$: key of type int"),
        ({"id": UUID(int=1)}, r"\$\.id: UUID"),
        ({"on": date(2026, 11, 22)}, r"\$\.on: date"),
        ({"at": datetime(2026, 11, 22, tzinfo=UTC)}, r"\$\.at: datetime"),
        ({"rate": Decimal("0.1")}, r"\$\.rate: Decimal"),
        ({"root": b"x"}, r"\$\.root: bytes"),
        ({"set": {1}}, r"\$\.set: set"),
        ("\ud83d", "surrogate"),
        ({"\udead": 1}, "surrogate"),
        ({"\U0001f600": "\udead"}, "surrogate"),
    ],
)
def test_what_has_no_canonical_form_is_refused_with_its_place(value: object, where: str) -> None:
    with pytest.raises(NotCanonical, match=where):
        canonical_bytes(value)


class Colour(StrEnum):
    RED = "red"


class Level(IntEnum):
    ONE = 1


def test_enum_members_are_their_values() -> None:
    assert canonical_bytes({Colour.RED: [Colour.RED, Level.ONE]}) == b'{"red":["red",1]}'
    assert canonical_value({Colour.RED: Level.ONE}) == {"red": 1}


@pytest.mark.parametrize(
    "data",
    [b'{"a":1,"a":1}', b'{"a": 1}', b'{"b":1,"a":1}', b"1.0", b"1e3", b'"\\u0041"', b"\xff", b"", b"NaN", b"[" * 9_999,
     "\ufeff1".encode(), b"9007199254740992", b'"\\ud83d"', b"-0"],
)  # fmt: skip
def test_bytes_with_another_reading_are_refused(data: bytes) -> None:
    assert is_problem(read_canonical(data))


def test_every_kind_has_one_text() -> None:
    in_china = datetime(2026, 11, 22, 8, 0, 0, 5, tzinfo=timezone(timedelta(hours=8)))
    value = {
        "id": UUID("0199a5d0-0000-7000-8000-00000000000A"),
        "on": date(2026, 11, 22),
        "at": in_china,
        "rate": Decimal("1E-7"),
        "root": b"\x00\xff",
        "rows": (1, None, True, "x"),
    }
    assert canonical_value(value) == {
        "id": "0199a5d0-0000-7000-8000-00000000000a",
        "on": "2026-11-22",
        "at": "2026-11-22T00:00:00.000005Z",
        "rate": "0.0000001",
        "root": "00ff",
        "rows": [1, None, True, "x"],
    }
    assert canonical_value(b"\x00\xff", bytes_as="base64") == "AP8="


@pytest.mark.parametrize("value", [1.5, {1, 2}, NAIVE, Decimal("NaN"), Decimal("Infinity"), {1: 2}, object()])
def test_what_has_no_text_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_value(value)


@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, max_size=6))
def test_the_order_of_instant_texts_is_the_order_of_time(instants: list[datetime]) -> None:
    assert [instant_text(at) for at in sorted(instants)] == sorted(map(instant_text, instants))


def test_digests_with_known_answers() -> None:
    assert (
        canonical.sha256(b"abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    # GB/T 32905, appendix A, examples 1 and 2.
    assert canonical.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert (
        canonical.sm3(b"abcd" * 16).hex()
        == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )


@given(st.binary(max_size=200))
def test_sm3_is_the_same_without_the_linked_openssl(data: bytes) -> None:
    plain = canonical.sm3(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashlib, "algorithms_available", {"sha256"})
        assert canonical.sm3(data) == plain
