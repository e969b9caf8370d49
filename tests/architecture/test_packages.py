"""What leaves the house stands alone: packages import neither the platform, nor Django, nor anything that dials out."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "packages"
FORBIDDEN = {
    "jieqing",
    "django",
    "psycopg",
    "socket",
    "ssl",
    "http",
    "urllib",
    "requests",
    "httpx",
    "asyncio",
    "subprocess",
}
SOURCES = sorted(ROOT.glob("*/src/**/*.py"))


def imported(source: str) -> set[str]:
    """Top-level names of everything imported, inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_package_stands_alone(source: Path) -> None:
    assert imported(source.read_text(encoding="utf-8")) & FORBIDDEN == set()


@pytest.mark.parametrize(
    "breach",
    [
        "import django",
        "from jieqing.kernel import ids",
        "def f():\n    import urllib.request",
        "import http.client as c",
    ],
)
def test_a_breach_is_seen(breach: str) -> None:
    assert imported(breach) & FORBIDDEN
