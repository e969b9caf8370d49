"""Capital numerals, checked against a reader and a writer of another make."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jieqing.kernel.capitals import capital_amount
from jieqing.kernel.money import MAX_MINOR

AMOUNTS = st.integers(-MAX_MINOR, MAX_MINOR) | st.integers(0, 10**7)
# Amounts full of zeros, where the rules are.
SPARSE = st.lists(st.sampled_from("000000123456789"), min_size=1, max_size=15).map(
    lambda digits: int("".join(digits))
)


def read(words: str) -> int:
    """Read capital numerals back: a sum of digits times units, sections closed by 万 and 亿."""
    sign = -1 if words.startswith("负") else 1
    words = words.lstrip("负").rstrip("整")
    total = section = digit = high = 0
    for character in words:
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
        elif character in "拾佰仟":
            section += digit * 10 ** ("拾佰仟".index(character) + 1)
            digit = 0
        elif character == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif character == "亿":
            high, total, section, digit = (total + section + digit) * 10**8, 0, 0, 0
        elif character == "元":
            total, section, high = (high + total + section + digit) * 100, 0, 0
            digit = 0
        elif character == "角":
            total, digit = total + digit * 10, 0
        else:
            assert character == "分", character
            total, digit = total + digit, 0
    return sign * total


def write_by_collapsing(amount_fen: int) -> str:
    """Write every digit with its unit, then let patterns take the zeros away: the spreadsheet way."""
    sign, digits = ("负" if amount_fen < 0 else ""), str(abs(amount_fen)).zfill(3)
    units = "分角元拾佰仟万拾佰仟亿拾佰仟万拾"[: len(digits)][::-1]
    words = "".join(
        "零壹贰叁肆伍陆柒捌玖"[int(digit)] + unit for digit, unit in zip(digits, units, strict=True)
    )
    words = re.sub("零[拾佰仟]", "零", words)
    words = re.sub("零+", "零", words)
    words = re.sub("零([万亿])", r"\1", words)
    # A group of four zeros is one zero; the zeros at the end of a group are none.
    words = re.sub("亿万", "亿零", words)
    words = re.sub("零+", "零", words)
    words = re.sub("零角零分|零角|零分", lambda match: "零" if match[0] == "零角" else "", words)
    words = re.sub("零元", "元零", words)
    words = re.sub("零+", "零", words)
    words = words.removeprefix("元零").removeprefix("元").removeprefix("零")
    if not words:
        return "零元整"
    if re.search("元零?$", words):
        words = words.rstrip("零") + "整"
    return sign + words


@given(AMOUNTS | SPARSE)
def test_what_is_written_reads_back(amount: int) -> None:
    assert read(capital_amount(amount)) == amount


@given(AMOUNTS | SPARSE)
@example(10_010_000_000)
@example(10_000_100_000)
@example(10_000_100_005)
@example(10**14)
def test_two_ways_of_writing_agree(amount: int) -> None:
    assert capital_amount(amount) == write_by_collapsing(amount)


@given(AMOUNTS | SPARSE)
def test_the_form_is_that_of_the_rules(amount: int) -> None:
    words = capital_amount(amount)
    assert "零零" not in words
    assert words.endswith("整") == (amount % 100 == 0)
    assert not re.search("零[拾佰仟万亿角分整]", words)
    assert words == "零元整" or not words.lstrip("负").startswith("零")


def test_the_prefix_comes_first() -> None:
    assert capital_amount(-10_000, prefix="人民币") == "人民币负壹佰元整"


def test_an_amount_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="larger"):
        capital_amount(MAX_MINOR + 1)
