"""The command, its exit codes, the sample, and that schema and reader agree on what is good input."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from worldlet import contact, register

from jieqing_sendlog import BadInput, read_contact, read_log, read_register
from jieqing_sendlog.cli import main
from jieqing_sendlog.rows import ROWS

CONTRACTS = Path(__file__).resolve().parents[3] / "contracts"
LOG, REGISTER = CONTRACTS / "send-log" / "sample.jsonl", CONTRACTS / "send-log" / "sample.register.json"


def schema(name: str) -> Any:
    return json.loads((CONTRACTS / name).read_text(encoding="utf-8"))


def test_the_sample_breaks_three_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(LOG), "--register", str(REGISTER), "--json"]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["contact"], one["rule"]) for one in told] == [
        ("c4", "GBT-06"), ("c6", "GBT-02"), ("c6", "CBA-03"), ("c5", "GBT-05"), ("c5", "CBA-01"),
    ]  # fmt: skip
    assert told[0]["article"] == "GB/T 45251—2025 5.3"
    assert set(told[0]) == {"contact", "at", "rule", "article", "reading", "text_zh", "text_en", "detail"}


def test_nothing_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text(json.dumps(contact()) + "\n\n", encoding="utf-8")
    assert main(["check", str(log), "--register", str(REGISTER)]) == 0
    assert "1 contacts, 0 violations" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    ["not json", "[]", '{"id": "x"}', *(
        json.dumps(contact(**spoiled))
        for spoiled in (
            {"at": "2026-11-10T12:00:00"}, {"at": "yesterday"}, {"channel": "pigeon"}, {"outcome": "fine"},
            {"person": "nobody"}, {"debt": "none"}, {"site": "none"}, {"creditor": "other"}, {"staff": "ann"},
            {"recorded": "yes"}, {"id": None},
        )
    )],
)  # fmt: skip
def test_what_cannot_be_judged_is_refused(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text(line + "\n", encoding="utf-8")
    assert main(["check", str(log), "--register", str(REGISTER), "--json"]) == 2
    told = capsys.readouterr()
    assert "line 1" in told.err
    assert told.out == ""


def test_the_same_id_twice_and_files_that_are_not_there(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text((json.dumps(contact()) + "\n") * 2, encoding="utf-8")
    assert main(["check", str(log), "--register", str(REGISTER)]) == 2
    assert main(["check", str(tmp_path / "none"), "--register", str(REGISTER)]) == 2
    assert main(["check", str(LOG), "--register", str(LOG)]) == 2


@pytest.mark.parametrize(
    "spoiled",
    [
        {"persons": {"debtor": {"zones": [[None, "Mars/Olympus"]]}}},
        {"persons": {"debtor": {"minor": [["2026-01-01T00:00:00", None]]}}},
        {"debts": {"loan": {"debtor": "nobody"}}},
        {"agreements": [{"person": "debtor", "hours": [["evening", "late"]]}]},
    ],
)
def test_a_register_that_cannot_be_used(spoiled: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        read_register(register(**spoiled))


def test_another_version_is_refused() -> None:
    with pytest.raises(BadInput):
        read_register({**register(), "format": "jieqing/send-register/2"})


def test_sample_and_small_world_fit_the_schemas() -> None:
    line, standing = schema("send-log.schema.json"), schema("send-register.schema.json")
    jsonschema.validate(register(), standing)
    jsonschema.validate(json.loads(REGISTER.read_text(encoding="utf-8")), standing)
    for row in LOG.read_text(encoding="utf-8").splitlines():
        jsonschema.validate(json.loads(row), line)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(contact(channel="pigeon"), line)


def test_the_schema_names_what_the_reader_reads() -> None:
    from dataclasses import fields

    from jieqing_sendlog.contact import CHANNELS, OUTCOMES, PURPOSES, Contact

    line = schema("send-log.schema.json")
    assert set(line["properties"]) == {field.name for field in fields(Contact)}
    for key, known in (("channel", CHANNELS), ("outcome", OUTCOMES), ("purpose", PURPOSES)):
        assert set(line["properties"][key]["enum"]) == known


def test_unknown_keys_are_ignored_and_absent_marks_are_not_made() -> None:
    assert read_contact({**contact(), "weather": "rain"}).recorded
    bare = {key: value for key, value in contact().items() if key != "recorded"}
    assert not read_contact(bare).recorded


def test_a_contact_needs_its_people_in_the_register() -> None:
    standing = read_register(register())
    assert len(list(read_log([json.dumps(contact())], standing))) == 1


def test_every_row_speaks_both_languages() -> None:
    for row in ROWS.values():
        assert row.article
        assert any("一" <= sign <= "鿿" for sign in row.zh)
        assert row.en.isascii() or "–" in row.en
