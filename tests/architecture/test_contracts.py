"""``make check`` fails on a deliberate breach of each rule: planted into a copy of the tree, seen to fail by name."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.breaches import IMPORT_BREACHES, LAWFUL, Breach

ROOT = Path(__file__).parents[2]
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
NOT_WINGS = {"kernel", "plumbing", "web"}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "src", tree / "src", ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    shutil.copytree(ROOT / "tools", tree / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    return tree


@pytest.fixture
def plant(copied: Path) -> Iterator:
    """Write files under ``src/jieqing`` of the copy; gone after the test."""
    package = copied / "src" / "jieqing"
    before = {path: path.read_bytes() for path in package.rglob("*.py")}

    def write(files: dict[str, str]) -> None:
        for name, text in files.items():
            path = package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text or not path.exists():
                path.write_text(text)

    yield write
    for path in package.rglob("*.py"):
        if path not in before:
            path.unlink()
        elif path.read_bytes() != before[path]:
            path.write_bytes(before[path])
    for folder in sorted((path for path in package.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def run(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "COLUMNS": "400", "NO_COLOR": "1"}
    program = Path(sys.executable).with_name(command[0])
    return subprocess.run(
        [str(program), *command[1:]], cwd=tree, env=environment, capture_output=True, text=True, check=False
    )


def lint(tree: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [part for contract in contracts for part in ("--contract", contract)]
    return run(tree, "lint-imports", "--no-logo", "--no-cache", *chosen)


def test_the_tree_as_it_stands_keeps_every_contract(copied: Path) -> None:
    result = lint(copied)
    assert result.returncode == 0, result.stdout
    assert f"{len(CONTRACTS)} kept, 0 broken" in result.stdout


@pytest.mark.parametrize("breach", IMPORT_BREACHES, ids=lambda breach: breach.label)
def test_a_breach_is_seen_and_named(breach: Breach, copied: Path, plant) -> None:
    plant(breach.files)
    result = lint(copied, breach.contract)
    assert result.returncode != 0
    assert f"{CONTRACTS[breach.contract]['name']} BROKEN" in result.stdout
    assert breach.says in re.sub(r"\s+", " ", result.stdout), result.stdout


def test_every_contract_has_a_breach() -> None:
    assert {breach.contract for breach in IMPORT_BREACHES} == set(CONTRACTS)


def test_what_the_plan_allows_stays_allowed(copied: Path, plant) -> None:
    plant(LAWFUL)
    result = lint(copied, "private", "wings", "inside")
    assert result.returncode == 0, result.stdout


def test_every_room_stands_in_the_order_of_its_wing() -> None:
    """A new room must be placed: the layer contracts name rooms, so a room without a place would be unheld."""
    package = ROOT / "src" / "jieqing"
    rooms = {
        f"jieqing.{path.parent.name}.{path.name}"
        for path in package.glob("*/*")
        if (path / "__init__.py").exists() and path.parent.name not in NOT_WINGS and path.name != "tests"
    }
    placed = {
        name.strip(" ()")
        for contract in CONTRACTS.values()
        if contract["type"] == "layers" and "containers" not in contract
        for layer in contract["layers"]
        for name in layer.split("|")
    }
    assert rooms <= placed


@pytest.mark.parametrize(
    ("command", "says", "text"),
    [
        (("ruff", "check", "src"), "F401", "import json\n"),
        (("ruff", "check", "src"), "DTZ005", "from datetime import datetime\n\nNOW = datetime.now()\n"),
        (("ruff", "format", "--check", "src"), "would be reformatted", "x = {  'a':1 }\n"),
        (
            ("mypy", "-m", "jieqing.kernel.planted_breach"),
            "return-value",
            'def one() -> int:\n    return "1"\n',
        ),
        (("mypy", "-m", "jieqing.kernel.planted_breach"), "no-untyped-def", "def one():\n    return 1\n"),
        (("mypy", "-m", "jieqing.kernel.planted_breach"), "type-arg", "def one(x: list) -> None: ...\n"),
    ],
)
def test_ruff_and_mypy_see_a_breach(command, says: str, text: str, copied: Path, plant) -> None:
    plant({"kernel/planted_breach.py": text})
    result = run(copied, *command)
    assert result.returncode != 0
    assert says in result.stdout, result.stdout + result.stderr


def test_engines_of_new_rooms_are_typed_strictly(copied: Path, plant) -> None:
    plant(
        {
            "claims/newborn/__init__.py": "",
            "claims/newborn/engine/__init__.py": "",
            "claims/newborn/engine/rule.py": "def one(x: dict) -> None: ...\n",
            "claims/newborn/selectors.py": "def one(x: dict) -> None: ...\n",
        }
    )
    strict = run(copied, "mypy", "-m", "jieqing.claims.newborn.engine.rule")
    assert "type-arg" in strict.stdout
    loose = run(copied, "mypy", "-m", "jieqing.claims.newborn.selectors")
    assert loose.returncode == 0, loose.stdout


def test_make_check_runs_all_four() -> None:
    makefile = (ROOT / "Makefile").read_text()
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe, "the Makefile has no target check"
    for command in ("ruff format --check", "ruff check", "mypy", "lint-imports"):
        assert command in recipe[1]
