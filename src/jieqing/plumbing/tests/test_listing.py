"""Lists: what a declaration promises, what an address may ask, what a bulk form says, what a file holds."""

import io
from dataclasses import dataclass
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from openpyxl import load_workbook

from jieqing.plumbing.listing import Column, Listing, asked_of, cells, picked_of
from jieqing.plumbing.listing.files import list_file
from jieqing.plumbing.listing.saved import Views, kept_query
from jieqing.plumbing.listing.sheet import Chip, Sheet


@dataclass
class Row:
    id: int
    name: str
    amount: int


THINGS = Listing(
    name="tests.things",
    permission="ledger.read",
    default_sort="-amount",
    columns=(
        Column("name", "名称", lambda row, _v: cells.text(row.name), lambda row, _v: row.name, sorts=True),
        Column(
            "amount",
            "金额",
            lambda row, _v: cells.count(row.amount),
            lambda row, _v: row.amount,
            sorts=True,
            descends=True,
            css="num",
            total=lambda totals, _v: cells.count(totals),
        ),
        Column("note", "备注", lambda _r, _v: "–", is_shown=False),
        Column("code", "编码", lambda _r, _v: "C1", lambda _r, _v: "C1", is_shown=False, in_every_file=True),
    ),
)


def sheet_at(query: str, rows: tuple[Row, ...] = (), **more: object) -> Sheet:
    request = RequestFactory().get(f"/s/x/things/?{query}")
    request.allow = lambda _permission: None  # type: ignore[attr-defined]
    return Sheet(request, THINGS, asked_of(request, THINGS), Views(), rows=rows, **more)  # type: ignore[arg-type]


def test_two_columns_of_one_key_are_a_bug() -> None:
    with pytest.raises(ValueError, match="one key"):
        Listing("tests.twice", "x", (THINGS.columns[0], THINGS.columns[0]), "")


@pytest.mark.parametrize(
    ("query", "order", "columns"),
    [
        ("", ("amount", False), ["name", "amount"]),
        ("sort=amount", ("amount", True), ["name", "amount"]),
        ("sort=-name", ("name", True), ["name", "amount"]),
        ("sort=note&cols=nothing", ("amount", False), ["name", "amount"]),
        ("sort=--name&cols=note", ("amount", False), ["name", "note"]),
        ("cols=code,amount,amount", ("amount", False), ["name", "amount", "code"]),
    ],
)
def test_an_address_may_ask_only_what_is_declared(
    query: str, order: tuple[str, bool], columns: list[str]
) -> None:
    asked = asked_of(RequestFactory().get(f"/?{query}"), THINGS)
    assert (asked.key, asked.is_reversed) == order
    assert [column.key for column in asked.columns] == columns


def test_remembered_columns_stand_unless_the_address_names_some() -> None:
    remembered = asked_of(RequestFactory().get("/"), THINGS, ["note"])
    assert [column.key for column in remembered.columns] == ["name", "note"]
    named = asked_of(RequestFactory().get("/?cols=amount"), THINGS, ["note"])
    assert [column.key for column in named.columns] == ["name", "amount"]


def test_every_value_is_escaped_and_totals_stand_under_their_column() -> None:
    sheet = sheet_at("", (Row(1, '<b onclick="x">李</b>', 12345),), totals=99_999, caption_total="合计")
    assert '<th scope="row">&lt;b onclick=&quot;x&quot;&gt;李&lt;/b&gt;</th>' in sheet.rows_html
    assert '<td class="num" data-label="金额">12,345</td>' in sheet.rows_html
    assert sheet.foot_html == (
        '<tr><th scope="row" colspan="1">合计</th><td class="num" data-label="金额">99,999</td></tr>'
    )


def test_links_change_one_thing_and_keep_the_rest() -> None:
    sheet = sheet_at("q=李&sort=name&after=abc&known=3&state=open", next_cursor="def")
    sheet.defaults = {"state": "open"}
    assert sheet.next_href == "?q=%E6%9D%8E&sort=name&known=3&after=def"
    assert sheet.first_href == "?q=%E6%9D%8E&sort=name&known=3"
    assert sheet.heads[0].href == "?q=%E6%9D%8E&sort=-name&known=3"
    assert sheet.heads[0].state == "ascending"
    sheet.chips = [Chip("搜索：李", ("q",))]
    assert sheet.chip_links == [("搜索：李", "?sort=name&known=3")]
    assert sheet.clear_href == "?sort=name&known=3"
    assert sheet.canonical == "/s/x/things/?q=%E6%9D%8E&sort=name&known=3&after=abc"
    assert kept_query("q=a&after=b&cols=c&sort=-d") == "q=a&sort=-d"


def test_a_bulk_form_says_rows_or_the_filter_never_both() -> None:
    first, second = uuid4(), uuid4()
    data = {
        "row": [str(first), "rubbish", str(second), str(first)],
        "query": "?state=overdue",
        "scope": "rows",
    }
    picked = picked_of(RequestFactory().post("/", data))
    assert picked.ids == (first, second)
    assert picked.asked == QueryDict("state=overdue")
    everything = picked_of(RequestFactory().post("/", {**data, "scope": "all", "expected": "12"}))
    assert everything.is_all
    assert everything.expected == 12
    assert picked_of(RequestFactory().post("/", {})).is_empty


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers() -> None:
    shown = THINGS.chosen(["amount"])
    found = list_file(
        THINGS,
        kind="xlsx",
        name="things",
        shown=shown,
        rows=[Row(1, "=1+1", 5), Row(2, "李\x0b", -7)],
        view=None,
        about=[("截止日", "2026-11-22")],
    )
    sheet = load_workbook(io.BytesIO(found.content)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][2:] == [
        ["名称", "金额", "编码"],
        ["=1+1", 5, "C1"],
        ["李", -7, "C1"],
    ]
    assert sheet["A4"].data_type == "s", "a name that begins with = is no formula"


@pytest.mark.parametrize(
    ("made", "component"),
    [
        (cells.overdue(47), '<c-overdue :days="47" />'),
        (cells.tag("好", "good"), '<c-tag tone="good">好</c-tag>'),
        (cells.seal("", "A"), '<c-seal entry="" label="A" />'),
        (cells.seal("/x/", "A&B"), '<c-seal href="/x/" label="A&B" />'),
    ],
)
def test_a_cell_is_written_as_its_component(made: str, component: str) -> None:
    from django_cotton.compiler_regex import CottonCompiler

    template = engines["django"].from_string(CottonCompiler().process(component))
    context = {"request": SimpleNamespace(site=None)}
    assert template.render(context).strip() == made
