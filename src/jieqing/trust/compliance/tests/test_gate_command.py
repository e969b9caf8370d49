"""``jieqing gate``: one line in, one line out, nothing lost; a record replays."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from jieqing.trust.compliance.management.gate import gate
from jieqing.trust.compliance.tests.contacts import contact

OVERLAY = """
pack: site-one
title: {zh: 本站, en: This site}
source: policy
jurisdiction: any
overlay: true
tighten: [GATE-14]
rules:
  - id: ONE-1
    verdict: deny
    confidence: high
    article: {zh: 本站规则, en: Site rule}
    text: {zh: 不发短信, en: No messages}
    when: {fact: channel, in: [sms]}
"""


def run(*words: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(gate, list(words), input=given)


def decide(*facts: Any, extra: tuple[str, ...] = ()) -> tuple[list[Any], int]:
    given = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in facts)
    found = run("decide", "--facts", "-", "--json", *extra, given=given)
    return [json.loads(line) for line in found.stdout.splitlines()], found.exit_code


def test_one_answer_a_line_and_zero_whatever_the_verdict() -> None:
    answers, code = decide(contact(), contact(refused=True, role="contact_person"), "", contact())
    assert [answer["verdict"] for answer in answers] == ["allow", "deny", "allow"]
    assert code == 0
    assert set(answers[0]) >= {"verdict", "not_before", "reasons", "facts_digest", "pack_digest"}
    assert set(answers[1]["reasons"][0]) >= {"rule", "article", "pack", "text"}


@pytest.mark.parametrize(
    "bad", ["{", "[]", "7", '{"at": 1}', '{"at": "x", "at": "y"}', '{"counts": {"robot_calls_7d": 1.5}}']
)
def test_a_bad_line_is_denied_told_and_keeps_its_place(bad: str) -> None:
    found = run(
        "decide", "--facts", "-", "--json", given=f"{json.dumps(contact())}\n{bad}\n{json.dumps(contact())}\n"
    )
    answers = [json.loads(line) for line in found.stdout.splitlines()]
    assert [answer["verdict"] for answer in answers] == ["allow", "deny", "allow"]
    assert answers[1]["line"] == 2 and answers[1]["facts_digest"] is None
    assert "第 2 行" in found.stderr or "line 2" in found.stderr
    assert found.exit_code == 2


def test_bytes_that_are_no_text_are_told() -> None:
    found = run("decide", "--facts", "-", "--json", given=b"\xff\xfe\n{}\n")
    assert found.exit_code == 2 and len(found.stdout.splitlines()) == 2


@pytest.mark.parametrize("given", ["", "\n\n"])
def test_nothing_to_judge_is_told(given: str) -> None:
    found = run("decide", "--facts", "-", "--json", given=given)
    assert found.exit_code == 2 and found.stderr


def test_a_file_that_is_not_there_is_told() -> None:
    found = run("decide", "--facts", "/nowhere/facts.jsonl", "--json")
    assert found.exit_code == 2 and "/nowhere/facts.jsonl" in found.stderr


def test_unknown_keys_are_told_and_digested() -> None:
    (plain, named), code = decide(contact(), contact(colour="red"))
    assert code == 0
    assert plain["verdict"] == named["verdict"] and plain["facts_digest"] != named["facts_digest"]


def test_what_was_decided_replays_and_what_was_changed_does_not(tmp_path: Path) -> None:
    answers, _ = decide(contact(), contact(at="2026-11-22T23:00:00+08:00"))
    file = tmp_path / "records.jsonl"
    file.write_text("\n".join(json.dumps(one) for one in answers), encoding="utf-8")
    assert run("replay", str(file), "--json").exit_code == 0
    answers[1]["verdict"] = "allow"
    answers[1]["facts"]["refused"] = True
    file.write_text("\n".join(json.dumps(one) for one in answers), encoding="utf-8")
    found = run("replay", str(file), "--json")
    assert found.exit_code == 1
    first, second = (json.loads(line) for line in found.stdout.splitlines())
    assert first["same"] and second["differences"] == ["facts_digest", "verdict"]


def test_a_record_may_hold_its_answer_under_verdict() -> None:
    (answer,), _ = decide(contact())
    record = json.dumps({"facts": answer.pop("facts"), "verdict": answer})
    assert run("replay", "-", given=record).exit_code == 0


def test_what_is_no_record_is_told() -> None:
    found = run("replay", "-", "--json", given=json.dumps(contact()))
    assert found.exit_code == 2 and found.stderr


def test_an_overlay_tightens(tmp_path: Path) -> None:
    file = tmp_path / "site-one.yaml"
    file.write_text(OVERLAY, encoding="utf-8")
    asked = (contact(channel="sms"), contact(scan_verdict="needs_approval"), contact())
    before, _ = decide(*asked)
    after, code = decide(*asked, extra=("--overlay", str(file)))
    assert [one["verdict"] for one in before] == ["allow", "needs_approval", "allow"]
    assert [one["verdict"] for one in after] == ["deny", "deny", "allow"]
    assert code == 0 and before[2]["pack_digest"] != after[2]["pack_digest"]


def test_an_overlay_that_raises_nothing_known_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "site-one.yaml"
    file.write_text(OVERLAY.replace("GATE-14", "GATE-99"), encoding="utf-8")
    assert run("decide", "--facts", "-", "--overlay", str(file), given="{}").exit_code == 2
