"""Actor: who does something, as a value that rooms pass down and evidence keeps.

An Actor is resolved once, at the door (a request, a command, a job), and handed to every service. It is frozen: what
someone may do cannot grow on the way. It holds no name and no contact detail, so that its JSON form may stand in an
evidence entry for ever: `id` is a random or derived UUID, roles and clearances are codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

from jieqing.kernel.outcomes import JSON

_SYSTEM_NAMESPACE = UUID("8f3c1c52-7d7b-5a0e-9b57-2f6f3f0c9a11")


class ActorKind(StrEnum):
    """Member values stand in evidence entries: never rename one."""

    PERSON = "person"
    SERVICE = "service"
    SYSTEM = "system"
    ROBOT = "robot"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Actor:
    """`site_id` is None only for work on platform tables; `roles` are those held on that one site."""

    id: UUID
    kind: ActorKind
    site_id: UUID | None
    roles: frozenset[str] = frozenset()
    clearances: frozenset[str] = frozenset()

    @property
    def own_site(self) -> UUID:
        """Return the site acted on.

        Errors: ValueError for work of the platform, which belongs to no site and has no business there.
        """
        if self.site_id is None:
            raise ValueError("this work belongs to a site, and the actor acts on none")
        return self.site_id

    def as_json(self) -> dict[str, JSON]:
        """Return the form kept in evidence: sorted, so that equal actors give equal bytes."""
        return {
            "id": str(self.id),
            "kind": self.kind.value,
            "site_id": None if self.site_id is None else str(self.site_id),
            "roles": sorted(self.roles),
            "clearances": sorted(self.clearances),
        }

    @classmethod
    def from_json(cls, form: Mapping[str, JSON]) -> Actor:
        """Return the Actor that `as_json` described.

        Errors: KeyError, TypeError or ValueError when the form is not one that `as_json` wrote.
        """
        site_id = form["site_id"]
        return cls(
            id=UUID(_text(form["id"])),
            kind=ActorKind(_text(form["kind"])),
            site_id=None if site_id is None else UUID(_text(site_id)),
            roles=_codes(form["roles"]),
            clearances=_codes(form["clearances"]),
        )


def system_actor(site_id: UUID | None, name: str) -> Actor:
    """Return the Actor of a part of the platform that acts by itself (a job, the demo, the sequencer).

    The same name on the same site is always the same id; the role ``system:<name>`` says which part it was.
    """
    if not name:
        raise ValueError("a system actor needs a name")
    actor_id = uuid5(_SYSTEM_NAMESPACE, f"{site_id or 'platform'}/{name}")
    return Actor(actor_id, ActorKind.SYSTEM, site_id, frozenset({f"system:{name}"}))


def visitor_actor(site_id: UUID) -> Actor:
    """Return the Actor of somebody at a site's public pages, signed in or not: no role, no name, one id for all of them."""
    return Actor(uuid5(_SYSTEM_NAMESPACE, f"{site_id}/visitor"), ActorKind.VISITOR, site_id)


def _text(value: JSON) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, got {type(value).__name__}")
    return value


def _codes(value: JSON) -> frozenset[str]:
    if not isinstance(value, (list, tuple)):
        raise TypeError(f"expected a list of codes, got {type(value).__name__}")
    return frozenset(_text(item) for item in value)
