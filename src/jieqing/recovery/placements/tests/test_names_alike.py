"""Names that may be one party: a table of what a reader expects, and laws that hold for any name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.recovery.placements.engine.names_alike import SCORES, NameIndex, alike, form_of

TABLE = [
    ("宏达机械有限公司", "宏达机械有限公司", "same"),
    ("宏达机械有限公司", "宏达机械（有限公司）", "same"),
    ("ＨＤ机械有限公司", "hd机械 有限公司", "same"),
    ("無錫東華軸承有限公司", "无锡东华轴承有限公司", "same"),
    ("宏达机械有限公司", "宏达机械股份有限公司", "form"),
    ("宏达机械有限公司", "宏达机械有限责任公司", "form"),
    ("宏达机械有限公司", "宏达机械集团有限公司", "form"),
    ("宏达机械有限公司", "无锡市宏达机械厂", "form"),
    ("江南轴承（无锡）有限公司", "江苏省无锡市江南轴承有限公司", "form"),
    ("宏达机械有限公司", "宏达机械有限公司常州分公司", "branch"),
    ("中国工商银行股份有限公司无锡分行", "中国工商银行股份有限公司金华支行", "branch"),
    ("李建国", "滨湖区李建国建材经营部", "holder"),
    ("李建国", "无锡市滨湖区建国建材店（李建国）", "holder"),
    ("宏达机械有限公司", "宏大机械有限公司", "pinyin"),
    ("张伟", "章伟", "pinyin"),
    ("无锡宏达机械有限公司", "常州宏达机械有限公司", "place"),
    ("WAL-MAR Corp.", "Walmar Co., Ltd.", "form"),
    ("宏达机械有限公司", "远景五金有限公司", None),
    ("李建国", "李建军", None),
    ("上海银行", "无锡银行", None),
]


@pytest.mark.parametrize(("one", "other", "expected"), TABLE)
def test_the_table_of_what_meets(one: str, other: str, expected: str | None) -> None:
    found = alike(form_of(one), form_of(other))
    assert (found.value if found else None) == expected
    assert alike(form_of(other), form_of(one)) == found


WORDS = st.sampled_from(
    [
        "宏达",
        "宏大",
        "江南",
        "远景",
        "李建国",
        "王",
        "机械",
        "轴承",
        "贸易",
        "hd",
        "东华",
        "東華",
        "张伟",
        "章伟",
    ]
)
PLACES = st.sampled_from(["", "", "无锡", "无锡市", "江苏省无锡市", "常州", "金华市"])
FORMS = st.sampled_from(
    [
        "",
        "有限公司",
        "股份有限公司",
        "集团有限公司",
        "厂",
        "经营部",
        "商行",
        "有限公司无锡分公司",
        "（个体工商户）",
    ]
)
NAMES = st.one_of(
    st.builds(lambda place, words, form: place + "".join(words) + form, PLACES, st.lists(WORDS, min_size=1, max_size=3), FORMS),
    st.text(min_size=1, max_size=12),
)  # fmt: skip


@given(NAMES, NAMES)
def test_matching_is_symmetric(one: str, other: str) -> None:
    assert alike(form_of(one), form_of(other)) == alike(form_of(other), form_of(one))


@given(NAMES)
def test_a_name_meets_itself_however_it_is_spaced_and_wide(name: str) -> None:
    form = form_of(name)
    if not form.key:
        return
    found = alike(form, form_of(" " + name.replace("(", "（") + " "))
    assert found is not None
    assert SCORES[found] == 100


@given(
    st.lists(WORDS, min_size=2, max_size=3).map("".join),
    st.sampled_from(["有限公司", "股份有限公司", "集团有限公司"]),
)
def test_a_legal_form_never_parts_a_company_from_itself(core: str, form: str) -> None:
    found = alike(form_of(core + "有限责任公司"), form_of(core + form))
    assert found is not None
    assert SCORES[found] >= 85


@given(st.lists(NAMES, max_size=12), NAMES)
def test_an_index_finds_what_comparing_all_finds(names: list[str], asked: str) -> None:
    index: NameIndex[int] = NameIndex(enumerate(names))
    wanted = {
        (place, reason)
        for place, name in enumerate(names)
        if (reason := alike(form_of(asked), form_of(name))) is not None
    }
    found = index.meeting(asked)
    assert set(found) == wanted
    assert [SCORES[reason] for _one, reason in found] == sorted(
        (SCORES[reason] for _one, reason in found), reverse=True
    )
