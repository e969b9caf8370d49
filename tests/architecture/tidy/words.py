"""Words that do not belong in the tree: unfinished business, and the machine somebody worked on."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator

from .source import Breach, Source

_OWED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b(?!\s*\(#\d+\))")
_COMMENT_STARTS = {
    ".js": "//|/\\*",
    ".mjs": "//|/\\*",
    ".css": "/\\*",
    ".html": "\\{#|<!--",
    ".sh": "#",
    ".sql": "--",
}

# Written in two halves, so that this file does not name what it looks for.
_FOLDERS = "|".join(("work", "root", "home", "Users"))
_HOSTS = "|".join(
    ("pypi" r"\.org", "python" r"hosted\.org", "npm" r"js\.(?:org|com)", "npm" r"mirror\.com", "/simple/")
)
_MACHINE = re.compile(rf"(?<![\w.~$}}/])/(?:{_FOLDERS})/|\b(?:[\w-]+\.)*(?:{_HOSTS})|\bfile:" r"///")


def owes_work_without_an_issue(source: Source) -> Iterator[Breach]:
    """A comment that promises work names the issue: ``TODO (#12)``."""
    for number, comment in _comments(source):
        if _OWED.search(comment):
            yield source.breach("owed-work", number, "unfinished work needs its issue: (#12)")


def names_a_machine(source: Source) -> Iterator[Breach]:
    """No path of somebody's machine and no registry host: a clone works where it stands."""
    for number, line in enumerate(source.lines, 1):
        found = _MACHINE.search(line)
        if found:
            yield source.breach("machine", number, f"{found[0]!r} exists on one machine only")


def _comments(source: Source) -> Iterator[tuple[int, str]]:
    if source.is_python:
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
    elif source.suffix in _COMMENT_STARTS:
        start = re.compile(_COMMENT_STARTS[source.suffix])
        for number, line in enumerate(source.lines, 1):
            found = start.search(line)
            if found:
                yield number, line[found.start() :]
