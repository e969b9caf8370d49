"""``jieqing owed`` as a script meets it: JSON out, sentences on the other stream, exit codes, no framework loaded."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jieqing.claims.entitlements.management.owed import owed

SALE = {
    "kind": "sale",
    "contract_date": "2024-03-01",
    "late_multiple": "1.5",
    "items": [{"id": "A", "principal_fen": 10_000_000, "due": "2024-06-30"}],
}


def run(facts: object, *, as_of: str = "2024-12-31", json_too: bool = True) -> Result:
    text = facts if isinstance(facts, str) else json.dumps(facts)
    arguments = ["--facts", "-", "--as-of", as_of, *(["--json"] if json_too else [])]
    return CliRunner(env={"JIEQING_LANG": "zh"}).invoke(owed, arguments, input=text)


def test_the_keys_of_the_contract() -> None:
    result = run(SALE)
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert list(found)[:7] == [
        "principal_fen", "interest_fen", "penalty_fen", "costs_fen", "total_fen", "segments", "warnings",
    ]  # fmt: skip
    [segment] = found["segments"]
    assert list(segment)[:9] == [
        "from", "to", "days", "base_fen", "rate", "day_count", "amount_fen", "rule", "article",
    ]  # fmt: skip
    assert (segment["from"], segment["to"], segment["rate"], segment["day_count"]) == (
        "2024-07-01", "2025-01-01", "0.0517500", 365,
    )  # fmt: skip
    assert found["total_fen"] == 10_260_877


def test_a_file_is_read_like_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(SALE), encoding="utf-8-sig")
    result = CliRunner().invoke(owed, ["--facts", str(file), "--as-of", "2024-12-31", "--json"])
    assert result.stdout == run(SALE).stdout


def test_a_person_reads_lines_and_warnings() -> None:
    result = run({**SALE, "late_multiple": None}, json_too=False)
    assert result.exit_code == 0
    assert "¥100,000.00 × 0.0448500/365 = ¥2,260.93" in result.stdout
    assert "1.3" in result.stderr


@pytest.mark.parametrize(
    ("facts", "code", "said"),
    [
        ("{", 2, "第 1 行"),
        ("[]", 2, "JSON 对象"),
        ("{}", 2, "kind"),
        ('{"kind": "sale", "items": [], "kind": "sale"}', 2, "kind"),
        ({**SALE, "kind": "barter"}, 2, "kind：“barter”"),
        ({**SALE, "late_multiple": "1.6"}, 2, "1.3"),
        ({**SALE, "currency": "XXQ"}, 2, "currency"),
        ({**SALE, "items": [{"principal_fen": 1.5}]}, 2, "items[0].principal_fen"),
        ({**SALE, "items": [{"principal_fen": -1}]}, 2, "items[0].principal_fen：-1"),
        ({**SALE, "items": [{"principal_fen": 10**16}]}, 2, "超出"),
        ({**SALE, "items": [{"principal_fen": 1, "due": "2024-02-30"}]}, 2, "items[0].due"),
        ({**SALE, "items": [{"principal_fen": 1, "rate": "NaN"}]}, 2, "items[0].rate"),
        ({**SALE, "items": [{"id": 1, "principal_fen": 1}, {"id": "1", "principal_fen": 1}]}, 2, "重复"),
        ({**SALE, "payments": [{"date": "2024-07-01", "amount_fen": 0}]}, 2, "payments[0].amount_fen"),
        ({**SALE, "payments": [{"amount_fen": 1}]}, 2, "payments[0].date"),
        ({**SALE, "payments": [{"date": "2024-07-01", "amount_fen": 1, "for_item": "Z"}]}, 2, "“Z”"),
        ({**SALE, "kind": "judgment"}, 2, "judgment"),
        ({**SALE, "judgment": {"perform_by": "2024-07-01", "instalments": 3}}, 2, "judgment.instalments"),
        ({**SALE, "order": ["love"]}, 2, "order"),
        ({**SALE, "lpr": [{"published": "2024-07-22", "one_year": "0.01"}]}, 2, "lpr[0].one_year"),
    ],
)
def test_a_wrong_fact_is_named_by_its_place(facts: object, code: int, said: str) -> None:
    result = run(facts)
    assert (result.exit_code, result.stdout) == (code, ""), result.stdout
    assert said in result.stderr
    assert "请" in result.stderr


def test_all_wrong_facts_are_told_at_once() -> None:
    result = run({"kind": "x", "items": [{"due": "never"}], "payments": "none"})
    for place in ("kind", "items[0].principal_fen", "items[0].due", "payments"):
        assert place in result.stderr


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"colour": "red"}, "owed.unknown_key"),
        ({"payments": [{"date": "2024-02-01", "amount_fen": 5}]}, "owed.payment_before_contract"),
        ({"payments": [{"date": "2025-02-01", "amount_fen": 5}]}, "owed.payment_after_as_of"),
        ({"payments": [{"date": "2024-08-01", "amount_fen": 10**9}]}, "owed.surplus"),
        ({"contract_date": "2025-03-01"}, "owed.as_of_before_contract"),
        ({"kind": "private_loan", "creditor_kind": "pirate", "items": [{"principal_fen": 1, "due": "2024-06-30",
          "rate": "0.1"}]}, "owed.creditor_kind_unknown"),
    ],
)  # fmt: skip
def test_what_a_reader_must_know_is_a_warning(changes: dict, warning: str) -> None:
    result = run({**SALE, **changes})
    assert result.exit_code == 0, result.stderr
    assert warning in [found["code"] for found in json.loads(result.stdout)["warnings"]]


def test_an_unconfirmed_month_is_confirmed_by_the_facts() -> None:
    late = {**SALE, "items": [{"id": "A", "principal_fen": 10_000_000, "due": "2026-09-30"}]}
    [warning] = json.loads(run(late, as_of="2026-10-10").stdout)["warnings"]
    assert (warning["code"], warning["details"]["months"]) == ("owed.lpr_unconfirmed", "2026-09")
    confirmed = {**late, "lpr": [{"published": "2026-09-21", "one_year": "0.0290", "confirmed_by": "op"}]}
    found = json.loads(run(confirmed, as_of="2026-10-10").stdout)
    assert (found["warnings"], found["segments"][0]["rate"]) == ([], "0.0435000")


def test_a_file_that_is_not_there() -> None:
    result = CliRunner().invoke(owed, ["--facts", "nowhere.json", "--as-of", "2024-12-31", "--json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nowhere.json" in result.stderr


def test_no_framework_and_no_database_is_loaded() -> None:
    code = (
        "import sys; from jieqing.web.cli import main\n"
        "try: main(['owed', '--facts', '-', '--as-of', '2024-12-31', '--json'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('django', 'psycopg', 'polars') if name in sys.modules])"
    )
    done = subprocess.run(  # its own interpreter: this one has Django loaded
        [sys.executable, "-c", code], input=json.dumps(SALE), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
