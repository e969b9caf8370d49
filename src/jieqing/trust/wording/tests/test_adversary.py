"""Disguises over sentences that the scanner stops: few may slip through. And what must hold of any text."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jieqing.trust.wording.engine.normalising import plain_of
from jieqing.trust.wording.engine.scanner import Context
from jieqing.trust.wording.library import scanner
from jieqing.trust.wording.tests.evasions import EVASIONS
from jieqing.trust.wording.tests.test_gold import part

# How many of a hundred stopped sentences may pass when disguised; what is left open is written in docs/algorithms/scanner.md.
MAY_SLIP = {"pinyin": 12, "homophones": 6, "emoji": 6, "digits": 6}
CLEAN = ("请您核对账单，如有疑问可以提出异议。", "我们约在周三上午。", "发票已经寄出，请查收。")
BAD = ("再不还钱弄死你", "我们是法院执行局的", "照片发到你们小区业主群曝光你")


def stopped() -> list[str]:
    rows = [row["text"] for row in part("dev") if row["verdict"] == "block" and not row["evasion"]]
    kept = [text for text in rows if text.isascii() is False][::3]
    return [
        text for text, found in zip(kept, scanner().scan_many(kept), strict=True) if found.verdict != "clean"
    ]


@pytest.mark.parametrize("name", EVASIONS)
def test_few_sentences_slip_through_in_a_disguise(name: str) -> None:
    chance = random.Random(7)
    texts = [EVASIONS[name](text, chance) for text in stopped()]
    through = [
        text
        for text, found in zip(texts, scanner().scan_many(texts), strict=True)
        if found.verdict == "clean"
    ]
    assert len(through) <= len(texts) * MAY_SLIP.get(name, 4) / 100, through


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120), st.sampled_from(("out", "in")))
def test_any_text_is_read(text: str, direction: str) -> None:
    for one in scanner().scan(text, Context(direction)).findings:
        assert 0 <= one.start < one.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_a_plain_text_is_its_own_plain_form(text: str) -> None:
    once = plain_of(text).text
    assert plain_of(once).text == once


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("kind", CLEAN)
def test_kind_words_around_it_do_not_help(bad: str, kind: str) -> None:
    for text in (f"{kind}{bad}。", f"{bad}。{kind}", f"{kind}{bad}。{kind}"):
        assert scanner().scan(text).verdict == "block"


def test_many_at_once_are_as_one_by_one() -> None:
    texts = [row["text"] for row in part("dev")[:120]]
    assert [one.verdict for one in scanner().scan_many(texts)] == [
        scanner().scan(text).verdict for text in texts
    ]


def test_what_the_other_side_says_is_never_our_breach() -> None:
    said = {
        "别再打我电话了，我要投诉你们": {"opt_out", "complaint"},
        "我已经委托律师，跟我律师说": {"representation"},
        "利息不对，这笔钱我不认": {"dispute"},
        "我失业了，能不能分期": {"hardship"},
        "你敢来我家我打断你的腿": {"threat_to_staff"},
        "我不想活了": {"self_harm"},
    }
    for text, categories in said.items():
        answer = scanner().scan(text, Context("in"))
        assert answer.verdict == "clean"
        assert categories <= {one.category for one in answer.findings}, text


def test_a_paper_of_the_court_makes_true_what_it_says() -> None:
    text = "你的案子已经立案。"
    assert scanner().scan(text).verdict == "block"
    assert scanner().scan(text, Context(documents=("court",))).verdict == "clean"
