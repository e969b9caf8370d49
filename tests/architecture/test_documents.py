"""Documents cannot fall behind: rooms, commands, decisions, the threat model and the API contract are checked."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "jieqing"
ROOMS = sorted(
    path
    for path in PACKAGE.glob("*/*")
    if (path / "__init__.py").exists() and path.parent.name not in {"kernel", "plumbing", "web"}
)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
ONE_SCREEN = 70


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: f"{room.parent.name}.{room.name}")
def test_every_room_says_what_it_owns_offers_and_holds_on_one_screen(room: Path) -> None:
    text = (room / "README.md").read_text(encoding="utf-8")
    assert re.match(r"# .+\n\n\S", text), "a title, then the room's job in a sentence"
    for heading in ("Owns", "Face", "Invariants?"):
        assert re.search(rf"^(## |- \*\*|\*\*){heading}\b", text, re.MULTILINE), (
            f"README says nothing under {heading}"
        )
    assert len(text.splitlines()) <= ONE_SCREEN


@pytest.mark.parametrize("wing", ["kernel", "plumbing"])
def test_the_ground_floors_say_what_they_hold(wing: str) -> None:
    assert "Invariants" in (PACKAGE / wing / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_every_decision_has_context_decision_consequences(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert text.startswith(f"# {decision.name[:4]} ")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences"]
    for part in re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]:
        assert len(part.split()) >= 10, "a decision is told in sentences"


def test_numbers_of_decisions_are_given_once() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))


def test_every_command_stands_in_the_reference() -> None:
    from tools.document_commands import DOCUMENT, reference

    assert DOCUMENT.read_text(encoding="utf-8") == reference(), "run python -m tools.document_commands"


def test_every_command_teaches() -> None:
    from tools.document_commands import leaves

    for words, command in leaves():
        assert command.help, f"jieqing {words} has no help"
        for parameter in command.params:
            if getattr(parameter, "opts", [""])[0].startswith("--"):
                assert getattr(parameter, "help", None), f"jieqing {words} {parameter.opts[0]} has no help"


def test_what_the_threat_model_names_exists() -> None:
    text = (ROOT / "THREAT_MODEL.md").read_text(encoding="utf-8")
    for path in re.findall(r"`((?:src|tests|packages|docs|tools)/[\w/.-]+)`", text):
        assert (ROOT / path).exists(), path
    for test in re.findall(r"`(test_\w+)`", text):
        assert any(
            f"def {test}(" in file.read_text("utf-8") for file in (ROOT / "tests").rglob("test_*.py")
        ), test


NO_CONTRACT = pytest.mark.skipif(
    not (ROOT / "contracts" / "openapi.json").exists(), reason="the API comes next"
)


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((ROOT / "contracts" / "openapi.json").read_text(encoding="utf-8"))
    return document


@NO_CONTRACT
def test_the_committed_contract_is_what_the_api_says() -> None:
    from jieqing.web.commands.openapi import openapi_text

    committed = (ROOT / "contracts" / "openapi.json").read_text(encoding="utf-8")
    assert committed == openapi_text(), "run jieqing openapi > contracts/openapi.json"


@NO_CONTRACT
def test_the_contract_is_openapi_3_1(contract: dict[str, Any]) -> None:
    assert re.fullmatch(r"3\.1\.\d+", contract["openapi"])
    assert contract["info"].keys() >= {"title", "version"}
    names = [operation["operationId"] for _, operation in _operations(contract)]
    assert len(names) == len(set(names))
    for path, operation in _operations(contract):
        assert operation.get("summary") or operation.get("description"), path
        assert operation["responses"], path
        in_path = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path)), path
        assert all(p["required"] for p in operation.get("parameters", []) if p["in"] == "path"), path


@NO_CONTRACT
def test_the_contracts_schemas_are_json_schema_2020_12(contract: dict[str, Any]) -> None:
    for schema in _schemas(contract):
        Draft202012Validator.check_schema(schema)


@NO_CONTRACT
def test_every_reference_of_the_contract_leads_somewhere(contract: dict[str, Any]) -> None:
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(contract)):
        place: Any = contract
        for part in reference.split("/"):
            assert part in place, reference
            place = place[part]


def _operations(contract: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(path, operation) for path, item in contract["paths"].items() for operation in item.values()]


def _schemas(contract: dict[str, Any]) -> list[dict[str, Any]]:
    found = list(contract.get("components", {}).get("schemas", {}).values())
    for _, operation in _operations(contract):
        found += [parameter["schema"] for parameter in operation.get("parameters", [])]
    return found
