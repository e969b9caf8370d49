"""Names, services and advertisements: what is banned is found also in disguise, lawful business passes."""

import pytest

from jieqing.trust.wording.announcing import business_scanner, scan_announcement, word_in_address
from jieqing.trust.wording.library import scanner

BANNED = {
    "某某讨债公司": "BIZ-01",
    "专业讨 债，全国接单": "BIZ-01",
    "专业tao债": "BIZ-01",
    "正规培训，代追欠款": "BIZ-01",
    "收账公司": "BIZ-01",
    "改征信、消除逾期记录": "BIZ-02",
    "徵信修復": "BIZ-02",
    "私*家*侦*探": "BIZ-03",
    "手机定位、查人找人": "BIZ-03",
    "宏达商务咨询有限公司。债务处置、账款催收": "BIZ-04",
    "太湖信息咨询中心。承接催收": "BIZ-04",
    "百分百追回货款": "BIZ-05",
    "律师团队代理诉讼": "BIZ-06",
    "与市公安局合作": "BIZ-07",
    "谨防骗局，专业追债找我们": "BIZ-01",
    "停息挂账，一键止催": "BIZ-08",
    "黑户贷款，当场放款": "BIZ-09",
}
LAWFUL = (
    "江南轴承有限公司",
    "宏达商务咨询有限公司",
    "应收账款管理咨询",
    "信息咨询服务（不含许可类信息咨询服务）；企业管理咨询；应收账款管理",
    "接受金融机构委托对信贷逾期户进行催告通知服务（不含追债）",
    "太湖商务咨询有限公司。受金融机构委托提供账款催收服务",
    "我们不讨债，不做征信修复，不是私家侦探。",
    "谨防征信修复骗局。",
    "征信修复是骗局，请勿付费。",
    "账目核对、分期协商、调解；需要诉讼时由债权人另行委托律师事务所。",
    "轴承、机械配件的制造与销售",
    "",
)


@pytest.mark.parametrize(("text", "rule"), BANNED.items())
def test_what_may_not_be_offered_is_found_with_its_article(text: str, rule: str) -> None:
    found = scan_announcement(text)
    assert rule in {one.rule for one in found}
    for one in found:
        assert one.articles and all(one.why) and all(one.instead)
        assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize("text", LAWFUL)
def test_lawful_business_passes(text: str) -> None:
    assert [(one.rule, text[one.start : one.end]) for one in scan_announcement(text)] == []


def test_what_is_proposed_instead_passes_both_scanners() -> None:
    for rule in business_scanner().lexicon.rules:
        assert scan_announcement(rule.instead[0]) == (), rule.code
        assert scanner().scan(rule.instead[0]).verdict != "block", rule.code


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("hongda-taozhai", "讨债"),
        ("zhui.zhai.example.cn", "追债"),
        ("xizhengxin8", "洗征信"),
        ("jiangnan", None),
    ],
)
def test_an_address_is_read_by_its_sound(address: str, word: str | None) -> None:
    assert word_in_address(address) == word
