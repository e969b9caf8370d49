"""One file as the rules see it, and the files of the tree."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[3]

# What tools write and nobody commits.
_NOT_OURS = {"node_modules", "dist", "build", "__pycache__", "screenshots"}
_TEXT = {
    ".cfg", ".css", ".csv", ".html", ".in", ".ini", ".js", ".json", ".md", ".mjs", ".po", ".py", ".pyi", ".sh", ".sql",
    ".svg", ".toml", ".txt", ".typ", ".yaml", ".yml", "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Breach:
    rule: str
    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what} [{self.rule}]"


@dataclass(frozen=True)
class Source:
    """`path` is relative to the checkout, with forward slashes."""

    path: str
    text: str

    @property
    def parts(self) -> tuple[str, ...]:
        return PurePosixPath(self.path).parts

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.path).suffix

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def is_python(self) -> bool:
        return self.suffix == ".py"

    @property
    def is_test(self) -> bool:
        return (
            self.parts[0] == "tests"
            or bool({"tests", "testing"} & set(self.parts))
            or self.parts[-1] == "conftest.py"
        )

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts

    @property
    def wing(self) -> str:
        return self.parts[2] if self.parts[:2] == ("src", "jieqing") and len(self.parts) > 3 else ""

    @property
    def inside_room(self) -> str:
        """The part of a room that a file is: ``services`` for services.py and for services/import.py."""
        is_room = self.wing not in ("", "kernel", "plumbing", "web") and len(self.parts) > 4
        return PurePosixPath(self.parts[4]).stem if is_room else ""

    def breach(self, rule: str, where: ast.AST | int, what: str) -> Breach:
        line = where if isinstance(where, int) else getattr(where, "lineno", 1)
        return Breach(rule, self.path, line, what)


Rule = Callable[[Source], Iterator[Breach]]


def sources(root: Path = ROOT) -> Iterator[Source]:
    """Yield every text file of the checkout that is ours."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in _NOT_OURS and not _is_hidden(name))
        for name in sorted(files):
            file = Path(folder) / name
            text = (
                _text_of(file) if name != ".git" and file.suffix in _TEXT and not file.is_symlink() else None
            )
            if text is not None:
                yield Source(file.relative_to(root).as_posix(), text)


def _text_of(file: Path) -> str | None:
    """The text of a file, nothing for one of another encoding (an import's test input, a binary without a suffix)."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        if file.suffix == ".py":
            raise
        return None


def _is_hidden(name: str) -> bool:
    return (name.startswith(".") and name != ".ci") or name.endswith(".egg-info")
