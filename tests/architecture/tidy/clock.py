"""Only kernel/clock.py reads the time, so that a test or a replay can hold it still."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .dotted import dotted, imported_names
from .source import Breach, Source

_CLOCKS = {
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime",
    "django.utils.timezone.now", "django.utils.timezone.localtime", "django.utils.timezone.localdate",
}  # fmt: skip


def reads_the_clock(source: Source) -> Iterator[Breach]:
    """Naming such a function is enough: a model field's default reads the clock without a call in sight."""
    if not source.is_python or source.path == "src/jieqing/kernel/clock.py" or source.is_migration:
        return
    if source.parts[0] in {"benchmarks", "tools"}:
        return
    names = imported_names(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
            what = dotted(node, names)
            if what in _CLOCKS:
                yield source.breach("clock", node, f"{what} reads the clock; ask jieqing.kernel.clock")
