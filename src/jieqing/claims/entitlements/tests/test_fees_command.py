"""``jieqing fees``: the JSON that FACES promises, exit codes, and no database."""

import json

import pytest
from click.testing import CliRunner

from jieqing.claims.entitlements.management.fees import fees


def run(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
    found = CliRunner().invoke(fees, list(arguments), input=stdin)
    return found.exit_code, found.stdout, found.stderr


def test_the_json_has_the_promised_keys() -> None:
    code, out, _ = run("--kind", "case", "--amount-fen", "10000000", "--json")
    answer = json.loads(out)
    assert (code, answer["fee_fen"], answer["article"]) == (
        0,
        230_000,
        "《诉讼费用交纳办法》第13条第（一）项",
    )
    assert [step["amount_fen"] for step in answer["steps"]] == [5_000, 225_000]
    assert all(step["article"] for step in answer["steps"])


def test_a_dash_reads_standard_input() -> None:
    code, out, _ = run("--kind", "half", "--amount-fen", "-", "--json", stdin="500000\n")
    assert (code, json.loads(out)["fee_fen"]) == (0, 2_500)


def test_for_people_it_prints_the_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIEQING_LANG", "en")
    code, out, err = run("--kind", "agency_cap", "--amount-fen", "100000000")
    assert code == 0
    assert "¥180,000.00" in out
    assert "never" not in out
    assert "not a price" in err


@pytest.mark.parametrize(
    ("kind", "amount"),
    [("case", "1.5"), ("case", "1_000"), ("case", "１００"), ("case", "-1"), ("case", "9" * 30), ("x", "1")],
)
def test_bad_input_ends_with_a_sentence(kind: str, amount: str) -> None:
    code, out, err = run(f"--kind={kind}", f"--amount-fen={amount}", "--json")
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 2
