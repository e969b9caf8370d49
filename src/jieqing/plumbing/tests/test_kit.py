"""The kit as a page meets it: rendered in both languages, escaped, with nothing inline that the policy forbids."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.catalogues import PACKAGE
from jieqing.plumbing.charts import Chart, Series
from jieqing.plumbing.templatetags import kit

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def render(source, **values):
    request = RequestFactory().get("/", values.pop("query", {}))
    return engines["django"].from_string(CottonCompiler().process(source)).render(values, request)


def test_design_page_in_both_languages(client):
    for language, word in (("zh-hans", "组件样张"), ("en", "Component kit")):
        client.cookies["django_language"] = language
        page = client.get("/design/").content.decode()
        assert word in page
        assert not re.search(r"\son\w+=|<style|<script(?![^>]*(src=|application/json))", page)


def test_design_page_in_english_has_no_chinese_but_names(client):
    client.cookies["django_language"] = "en"
    page = client.get("/design/").content.decode()
    allowed = {"证", "中文", "切换到中文", "结清", "江", "元"}
    names = "江南轴承（无锡）有限公司无锡宏达机械有限公司江阴市李氏包装材料厂（个体工商户）苏州工业园区远景精密五金制品股份有限公司"
    long = "中华人民共和国江苏省无锡市江阴市临港经济开发区滨江西路二十八号苏南国际精密机械与新材料产业园管理委员会（筹）"
    assert {word for word in CHINESE.findall(page) if word not in names + long} <= allowed


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_need_no_request(name):
    for language in ("zh-hans", "en"):
        with override(language):
            assert "<h1>" in engines["django"].get_template(name).render()


def test_unknown_address_answers_in_plain_words(client):
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


def test_values_as_people_read_them():
    with override("zh-hans"):
        assert kit.amount(4821033620, "CNY") == "¥48,210,336.20"
        assert kit.date_text(date(2026, 11, 22)) == "2026年11月22日"
        assert kit.overdue_text(47) == "逾期 47 天"
        assert kit.currency_unit("CNY") == "元"
    with override("en"):
        assert kit.date_text(date(2026, 11, 22)) == "22 November 2026"
        assert (kit.overdue_text(1), kit.overdue_text(2)) == ("1 day overdue", "2 days overdue")
    assert kit.amount_cell(-105, "CNY") == "-1.05"
    assert kit.percent(Decimal("0.2677")) == "26.8\u202f%"
    assert [kit.overdue_step(days) for days in (None, 0, 1, 30, 31, 91, 181, 366)] == [0, 0, 1, 1, 2, 4, 5, 6]


def test_components_escape_what_users_wrote():
    bad = "<b>&\"'"
    source = """<c-table :caption="bad"><tr><td>{{ bad }}</td></tr></c-table><c-stat :label="bad" :number="bad" />
    <c-empty :title="bad">{{ bad }}</c-empty><c-note>{{ bad }}</c-note><c-tag>{{ bad }}</c-tag>"""
    assert "<b>" not in render(source, bad=bad)


@pytest.mark.parametrize("bad", ['"><script>x</script> "', "'><script>x</script>"])
def test_attributes_passed_on_are_escaped(bad):
    for source in (
        '<c-tag :title="bad">x</c-tag>',
        '<c-tag title="{{ bad }}">x</c-tag>',
        '<c-search :value="bad" />',
    ):
        assert "<script>" not in render(source, bad=bad)
    assert ' data-x="" data-y="a"' in render('<c-tag data-x :data-y="\'a\'" :data-z="None">x</c-tag>')


def test_no_template_prints_attributes_unescaped():
    found = [file for file in PACKAGE.rglob("*.html") if re.search(r"{{\s*attrs\s*}}", file.read_text())]
    assert found == [], "print {{ attrs|attributes }}: cotton does not escape what is passed as :name"


def test_problem_says_what_happened_what_is_kept_and_what_to_do():
    problem = Problem(
        "x.y", "坏了。", "Broken.", "请重试。", "Try again.", {"kept_zh": "已暂存。", "kept_en": "Staged."}
    )
    with override("zh-hans"):
        page = render('<c-problem :problem="problem" />', problem=problem)
    assert all(words in page for words in ("坏了。", "已暂存。", "请重试。"))


def test_sortable_head_turns_round():
    source = '<c-th sort="open" first="down">x</c-th>'
    assert 'href="?sort=-open"' in render(source)
    assert 'href="?sort=open"' in render(source, query={"sort": "-open", "page": "4"})
    assert 'aria-sort="descending"' in render(source, query={"sort": "-open"})


def test_chart_and_its_twin_say_the_same():
    chart = Chart("c", "t", "k", ["a", "b"], [Series("s", [100, None])], currency="CNY", has_total=True)
    assert [row["cells"] for row in chart.rows] == [["1.00"], ["–"]]
    assert chart.totals == ["1.00"]
    assert (chart.spec["exponent"], chart.spec["prefix"]) == (2, "¥")
    page = render('<c-chart :chart="chart" />', chart=chart)
    assert 'id="chart-c"' in page
    assert "<tfoot>" in page
    with pytest.raises(ValueError, match="one value per category"):
        Chart("c", "t", "k", ["a"], [Series("s", [1, 2])])
