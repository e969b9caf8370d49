"""Jurisdiction from outside: the command, the contract of its facts, the public page and its link."""

import json
from dataclasses import fields

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from tests.cast import Cast

from jieqing.claims.entitlements.engine.jurisdiction_facts import JurisdictionFacts
from jieqing.claims.entitlements.engine.jurisdiction_reading import CHOICES, read_jurisdiction_facts
from jieqing.claims.entitlements.management.jurisdiction import jurisdiction
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.paths import checkout

SCHEMA = json.loads((checkout() / "contracts" / "jurisdiction-facts.schema.json").read_text())
FACTS = {
    "dispute": "sale",
    "creditor_place": "无锡市滨湖区",
    "debtor_place": "金华市婺城区",
    "amount_fen": 38_620_000,
}


def run(facts: object) -> tuple[int, str, str]:
    text = facts if isinstance(facts, str) else json.dumps(facts)
    found = CliRunner().invoke(jurisdiction, ["--facts", "-", "--json"], input=text)
    return found.exit_code, found.stdout, found.stderr


def test_the_command_names_courts_with_their_reasons() -> None:
    code, out, _err = run(FACTS)
    told = json.loads(out)
    assert code == 0
    assert [forum["place"] for forum in told["forums"]] == ["无锡市滨湖区", "金华市婺城区"]
    assert all(forum["level"] == "basic" and forum["reasons"] for forum in told["forums"])
    assert all(reason["article"] for forum in told["forums"] for reason in forum["reasons"])


def test_no_court_at_all_is_the_answer_no() -> None:
    code, out, _err = run({**FACTS, "arbitration": "valid"})
    assert code == 1 and json.loads(out)["ruled_out"]


@pytest.mark.parametrize(
    "facts",
    ["", "[]", "{", {}, {"dispute": "theft"}, {**FACTS, "amount_fen": 1.5}, {**FACTS, "amount_fen": -1},
     {**FACTS, "is_foreign": "yes"}, {**FACTS, "debtor_place": 7}, {**FACTS, "debtor_place": "长" * 61},
     {**FACTS, "town": "无锡"}],
)  # fmt: skip
def test_bad_facts_end_with_a_sentence(facts: object) -> None:
    code, out, err = run(facts)
    assert (code, out) == (2, "") and len(err.splitlines()) == 2


def test_the_contract_names_each_fact_and_each_choice() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == {field.name for field in fields(JurisdictionFacts)}
    for key, found in CHOICES.items():
        assert SCHEMA["properties"][key]["enum"] == [one.value for one in found]
    assert not list(Draft202012Validator(SCHEMA).iter_errors(FACTS))
    assert not is_problem(read_jurisdiction_facts(json.dumps(FACTS)))


def test_the_page_needs_no_sign_in_and_its_link_makes_the_same_answer(cast: Cast) -> None:
    client, address = cast.clients["anonymous"], f"/s/{cast.site.slug}/calculators/jurisdiction/"
    assert client.get(address).status_code == 200
    asked = {"dispute": "construction", "property": "苏州市姑苏区", "creditor": "无锡", "debtor": "金华"}
    page = client.get(address, asked)
    text = page.content.decode()
    assert "苏州市姑苏区" in text and "专属" in text
    link = page.context["link"]
    again = client.get(link.removeprefix("http://testserver"))
    assert again.context["found"] == page.context["found"]
    assert again.context["link"] == link
    assert "这条路走不通" in client.get(address, {"arbitration": "valid"}).content.decode()
    assert client.get(address, {"dispute": "x", "amount": "abc"}).status_code == 200
