"""The form of a worked contact: its facts, the reasons it must get, and when it could be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jieqing.trust.compliance.tests.contacts import contact

Changes = dict[str, Any]

# A contact person of a debtor whose number is dead, asked where the debtor is.
THIRD: Changes = {
    "role": "contact_person", "purpose": "locate", "discloses_debt": False, "number_valid": False,
}  # fmt: skip


@dataclass(frozen=True)
class Edge:
    """One contact, the rules that must be its reasons (in any order), and when it could be made."""

    title: str
    facts: dict[str, Any]
    rules: tuple[str, ...] = ()
    not_before: str | None = None
    verdict: str = "deny"


def allowed(title: str, **changes: Any) -> Edge:
    return Edge(title, contact(**changes), verdict="allow")


def both_sides(
    title: str,
    wrong: Changes,
    right: Changes,
    *rules: str,
    base: Changes | None = None,
    not_before: str | None = None,
    verdict: str = "deny",
) -> tuple[Edge, Edge]:
    """A contact just beyond an edge, with every rule it meets there, and the one just before it, which is allowed."""
    start = base or {}
    return (
        Edge(title, contact(**(start | wrong)), rules, not_before, verdict),
        Edge(f"not: {title}", contact(**(start | right)), verdict="allow"),
    )
