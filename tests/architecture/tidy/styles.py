"""Size, names and templates: what keeps a file readable and a page safe."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from .source import Breach, Source

SOFT_LINES, HARD_LINES, FUNCTION_LINES = 300, 500, 70
_EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "misc"}
_UNESCAPED = re.compile(r"\|\s*(?:safe|safeseq)\b|\{%\s*autoescape\s+off\b")


def is_badly_named(source: Source) -> Iterator[Breach]:
    """A name says what is inside; these say that nobody knew."""
    for part in source.parts:
        if PurePosixPath(part).stem in _EMPTY_NAMES:
            yield source.breach("names", 1, f"{part} says nothing about its content")


def has_too_long_a_file(source: Source) -> Iterator[Breach]:
    """Rules live in short files; data and generated migrations are exempt."""
    if source.suffix not in {".py", ".js", ".mjs", ".css", ".html"} or source.is_migration:
        return
    length = len(source.lines)
    if length > HARD_LINES:
        yield source.breach("file-too-long", HARD_LINES, f"{length} lines; {HARD_LINES} is the limit")
    elif length > SOFT_LINES:
        yield source.breach("file-long", SOFT_LINES, f"{length} lines; {SOFT_LINES} is the aim")


def has_too_long_a_function(source: Source) -> Iterator[Breach]:
    if not source.is_python:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield source.breach(
                    "function-length", node, f"{node.name}: {length} lines; {FUNCTION_LINES} is the limit"
                )


def disables_escaping(source: Source) -> Iterator[Breach]:
    """Text from a ledger reaches a page only escaped."""
    if source.suffix not in {".html", ".svg", ".txt"} or "templates" not in source.parts:
        return
    for number, line in enumerate(source.lines, 1):
        if _UNESCAPED.search(line):
            yield source.breach("escaping", number, "a template shows text unescaped")
