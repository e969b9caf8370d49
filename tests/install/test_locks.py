"""The locks: every version and digest, no host, the same version in each, and in step with what is asked for."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("core", "test", "bench", "node", "uv")


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / f"locks/{name}.txt").read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_has_digests_and_no_file_names_a_host(name: str) -> None:
    text = (ROOT / f"locks/{name}.txt").read_text()
    assert "://" not in text
    for block in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]:
        assert re.match(r"[a-z0-9._-]+==\S+ (; .+ )?\\\n    --hash=sha256:[0-9a-f]{64}", block), block.split(
            "\n"
        )[0]


def test_a_larger_lock_holds_the_smaller_at_the_same_versions() -> None:
    assert pins("core").items() <= pins("test").items() <= pins("bench").items()


def test_the_locks_are_in_step_with_pyproject() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = asked["project"]["optional-dependencies"]
    wanted = {
        "core": [*asked["project"]["dependencies"], *extras["build"]],
        "test": extras["test"],
        "bench": extras["bench"],
        "node": asked["dependency-groups"]["node"],
        "uv": asked["dependency-groups"]["uv"],
    }
    for name, requirements in wanted.items():
        names = {
            re.split(r"[\[<>=!~; ]", requirement)[0].lower().replace("_", "-") for requirement in requirements
        }
        assert names <= set(pins(name)), (
            f"make lock: {sorted(names - set(pins(name)))} missing in locks/{name}.txt"
        )


def test_heavy_parts_stay_out_of_the_core() -> None:
    heavy = {"pandas", "pyspark", "ifcopenshell", "flwr", "weasyprint", "playwright", "mypy", "pytest"}
    assert not heavy & set(pins("core"))


def test_the_front_end_lock_names_no_registry_and_trusts_only_digests() -> None:
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all("resolved" not in entry for entry in packages.values())
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    npmrc = (ROOT / "frontend/.npmrc").read_text().split()
    assert {"omit-lockfile-registry-resolved=true", "ignore-scripts=true"} <= set(npmrc)
