"""Hostile facts and amounts: each is a sentence in both languages that says what to do, never a traceback."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from jieqing.claims.entitlements.management.fees import fees
from jieqing.claims.entitlements.management.owed import owed

FACTS: dict[str, Any] = {
    "kind": "sale",
    "contract_date": "2024-01-01",
    "currency": "CNY",
    "items": [{"id": "a", "principal_fen": 100_000, "due": "2024-03-01"}],
}

LOAN = [{**FACTS["items"][0], "rate": "0.24", "rate_basis": "year_365"}]


def facts(**more: Any) -> str:
    return json.dumps({**FACTS, **more})


def item(**more: Any) -> str:
    return facts(items=[{**FACTS["items"][0], **more}])


def asked(text: str | bytes, *, lang: str = "zh_CN.UTF-8") -> Result:
    data = text if isinstance(text, bytes) else text.encode()
    found = CliRunner().invoke(
        owed,
        ["--facts", "-", "--as-of", "2026-01-01", "--json"],
        input=data,
        env={"LANG": lang, "LC_ALL": lang},
    )
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    assert "Traceback" not in found.output
    return found


@pytest.mark.parametrize("lang", ["zh_CN.UTF-8", "en_GB.UTF-8"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        "1",
        '{"kind": NaN}',
        '{"kind": "sale", "kind": "service"}',
        "[" * 100_000,
        '{"a":' * 50_000,
        b"\xff\xfe\x00",
        "合同".encode("gb18030"),
        facts().replace("100000", "9" * 6_000),
        facts(items=None),
        facts(items=[]),
        facts(items={}),
        facts(items=[None]),
        facts(items=FACTS["items"] * 2),
        facts(kind=["sale"]),
        facts(contract_date=20240101),
        facts(contract_date="2024-02-30"),
        facts(payments=[{"date": "2024-05-01", "amount_fen": -5}]),
        facts(payments="x"),
        facts(late_multiple="9"),
        facts(currency="XXX"),
        facts(currency="\ud800"),
        facts(kind="judgment", judgment=None),
        item(principal_fen=1.5),
        item(principal_fen=-1),
        item(principal_fen=True),
        item(principal_fen="100000"),
        item(principal_fen=10**400),
        item(principal_fen=2**53 + 1),
        item(due="9999-12-31"),
        item(rate="NaN", rate_basis="year_365"),
        item(rate="1e999999999", rate_basis="year_365"),
        item(rate="-0.1", rate_basis="year_365"),
        item(rate=[], rate_basis={}),
    ],
)
def test_hostile_facts_are_a_sentence_that_says_what_to_do(text: str | bytes, lang: str) -> None:
    found = asked(text, lang=lang)
    assert found.exit_code == 2 and found.stdout.strip() == ""
    assert len(found.stderr.strip()) > 15
    for leak in ("sys.", "recursion", "int_max", "object at 0x"):
        assert leak not in found.stderr


@pytest.mark.parametrize(
    ("text", "principal_fen"),
    [
        (item(principal_fen=10**15), 10**15),
        (item(principal_fen=10**15 + 1), 10**15 + 1),
        (facts(unknown_key={"a": [1]}), 100_000),
        ("\ufeff" + facts(), 100_000),
        (item(principal_fen=0), 0),
    ],
)
def test_what_is_only_large_or_odd_is_counted_to_the_fen(text: str, principal_fen: int) -> None:
    found = asked(text)
    assert found.exit_code == 0 and json.loads(found.stdout)["principal_fen"] == principal_fen


@pytest.mark.parametrize(
    "text",
    [
        facts(contract_date="2015-01-01", items=[{"id": "a", "principal_fen": 100_000, "due": "2016-03-01"}]),
        json.dumps(
            {key: value for key, value in FACTS.items() if key != "contract_date"}
            | {"kind": "private_loan", "items": LOAN}
        ),
        facts(payments=[{"date": "2023-01-01", "amount_fen": 5}]),
    ],
    ids=["contract before 2019-08-20", "missing formation date", "payment before contract"],
)
def test_what_the_law_or_the_days_make_doubtful_is_said_beside_the_figure(text: str) -> None:
    found = asked(text)
    told = json.loads(found.stdout)
    assert found.exit_code == 0 and told["warnings"], "a figure with its caution"
    assert told["total_fen"] == sum(
        told[f"{part}_fen"] for part in ("principal", "interest", "penalty", "costs")
    )


def test_a_hundred_thousand_payments_are_counted_or_refused_but_never_lost() -> None:
    found = asked(facts(payments=[{"date": "2024-05-01", "amount_fen": 1}] * 100_000))
    assert found.exit_code == 0
    told = json.loads(found.stdout)
    assert told["total_fen"] > 0


@pytest.mark.parametrize(
    "kind", ["case", "half", "appeal", "payment_order", "preservation", "enforcement", "agency_cap"]
)
@pytest.mark.parametrize("amount", ["-1", "1e5", "9" * 30, "9" * 5_000, "1.5", "", "abc", "１００", "NaN"])
def test_hostile_amounts_of_fees_are_a_sentence(kind: str, amount: str) -> None:
    found = CliRunner().invoke(fees, ["--kind", kind, "--amount-fen", amount, "--json"])
    assert isinstance(found.exception, SystemExit) and found.exit_code == 2
    assert "Traceback" not in found.output and len(found.stderr.strip()) > 10
