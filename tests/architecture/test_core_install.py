"""What the platform imports at run time comes with the core lock: the test and bench extras would hide a missing package."""

import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.architecture.test_packages import imported

ROOT = Path(__file__).parents[2]
OURS = {"jieqing", "jieqing_verify", "tests"}
# Parts of the source that only tests load.
TEST_PARTS = {"tests", "testing"}


def locked() -> set[str]:
    lines = (ROOT / "locks" / "core.txt").read_text(encoding="utf-8").splitlines()
    return {found[1].lower() for line in lines if (found := re.match(r"([A-Za-z0-9._-]+)==", line))}


def missing(names: set[str]) -> set[str]:
    """Names whose distribution the core lock does not bring."""
    brought_by, core = packages_distributions(), locked()
    wanted = names - set(sys.stdlib_module_names) - OURS
    return {name for name in wanted if not {_plain(one) for one in brought_by.get(name, [name])} & core}


def _plain(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_every_import_at_run_time_comes_with_the_core() -> None:
    sources = [file for file in (ROOT / "src").rglob("*.py") if not TEST_PARTS & set(file.parts)]
    assert missing(set().union(*(imported(file.read_text(encoding="utf-8")) for file in sources))) == set()


def test_a_package_of_the_test_extra_is_seen() -> None:
    assert missing({"hypothesis", "django", "json"}) == {"hypothesis"}
