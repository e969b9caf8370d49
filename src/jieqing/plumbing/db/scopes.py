"""The active site: one context manager sets both walls at once.

``site_scope(site_id)`` activates the django-scopes dimension ``site`` and, in the same breath, the PostgreSQL
setting ``jieqing.site_id`` which the row-level-security policies read. The setting is transaction-local, so a
pooled connection can never carry one site's view into another's request: unset means no rows.

Invariant: inside the block both walls name the same site; after it both name what they named before.
Refuses: a nested scope of another site inside one transaction unless the caller says ``switch=True`` (a bug
in a service would otherwise read across sites silently).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django_scopes import get_scope, scope

SITE_SETTING = "jieqing.site_id"
USER_SETTING = "jieqing.user_id"
T = TypeVar("T")
# What was read once for the whole of the outermost scope; None outside of any.
_read: ContextVar["dict[str, object] | None"] = ContextVar("site_scope_read", default=None)


class ScopeMismatch(RuntimeError):
    """A block for one site was opened inside a block for another."""


def set_local(setting: str, value: str, using: str = DEFAULT_DB_ALIAS) -> None:
    """Set a transaction-local PostgreSQL setting; outside a transaction it would be lost at once, so refuse."""
    connection = connections[using]
    if not connection.in_atomic_block:
        raise RuntimeError(f"{setting} must be set inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])


def active_site_id() -> UUID | None:
    return get_scope().get("site")


@contextmanager
def site_scope(site_id: UUID, *, using: str = DEFAULT_DB_ALIAS, switch: bool = False) -> Iterator[None]:
    """Make ``site_id`` the active site for reads and writes; opens a transaction when none is open."""
    previous = active_site_id()
    if previous == site_id and connections[using].in_atomic_block:
        yield
        return
    if previous not in (None, site_id) and not switch:
        raise ScopeMismatch(f"site {site_id} inside the scope of {previous}")
    nested = connections[using].in_atomic_block
    kept = _read.set({})
    try:
        with _walls(site_id, using, nested=nested, previous=previous):
            yield
    finally:
        _read.reset(kept)


@contextmanager
def _walls(site_id: UUID, using: str, *, nested: bool, previous: UUID | None) -> Iterator[None]:
    with transaction.atomic(using=using), scope(site=site_id):
        set_local(SITE_SETTING, str(site_id), using)
        yield
        # After an error nothing is restored here: the rollback to the savepoint does it, and SQL would only
        # hide the error behind "current transaction is aborted".
        if nested and not connections[using].needs_rollback:
            set_local(SITE_SETTING, str(previous) if previous else "", using)


def read_once(name: str, read: Callable[[], T]) -> T:
    """The answer of ``read``, asked once in a scope: for small facts of a site that every panel of a page asks for.

    Whoever writes the fact calls ``forget``. Outside a scope nothing is kept.
    """
    kept = _read.get()
    if kept is None:
        return read()
    if name not in kept:
        kept[name] = read()
    return kept[name]  # type: ignore[return-value]


def forget(name: str) -> None:
    """What was read under this name is read again."""
    if kept := _read.get():
        kept.pop(name, None)


@contextmanager
def user_scope(user_id: UUID, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let policies with a user clause (memberships) show this person's own rows before a site is chosen."""
    with transaction.atomic(using=using):
        set_local(USER_SETTING, str(user_id), using)
        yield
        if not connections[using].needs_rollback:
            set_local(USER_SETTING, "", using)
