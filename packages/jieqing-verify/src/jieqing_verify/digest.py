"""SHA-256, SM3 and HMAC over both."""

import hashlib

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

COMMITMENT_LABEL = b"jieqing/evidence/v1/commitment"


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def sm3(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def commitment(field: str, text: str, salt: bytes) -> dict[str, str]:
    """What an entry holds of a personal field, in both algorithms."""
    message = b"\x00".join([COMMITMENT_LABEL, field.encode(), text.encode()])
    return {"sha256": _hmac(hashes.SHA256(), salt, message), "sm3": _hmac(hashes.SM3(), salt, message)}


def _hmac(algorithm: hashes.HashAlgorithm, key: bytes, message: bytes) -> str:
    code = HMAC(key, algorithm)
    code.update(message)
    return code.finalize().hex()
