"""Cases from a file and back into one."""

import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from tests.cast import Cast

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.management.cli import cases
from jieqing.recovery.cases.models import Case, CaseFile
from jieqing.recovery.cases.selectors import CaseFilter
from jieqing.recovery.cases.tests.books import fresh, import_books, opened

FILE = """案件,单据号,债务人,承办人,办理方式,备注
A,INV-001,,Owner,7 日快办,先联系
A,INV-002,,,普通,
,INV-003,,,,
,INV-005,没有此人,,,
,NOPE,,,,
,INV-004,,无此承办人,,
"""


def xlsx_text(data: bytes) -> list[list[str]]:
    rows = load_workbook(BytesIO(data)).active.iter_rows(values_only=True)
    return [[str(cell) for cell in row] for row in rows]


@pytest.fixture
def actor(cast: Cast) -> Actor:
    import_books(cast.actor("owner"))
    return cast.actor("owner")


def test_a_file_opens_its_cases_once_and_tells_its_bad_lines(actor: Actor) -> None:
    done = services.import_cases(actor=actor, name="案件.csv", data=FILE.encode())
    assert not is_problem(done), done
    assert (done.lines, done.opened, done.items, done.already) == (6, 2, 3, 0)
    assert [(one["line"], one["code"]) for one in done.problems] == [
        (5, "cases.line_unknown_document"),
        (6, "cases.line_unknown_document"),
        (7, "cases.unknown_owner"),
    ]
    again = services.import_cases(actor=actor, name="案件.csv", data=FILE.encode())
    assert not is_problem(again), again
    assert (again.is_known, again.opened) == (True, 2)
    other = services.import_cases(actor=actor, name="案件.csv", data=(FILE + "\n").encode())
    assert not is_problem(other), other
    assert (other.opened, other.already) == (0, 3)


def test_a_preview_says_what_the_import_does_and_leaves_nothing(actor: Actor) -> None:
    looked = services.preview_cases(actor=actor, name="案件.csv", data=FILE.encode())
    assert not is_problem(looked), looked
    assert (looked.opened, looked.items, len(looked.problems)) == (2, 3, 3)
    assert [row["state"] for row in looked.rows] == ["opens"] * 3
    with site_scope(actor.own_site):
        assert not Case.objects.exists() and not CaseFile.objects.exists()


def test_a_file_is_taken_back_but_for_what_was_worked_on(actor: Actor) -> None:
    done = services.import_cases(actor=actor, name="案件.csv", data=FILE.encode())
    assert not is_problem(done), done
    with site_scope(actor.own_site):
        file = CaseFile.objects.get()
        first, second = Case.objects.order_by("number")
    assert not is_problem(services.add_note(actor=actor, case=second, text="已电话核对"))
    undone = services.undo_file(actor=actor, file=file)
    assert not is_problem(undone), undone
    assert (undone.undone_count, fresh(first).closing, fresh(second).state) == (1, "withdrawn", "open")
    assert is_problem(services.undo_file(actor=actor, file=file))
    again = services.import_cases(actor=actor, name="案件.csv", data=FILE.encode())
    assert not is_problem(again), again
    assert (again.is_known, again.opened, again.already) == (False, 1, 1)


def test_a_field_sheet_is_entered_once_line_by_line(actor: Actor) -> None:
    case = opened(actor, "INV-001", owner_id=actor.id)
    sheet = xlsx_text(services.field_sheet(actor=actor))
    key = next(row[0] for row in sheet if row[1] == str(case.number))
    head = "行键,案件号,日期,做了什么,分钟,备注,承诺金额,承诺付款日,下一步,下一步日期\n"
    day = (clock.today() + timedelta(days=5)).isoformat()
    line = f"{key},{case.number},,上门,45,见到老板,5000.00,{day},跟进,{day}\n"
    bad = f"{key}b,{case.number},,,,,99999999,{day},,\n{key}c,{case.number},,,半小时,,,,,\n"
    done = services.import_field_sheet(actor=actor, name="外出.csv", data=(head + line + bad).encode())
    assert not is_problem(done), done
    assert (done.items, [one["line"] for one in done.problems]) == (1, [3, 4])
    after = fresh(case)
    assert (after.promise_minor, after.next_action) == (500_000, "follow_up")
    again = services.import_field_sheet(actor=actor, name="再交.csv", data=(head + line + "\n").encode())
    assert not is_problem(again) and (again.items, again.already) == (0, 1), again
    other = services.import_field_sheet(
        actor=actor, name="改.csv", data=(head + line.replace("45", "50")).encode()
    )
    assert not is_problem(other) and other.problems[0]["code"] == "cases.line_key_spent"
    with site_scope(actor.own_site):
        assert [one.minutes for one in case.efforts.all()] == [45]


def test_the_page_looks_first_and_then_imports_and_takes_back(cast: Cast, actor: Actor) -> None:
    client, address = cast.clients["owner"], f"/s/{cast.site.slug}/cases/import/"
    looked = client.post(address, {"kind": "cases", "file": BytesIO(FILE.encode())}).content.decode()
    assert "没有这位承办人" in looked and "宏达机械有限公司" in looked
    with site_scope(cast.site.id):
        assert not Case.objects.exists()
    draft = re.search(r'name="draft" value="([^"]+)"', looked)
    assert draft is not None
    assert client.post(address, {"draft": draft[1]}).status_code == 302
    with site_scope(cast.site.id):
        assert Case.objects.filter(state="open").count() == 2
        file = CaseFile.objects.get()
    assert client.post(f"/s/{cast.site.slug}/cases/files/{file.id}/undo/").status_code == 302
    with site_scope(cast.site.id):
        assert not Case.objects.filter(state="open").exists()


def test_an_export_holds_what_the_list_shows(actor: Actor) -> None:
    opened(actor, "INV-001")
    text = services.export_cases(actor=actor, wanted=CaseFilter()).decode("utf-8-sig")
    assert text.splitlines()[1].startswith(
        "1,宏达机械有限公司,,在办,友好提醒,CNY,10000.00,10000.00,2026-06-01"
    )


def test_the_commands_open_list_and_export(cast: Cast, tmp_path) -> None:
    import_books(cast.actor("owner"))

    def call(*arguments: str) -> str:
        result = CliRunner().invoke(cases, [*arguments, "--site", cast.site.slug], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    assert json.loads(call("open-by-rule", "--json"))["opened"] == 3
    assert json.loads(call("open-by-rule", "--json"))["opened"] == 0
    first = json.loads(call("list", "--json").splitlines()[0])
    assert (first["debtor"], first["overdue_fen"]) == ("宏达机械有限公司", 1_025_050)
    call("export", "--out", str(tmp_path / "cases.csv"))
    assert (tmp_path / "cases.csv").stat().st_size > 100
