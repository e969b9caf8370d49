"""Small secrets at rest: sealed with a key that lies outside the database.

A copy of the database alone opens nothing; the keys stand in ``keys.json`` (see ``plumbing.keys``), one for each
purpose. The seal is authenticated (Fernet: AES-CBC with HMAC), so a changed byte is an error, not other text.
"""

import base64
from collections.abc import Callable

from cryptography.fernet import Fernet

from jieqing.plumbing import keys

_columns: dict[tuple[str, str], str] = {}


def declare_column(table: str, column: str, purpose: str) -> None:
    """Name a column whose sealed text belongs to the site and is opened in its owner's full export.

    Codes and links that let somebody in are sealed too, but belong to one person for one moment: they are not named here.
    """
    if _columns.setdefault((table, column), purpose) != purpose:
        raise ValueError(f"{table}.{column} is sealed for two purposes")


def columns() -> dict[tuple[str, str], str]:
    return dict(_columns)


def seal(purpose: str, plain: bytes) -> bytes:
    """``plain`` as only the holder of this purpose's key can read it."""
    return _box(purpose).encrypt(plain)


def sealer(purpose: str) -> Callable[[bytes], bytes]:
    """``seal`` for many: the key is read once."""
    return _box(purpose).encrypt


def unseal(purpose: str, sealed: bytes) -> bytes:
    """What was sealed. Errors: cryptography's InvalidToken when the bytes were changed or sealed elsewhere."""
    return _box(purpose).decrypt(sealed)


def _box(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(keys.seed(f"seal.{purpose}")))
