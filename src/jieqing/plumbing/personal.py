"""The register of personal fields: what is kept about people, on what ground, for how long, shown how.

Each room's ``privacy.py`` declares its fields when its app starts. What is not declared may not be stored: a test
walks every model and fails on a field that names a person and has no entry.

Invariant: one entry for each ``table.column``; every entry has a legal basis, a purpose and a retention.
Source: 《个人信息保护法》6 (purpose, minimum), 13 (basis), 19 (retention), 51 (classified management).
"""

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Basis(StrEnum):
    """Grounds of 《个人信息保护法》13(1)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_DUTY = "legal_duty"
    PUBLIC_LAWFUL = "public_lawful"


class Mask(StrEnum):
    """How the field is shown to someone who may see that it exists, but not what it says."""

    NONE = "none"
    NAME = "name"  # 张*
    TAIL = "tail"  # ****1234
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class PersonalField:
    """One column that says something about a person. ``retention_days`` counts from the end of the purpose."""

    table: str
    column: str
    basis: Basis
    purpose_zh: str
    purpose_en: str
    retention_days: int
    mask: Mask
    is_sensitive: bool = False


_register: dict[tuple[str, str], PersonalField] = {}


def declare(*fields: PersonalField) -> None:
    """Add entries; the same entry twice is harmless, two different entries for one column are a bug."""
    for field in fields:
        if not (field.purpose_zh and field.purpose_en and field.retention_days > 0):
            raise ValueError(f"{field.table}.{field.column}: purpose and retention are required")
        if _register.setdefault((field.table, field.column), field) != field:
            raise ValueError(f"{field.table}.{field.column} is declared twice with different words")


def declared() -> list[PersonalField]:
    return sorted(_register.values(), key=lambda field: (field.table, field.column))


def is_declared(table: str, column: str) -> bool:
    return (table, column) in _register


class RoomConfig(AppConfig):
    """An app config that loads the room's ``privacy.py`` at start-up, so that no room can forget to.

    Django takes the only config of an ``apps.py`` for an app's own; the imported base would make two, and Django
    would silently fall back to a config of its own. So the base steps aside and each room's steps forward.
    """

    default = False

    def __init_subclass__(cls, **extra: object) -> None:
        super().__init_subclass__(**extra)
        cls.default = True

    def ready(self) -> None:
        if find_spec(f"{self.name}.privacy"):
            import_module(f"{self.name}.privacy")
