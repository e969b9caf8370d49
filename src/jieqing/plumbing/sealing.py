"""Small secrets at rest: sealed with a key that lies outside the database.

A copy of the database alone opens nothing; the keys stand in ``keys.json`` (see ``plumbing.keys``), one for each
purpose. The seal is authenticated (Fernet: AES-CBC with HMAC), so a changed byte is an error, not other text.
"""

import base64

from cryptography.fernet import Fernet

from jieqing.plumbing import keys


def seal(purpose: str, plain: bytes) -> bytes:
    """``plain`` as only the holder of this purpose's key can read it."""
    return _box(purpose).encrypt(plain)


def unseal(purpose: str, sealed: bytes) -> bytes:
    """What was sealed. Errors: cryptography's InvalidToken when the bytes were changed or sealed elsewhere."""
    return _box(purpose).decrypt(sealed)


def _box(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(keys.seed(f"seal.{purpose}")))
