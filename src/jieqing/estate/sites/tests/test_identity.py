"""Numbers that say who somebody is: a slip of the pen is caught."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.estate.sites.engine.identity import (
    ALPHABET,
    check_account,
    check_credit_code,
    check_digit,
    check_licence_number,
    check_mailbox,
    check_phone,
    tidy,
)
from jieqing.estate.sites.engine.tenancy import SiteKind

BODIES = st.text(ALPHABET, min_size=17, max_size=17)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91320200MA1XXXXX03"])
def test_known_codes_pass(code: str) -> None:
    assert check_credit_code(code) is None


@given(BODIES, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_caught(body: str, at: int, other: str) -> None:
    code = body + check_digit(body)
    assert check_credit_code(code) is None
    slip = code[:at] + other + code[at + 1 :]
    assert (check_credit_code(slip) is None) == (slip == code)


@given(BODIES, st.integers(0, 15))
def test_two_neighbours_swapped_are_always_caught(body: str, at: int) -> None:
    code = body + check_digit(body)
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert (check_credit_code(swapped) is None) == (swapped == code)


@pytest.mark.parametrize(
    "code", ["", "123", "91320200MA1XXXXX0I", "91320200ma1xxxxx03", "91320200MA1XXXXX033"]
)
def test_other_forms_are_refused(code: str) -> None:
    assert check_credit_code(code) is not None


def test_a_law_firm_shows_its_own_kind_of_number() -> None:
    body = "31320000MD0123456"
    good = body + check_digit(body)
    assert check_licence_number(SiteKind.LAW_FIRM, good) is None
    assert check_licence_number(SiteKind.LAW_FIRM, "13202199810123456") is None
    for wrong in ("", "91320200MA1XXXXX03", "3320219981012345", good[:-1]):
        assert check_licence_number(SiteKind.LAW_FIRM, wrong) is not None
    assert check_licence_number(SiteKind.AMC, "") is None


def test_small_numbers() -> None:
    assert tidy(" 6222 0213-0401 ") == "622202130401"
    assert check_account("62220213") is None and check_account("6222x") is not None
    assert check_phone("0510-85000000") is None and check_phone("call me") is not None
    assert check_mailbox("a@b.cn") is None and check_mailbox("a@b\nBcc: c@d") is not None
