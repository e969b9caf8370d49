"""``jieqing evidence`` as it is called from outside."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from jieqing.kernel.ids import new_id
from jieqing.trust.evidence.management.cli import evidence
from jieqing.trust.evidence.tests.log import Log, add_entries
from jieqing_verify.cli import main as verify

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "sequencer"])


def call(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(evidence, list(arguments), catch_exceptions=False)
    return result.exit_code, result.stdout


def test_an_exported_bundle_is_verified_by_the_command_that_needs_nothing_of_ours(
    log: Log, tmp_path: Path
) -> None:
    site, chain = new_id(), new_id()
    entry_id = str(add_entries(1, site, chain)[0])
    out, policy = tmp_path / "one.evidence.zip", tmp_path / "policy"
    assert call("export", entry_id, "--out", str(out))[0] == 2, "nothing is published yet"
    log.settle()
    assert call("policy", "--out", str(policy))[0] == 0
    for case in (entry_id, str(chain), "tests.thing:1"):
        code, told = call("export", case, "--out", str(out), "--json")
        assert code == 0
        assert json.loads(told) == {
            "file": str(out),
            "entries": 1,
            "levels": {
                "L0": "absent",
                "L1": "ok",
                "L2": "ok",
                "L3": "absent",
                "L4": "absent",
                "L5": "absent",
            },
        }
        assert verify([str(out), "--policy", str(policy)]) == 0
    code, told = call("show", entry_id)
    assert (code, json.loads(told)["state"], json.loads(told)["index"]) == (0, "published", 0)


def test_a_case_of_several_entries_is_one_file_that_verifies_and_shows_any_damage(
    log: Log, tmp_path: Path
) -> None:
    site, chain = new_id(), new_id()
    add_entries(3, site, chain)
    log.settle()
    out, policy = tmp_path / "case.evidence.zip", tmp_path / "policy"
    assert call("policy", "--out", str(policy))[0] == 0
    code, told = call("export", str(chain), "--out", str(out), "--json")
    assert (code, json.loads(told)["entries"]) == (0, 3)
    assert json.loads(told)["levels"]["L2"] == "ok"
    assert verify([str(out), "--policy", str(policy)]) == 0
    data = bytearray(out.read_bytes())
    data[len(data) // 2] ^= 1
    out.write_bytes(bytes(data))
    assert verify([str(out), "--policy", str(policy)]) == 1


def test_what_cannot_be_exported_is_said(log: Log, tmp_path: Path) -> None:
    out = str(tmp_path / "x")
    assert call("export", "nothing", "--out", out)[0] == 2
    add_entries(2, new_id())
    assert call("export", "tests.thing:1", "--out", out)[0] == 2
    platform = str(add_entries(1)[0])
    assert call("export", platform, "--out", out)[0] == 2
    assert not Path(out).exists()
