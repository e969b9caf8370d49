"""Cases from a file and back into one."""

import json

import pytest
from click.testing import CliRunner
from tests.cast import Cast

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.recovery.cases import services
from jieqing.recovery.cases.management.cli import cases
from jieqing.recovery.cases.selectors import CaseFilter
from jieqing.recovery.cases.tests.books import import_books, opened

FILE = """案件,单据号,债务人,承办人,办理方式,备注
A,INV-001,,Owner,7 日快办,先联系
A,INV-002,,,普通,
,INV-003,,,,
,INV-005,没有此人,,,
,NOPE,,,,
,INV-004,,无此承办人,,
"""


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
