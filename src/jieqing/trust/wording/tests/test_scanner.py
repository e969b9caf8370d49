"""The scanner on sentences at its edges; the gold set judges it as a whole."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from jieqing.trust.wording.engine.lexicon import LexiconError, expanded, lexicon_of
from jieqing.trust.wording.engine.normalising import plain_of
from jieqing.trust.wording.engine.words import AutomatonFinder, finder_of
from jieqing.trust.wording.library import scanner, shipped
from jieqing.trust.wording.management.scan import scan

BLOCKED = {
    "再不还钱弄死你": "threat",
    "我們是法*院執行局的": "impersonation",
    "你的案子已经立案，等着坐牢": "false_consequence",
    "fayuan已立案": "false_consequence",
    "把你欠钱的事告诉你单位领导": "third_party_disclosure",
    "照片发到你们小区业主群曝光你": "shaming",
    "你就是个不要脸的老赖": "insult",
    "去别的平台借点先还上": "inducing_new_borrowing",
    "上门费五百由你承担": "extra_fees",
    "一天给你打一百个电话": "frequency_pressure",
    "今晚就住在你家不走了，堵门": "illegal_entry_or_restraint",
    "我们定位了你的手机行踪": "privacy_exposure",
    "我不是机器人，我是真人": "unlabelled_ai",
    "专业讨债，不成功不收费": "out_of_scope_business",
}
CLEAN = (
    "我们不是法院，也不会上门。",
    "有人冒充法院请勿相信，请拨打12378核实。",
    "您反映“再不还就上门堵你”的问题，我们已经核查并处理。",
    "您好，我是江南公司的李明，您有一笔货款12,000元已到期，请于周五前与我们联系。",
    "如协商不成，我方将依法向人民法院提起民事诉讼。",
    "",
    "😀",
)


@pytest.mark.parametrize(("text", "category"), BLOCKED.items())
def test_what_may_not_be_said_is_blocked_and_explained(text: str, category: str) -> None:
    result = scanner().scan(text)
    assert result.verdict == "block"
    assert category in {one.category for one in result.findings}
    for one in result.findings:
        assert 0 <= one.start < one.end <= len(text)
        assert one.articles and all(one.why) and all(one.instead)


@pytest.mark.parametrize("text", CLEAN)
def test_lawful_words_pass(text: str) -> None:
    assert scanner().scan(text).verdict == "clean"


def test_what_we_propose_instead_may_be_said() -> None:
    """A rewording that the scanner itself would stop is no help."""
    stopped = [rule.code for rule in shipped().rules if scanner().scan(rule.instead[0]).verdict == "block"]
    assert stopped == []


def test_both_finders_see_the_same_words() -> None:
    words = tuple(shipped().words)
    portable, here = AutomatonFinder(words), finder_of(words)
    for text in (*BLOCKED, *CLEAN, "".join(BLOCKED) * 3):
        plain = plain_of(text).text
        assert sorted(portable.hits(plain)) == sorted(here.hits(plain))


@given(st.text(max_size=80))
def test_every_plain_character_leads_back_to_the_text(text: str) -> None:
    plain = plain_of(text)
    spans = [plain.given_span(at, at + 1) for at in range(len(plain.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(st.text(max_size=40), st.sampled_from(sorted(BLOCKED)), st.text(max_size=40))
def test_any_text_is_read_and_findings_stay_within_it(before: str, bad: str, after: str) -> None:
    text = f"{before}。{bad}。{after}"
    for one in scanner().scan(text).findings:
        assert 0 <= one.start < one.end <= len(text)


def test_the_command_answers_line_by_line() -> None:
    lines = "再不还钱弄死你\n\n请核对账单\n".encode()
    done = CliRunner().invoke(scan, ["--json"], input=lines)
    assert done.exit_code == 0
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["verdict"] for one in answers] == ["block", "clean", "clean"]
    assert {"category", "rule", "article", "start", "end"} <= answers[0]["findings"][0].keys()


def test_a_line_that_is_no_text_keeps_its_place() -> None:
    done = CliRunner().invoke(scan, ["--json"], input=b"\xff\xfe\n" + "请核对账单\n".encode())
    assert done.exit_code == 2
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["block", "clean"]


def test_a_wrong_lexicon_is_refused() -> None:
    with pytest.raises(LexiconError, match="unbalanced"):
        expanded("{上,到你家")
    rule = {
        "category": "threat", "verdict": "block", "articles": ["x"], "why": "a", "why_en": "a", "instead": "b",
        "instead_en": "b", "patterns": ["@nobody"],
    }  # fmt: skip
    with pytest.raises(LexiconError, match="unknown class"):
        lexicon_of([{"rules": {"X-1": rule}, "guards": {"denied": "a", "warned": "a", "quoted": "a"}}])
    with pytest.raises(LexiconError, match="articles"):
        lexicon_of([{"rules": {"X-1": {**rule, "articles": []}}}])
