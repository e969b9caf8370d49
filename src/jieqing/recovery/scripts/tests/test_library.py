"""The shipped library: enough of it, in order, varied, and lawful in what can be checked by form."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from jieqing.recovery.scripts.engine.checking import findings, tells_debt
from jieqing.recovery.scripts.engine.differences import differences
from jieqing.recovery.scripts.engine.overlap import MOST_SHARED, near_copies, share, trigrams
from jieqing.recovery.scripts.engine.variables import VARIABLES, example, filled, names_in
from jieqing.recovery.scripts.engine.words import (
    SILENT_ABOUT_DEBT,
    Addressee,
    Channel,
    Disclosure,
    Emotion,
    Purpose,
    Stage,
)
from jieqing.recovery.scripts.library import shipped
from jieqing.trust.wording.selectors import scan


def test_there_are_enough_for_every_stage_channel_addressee_emotion_and_purpose() -> None:
    assert sum(one.lang == "zh" for one in shipped()) >= 137
    assert sum(one.lang == "en" for one in shipped()) >= 12
    assert {one.stage for one in shipped()} == set(Stage)
    assert {one.purpose for one in shipped()} == set(Purpose)
    assert {channel for one in shipped() for channel in one.channels} == set(Channel)
    assert {one.addressee for one in shipped()} == set(Addressee)
    assert {one.emotion for one in shipped()} == set(Emotion)
    assert {said for one in shipped() for said in one.disclosures} == set(Disclosure)


def test_every_shipped_script_may_be_submitted_as_it_is() -> None:
    assert {one.code: [found.code for found in findings(one)] for one in shipped() if findings(one)} == {}


def test_the_scanner_stops_none_of_them() -> None:
    assert [one.code for one in shipped() if scan(example(one.body)).verdict == "block"] == []


def test_no_two_share_more_than_sixty_percent_of_their_trigrams() -> None:
    assert near_copies((one.code, one.body) for one in shipped()) == []
    copy = ("copy", shipped()[0].body + "。")
    assert [pair[:2] for pair in near_copies([(shipped()[0].code, shipped()[0].body), copy])] == [
        (shipped()[0].code, "copy")
    ]


def test_every_pair_is_compared() -> None:
    """The index over trigrams leaves no pair out: each of the 17,955 is looked at by itself once."""
    sets = [(one.code, trigrams(one.body)) for one in shipped()]
    pairs = list(combinations(sets, 2))
    assert len(pairs) == len(sets) * (len(sets) - 1) // 2 >= 137 * 136 // 2
    assert [(one[0], other[0]) for one, other in pairs if share(one[1], other[1]) > MOST_SHARED] == []


def test_what_a_first_contact_and_its_ends_need_can_be_said_in_english() -> None:
    spoken = {one.purpose for one in shipped() if one.lang == "en"}
    assert {
        Purpose.IDENTITY_CHECK, Purpose.DISCLOSURE, Purpose.REMINDER, Purpose.HARDSHIP, Purpose.PLAN_OFFER, Purpose.DISPUTE,
        Purpose.WRONG_PARTY, Purpose.VOICEMAIL, Purpose.AI_DISCLOSURE, Purpose.HANDOFF, Purpose.CLOSING,
    } <= spoken  # fmt: skip


def test_identity_comes_before_debt_and_no_stranger_hears_of_it() -> None:
    for one in shipped():
        if one.purpose in SILENT_ABOUT_DEBT or one.addressee is Addressee.CONTACT:
            assert not tells_debt(one), one.code
    opening = next(one for one in shipped() if one.purpose is Purpose.VOICEMAIL)
    leaking = replace(opening, body=opening.body + "关于{amount}")
    assert "tells_debt" in {
        found.code for found in findings(replace(leaking, variables=names_in(leaking.body)))
    }


def test_every_machine_says_that_it_is_one_and_every_digest_is_its_own() -> None:
    for one in shipped():
        if {Channel.VOICE_AI, Channel.VOICE_NOTICE} & set(one.channels):
            assert {Disclosure.AI_LABEL, Disclosure.HUMAN_KEY} <= set(one.disclosures), one.code
    assert max(Counter(one.digest for one in shipped()).values()) == 1


def test_examples_fill_every_variable_and_nothing_is_sent_with_a_hole() -> None:
    for one in shipped():
        assert "{" not in example(one.body)
        assert filled(one.body, {name: VARIABLES[name].example for name in one.variables}) == example(
            one.body
        )


TEXTS = st.text(alphabet="您好请问是本人吗今天明", max_size=20)


@given(TEXTS, TEXTS)
def test_a_difference_gives_back_both_texts(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new
