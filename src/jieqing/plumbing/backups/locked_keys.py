"""The key file inside a backup: locked with a passphrase, or left out.

A backup with readable keys would be everything a thief needs (see ``docs/operating.md``), so keys are never put into it
in clear. With a passphrase they go in locked: scrypt (2^17, 8, 1) makes the key, AES-256-GCM locks and authenticates.
Without one they stay out and the manifest says so; then a restore needs the key file from where it is kept. Either
way the manifest holds a fingerprint, so that a restore with other keys is refused before anything is written.

Source: RFC 7914 (scrypt), NIST SP 800-38D (GCM).
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from jieqing.plumbing.faults import Fault

PASSPHRASE_CHARACTERS_MIN = 16
_LABEL = b"jieqing-backup-keys/1"
_N, _R, _P = 1 << 17, 8, 1
# Passwords of the database belong to a server, not to the data; a restored place makes its own.
_OF_THE_SERVER = "postgres."


def lock(keys: Mapping[str, str], passphrase: str) -> bytes:
    """The keys as bytes that only the passphrase opens.

    Errors: Fault for a passphrase that is too short to stand alone against guessing.
    """
    if len(passphrase) < PASSPHRASE_CHARACTERS_MIN:
        raise Fault(
            f"备份口令至少 {PASSPHRASE_CHARACTERS_MIN} 个字符：拿到备份的人可以离线猜测。",
            f"The passphrase of a backup has at least {PASSPHRASE_CHARACTERS_MIN} characters: "
            "whoever holds the backup can guess offline.",
        )
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    plain = json.dumps(_of_the_data(keys), sort_keys=True).encode()
    locked = AESGCM(_derived(passphrase, salt)).encrypt(nonce, plain, _LABEL)
    parts = {"salt": salt, "nonce": nonce, "locked": locked}
    told = {name: base64.b64encode(value).decode() for name, value in parts.items()}
    return json.dumps({"format": _LABEL.decode(), "kdf": ["scrypt", _N, _R, _P], **told}).encode() + b"\n"


def unlock(data: bytes, passphrase: str) -> dict[str, str]:
    """The keys. Errors: Fault when the passphrase is another one or the bytes were changed."""
    try:
        told = json.loads(data)
        salt, nonce, locked = (base64.b64decode(told[name]) for name in ("salt", "nonce", "locked"))
        opened: dict[str, str] = json.loads(AESGCM(_derived(passphrase, salt)).decrypt(nonce, locked, _LABEL))
    except (InvalidTag, ValueError, KeyError):
        raise Fault(
            "备份中的密钥打不开：口令不对，或文件被改动过。",
            "The keys in the backup cannot be opened: another passphrase, or the file was changed.",
        ) from None
    return opened


def fingerprint(keys: Mapping[str, str]) -> dict[str, str]:
    """A digest of each key of the data; keys are random and long, so their digests give nothing away."""
    return {
        name: hashlib.sha256(f"{name}\n{value}".encode()).hexdigest()
        for name, value in sorted(_of_the_data(keys).items())
    }


def _of_the_data(keys: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in keys.items() if not name.startswith(_OF_THE_SERVER)}


def _derived(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_N, r=_R, p=_P).derive(passphrase.encode())
