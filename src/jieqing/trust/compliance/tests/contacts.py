"""Contacts for tests: one that every shipped pack allows, and small changes of it."""

from __future__ import annotations

import copy
from typing import Any

from jieqing.trust.compliance.engine.lawful_contact import LAWFUL, nested

ALLOWED: dict[str, Any] = nested({"at": "2026-11-22T10:00:00+08:00", **LAWFUL})


def contact(**changes: Any) -> dict[str, Any]:
    """The allowed contact with changes; ``counts__robot_calls_7d=3`` reaches inside."""
    found = copy.deepcopy(ALLOWED)
    for name, value in changes.items():
        holder, _, inner = name.partition("__")
        if inner:
            found[holder][inner] = value
        else:
            found[holder] = value
    return found


def without(name: str, **changes: Any) -> dict[str, Any]:
    """The same with one fact absent."""
    found = contact(**changes)
    holder, _, inner = name.partition(".")
    if inner:
        del found[holder][inner]
    else:
        del found[holder]
    return found
