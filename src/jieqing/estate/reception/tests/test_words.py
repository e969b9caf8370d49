"""What is typed, shown and printed: contacts, masks, receipt links, filing numbers."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.estate.reception.engine.conduct import FRAUD_SIGNS, HOTLINES, NEVER, duties_of
from jieqing.estate.reception.engine.enquiries import (
    ASKER_NAMES,
    STATE_NAMES,
    TOPIC_NAMES,
    Asker,
    Contact,
    ContactKind,
    State,
    Topic,
    masked_contact,
    read_contact,
    reference_of,
)
from jieqing.estate.reception.engine.public_lines import SLOTS, Slot, read_line
from jieqing.estate.reception.engine.receipts import read_receipt, receipt_token, source_digest
from jieqing.estate.sites.engine.tenancy import SiteKind
from jieqing.kernel.outcomes import is_problem
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.engine.rendering import check

KEY, SITE = bytes(range(32)), UUID(int=7)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("138 1234-5678", "13812345678"),
        ("（0510）８５０００００１", "051085000001"),
        ("+86 138 1234 5678", "+8613812345678"),
        (" Li@Example.org ", "Li@Example.org"),
    ],
)
def test_a_contact_is_read_as_people_type_it(typed: str, value: str) -> None:
    found = read_contact(typed)
    assert not is_problem(found) and found.value == value


@pytest.mark.parametrize(
    "typed",
    [
        "微信 abc",
        "123",
        "a@b",
        "a@b.c\nBcc: x@y.z",
        "a,b@c.cn",
        "138123456789012345",
        "@",
        "",
        "x" * 300 + "@a.cn",
    ],
)
def test_what_reaches_nobody_is_refused(typed: str) -> None:
    assert is_problem(read_contact(typed))


@given(st.text(max_size=60))
def test_every_address_we_accept_the_outbox_accepts_too(text: str) -> None:
    found = read_contact(f"{text}@example.org")
    if not is_problem(found) and found.kind is ContactKind.EMAIL:
        values = {
            "site": "江南",
            "answerer": "周负责",
            "reference": "ZX261122-234567",
            "link": "https://a.cn/s/x/consultation/abc/",
        }
        problem = check(NoticeKind.ENQUIRY_ANSWERED, RecipientKind.ENQUIRER, found.value, values)
        assert problem is None or problem.code != "notices.address"


@given(st.integers(7, 15))
def test_a_mask_shows_no_more_than_seven_digits(length: int) -> None:
    shown = masked_contact(Contact(ContactKind.PHONE, "1" * length))
    assert shown.count("1") <= 7 and "****" in shown


def test_a_reference_fits_a_notice_and_gives_no_count_away() -> None:
    first, second = (reference_of(date(2026, 11, 22), bytes([n] * 6)) for n in (0, 1))
    assert first != second and len(first) == len("ZX261122-ABCDEF")


def test_a_link_opens_its_enquiry_on_its_site_and_nothing_else() -> None:
    enquiry = uuid4()
    token = receipt_token(KEY, SITE, enquiry)
    assert read_receipt(KEY, SITE, token) == enquiry
    assert read_receipt(KEY, UUID(int=8), token) is None
    assert read_receipt(bytes(32), SITE, token) is None
    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert read_receipt(KEY, SITE, changed) is None


@given(st.text(max_size=120))
def test_no_text_is_a_link(text: str) -> None:
    assert read_receipt(KEY, SITE, text) is None


def test_an_address_is_not_in_its_digest_and_sites_cannot_be_compared() -> None:
    assert source_digest(KEY, SITE, "203.0.113.7") != source_digest(KEY, UUID(int=8), "203.0.113.7")


@pytest.mark.parametrize("slot", Slot)
def test_every_slot_takes_its_own_example_and_emptiness(slot: Slot) -> None:
    assert read_line(slot, SLOTS[slot].example) == SLOTS[slot].example
    assert read_line(slot, "  ") == ""


@pytest.mark.parametrize("text", ["<script>", "苏ICP备号", "ICP备12345678号", "苏ICP备12345678号\n讨债"])
def test_a_number_out_of_form_is_refused(text: str) -> None:
    assert is_problem(read_line(Slot.ICP, text))


def test_every_word_stands_in_both_languages() -> None:
    assert (
        set(TOPIC_NAMES) == set(Topic) and set(ASKER_NAMES) == set(Asker) and set(STATE_NAMES) == set(State)
    )
    lines = [*NEVER, *(line for kind in SiteKind for line in duties_of(kind))]
    pairs = [pair for line in lines for pair in (line.text, line.source)]
    pairs += [*FRAUD_SIGNS, *(what for _, what in HOTLINES)]
    assert all(zh.strip() and en.strip() and zh != en for zh, en in pairs)
