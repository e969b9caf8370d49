"""Money and tables: no floats near amounts, one door to an object, one place that writes it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from .dotted import dotted, imported_names
from .source import Breach, Source

_MANAGERS = {"objects", "default_manager", "_default_manager", "_base_manager"}
_SYNC_WRITES = {
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
}
_WRITES = _SYNC_WRITES | {f"a{name}" for name in _SYNC_WRITES}
_INSTANCE_WRITES = {"save", "delete", "asave", "adelete"}
# The evidence sequencer is a process and a database role of its own: it writes its room's log beside the services.
_SEQUENCER = "src/jieqing/trust/evidence/sequencer"
_SQL_WRITE = re.compile(
    r"\s*(?:WITH\b.*\b)?(?:INSERT\s+INTO|UPDATE\s+\S+\s+(?:AS\s+\w+\s+)?SET|DELETE\s+FROM|MERGE\s+INTO|COPY\s+\S+)\s",
    re.S,
)
_SIGNALS = {
    f"django.db.models.signals.{name}"
    for name in ("pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed")
}
_UNGUARDED_READS = {"django.shortcuts.get_object_or_404", "django.shortcuts.aget_object_or_404"}


def uses_floats(source: Source) -> Iterator[Breach]:
    """Money is whole; in the kernel and the engines of claims and settlement nothing is turned into a float."""
    is_near_money = source.wing == "kernel" or (
        source.wing in {"claims", "settlement"} and source.inside_room == "engine"
    )
    if not source.is_python or source.is_test or not is_near_money:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
            yield source.breach("floats", node, "float() near money")


def gets_objects_without_access(source: Source) -> Iterator[Breach]:
    """A page or route reaches an object only through access.py, where the actor is asked for."""
    is_door = "pages" in source.parts or source.parts[-1] == "api.py"
    if not source.is_python or not is_door:
        return
    names = imported_names(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and (
            dotted(node.func, names) in _UNGUARDED_READS or _called_on_manager(node, {"get", "aget"})
        ):
            yield source.breach("access", node, "an id becomes an object through access.py only")


def listens_to_model_signals(source: Source) -> Iterator[Breach]:
    """Business rules travel as events, where one file shows them all; model signals hide them."""
    if not source.is_python:
        return
    names = imported_names(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, (ast.Name, ast.Attribute)) and dotted(node, names) in _SIGNALS:
            yield source.breach("signals", node, "model signals are not used; publish an event")
        elif isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals":
            for alias in node.names:
                if f"{node.module}.{alias.name}" in _SIGNALS:
                    yield source.breach("signals", node, "model signals are not used; publish an event")


def writes_outside_services(source: Source) -> Iterator[Breach]:
    """A table is written by its own room's services and by nothing else, in Python or in SQL.

    Saving and deleting an object are told from files and workbooks by their arguments: a model takes none by position.
    """
    if not source.is_python or source.is_test or source.is_migration or source.parts[0] != "src":
        return
    if source.wing == "kernel" or source.inside_room == "services" or source.path.startswith(_SEQUENCER):
        return
    if source.wing == "plumbing" and source.parts[-1] == "services.py":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and (_called_on_manager(node, _WRITES) or _saves_an_object(node)):
            yield source.breach("writes", node, "a write outside services")
        elif source.inside_room and isinstance(node, ast.Constant) and _SQL_WRITE.match(str(node.value)):
            yield source.breach("writes", node, "SQL that writes, outside services")


def _called_on_manager(call: ast.Call, verbs: set[str]) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in verbs and _manager_in(call.func.value)


def _saves_an_object(call: ast.Call) -> bool:
    is_method = isinstance(call.func, ast.Attribute) and call.func.attr in _INSTANCE_WRITES
    return is_method and not call.args and not _is_super(call.func)


def _manager_in(node: ast.expr) -> bool:
    """Whether a chain such as ``Item.objects.filter(...).order_by(...)`` starts at a manager."""
    while True:
        if isinstance(node, ast.Attribute):
            if node.attr in _MANAGERS:
                return True
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            return False


def _is_super(method: ast.expr) -> bool:
    match method:
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super"))):
            return True
        case _:
            return False
