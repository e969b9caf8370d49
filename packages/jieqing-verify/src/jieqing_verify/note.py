"""Signed notes, checkpoints and proof files, read strictly.

Every number and every base64 text has one spelling; another one is refused, so that no byte of a note can change
unnoticed. Signatures by keys that the policy does not name are ignored, as the specification asks.

Source: C2SP signed-note, tlog-checkpoint, tlog-proof, tlog-cosignature.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from jieqing_verify.result import Invalid

ED25519, COSIGNATURE = 0x01, 0x04
SIGNATURES_MAX = 100
PROOF_HEADER = "c2sp.org/tlog-proof@v1"
_PATH_MAX = 63
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
_KEY_BYTES, _HASH_BYTES, _SIGNATURE_BYTES, _TIME_BYTES = 32, 32, 64, 8


@dataclass(frozen=True)
class VerifierKey:
    """A public key under a name, as a policy lists it (vkey)."""

    name: str
    key_id: bytes
    kind: int
    public_key: bytes

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Errors: ValueError when the text is no vkey or its key id does not match."""
        name, found, rest = text.partition("+")
        id_text, _, material_text = rest.partition("+")
        material = base64_bytes(material_text)
        if not found or not name or not re.fullmatch("[0-9a-f]{8}", id_text) or not material:
            raise ValueError("not a verifier key")
        expected = hashlib.sha256(name.encode() + b"\n" + material).digest()[:4]
        if expected.hex() != id_text:
            raise ValueError("the key id does not match the key")
        if material[0] in (ED25519, COSIGNATURE) and len(material) != 1 + _KEY_BYTES:
            raise ValueError("an Ed25519 key has 32 bytes")
        return cls(name, expected, material[0], material[1:])

    def verifies(self, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Note:
    """The text and its signature lines: (name, key id, signature)."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    def signature_by(self, key: VerifierKey) -> bytes | None:
        for name, key_id, signature in self.signatures:
            if name == key.name and key_id == key.key_id:
                return signature
        return None


@dataclass(frozen=True)
class Proof:
    """A proof file: where the entry stands, its siblings, and the checkpoint with its signatures."""

    index: int
    path: tuple[bytes, ...]
    note: Note
    origin: str
    size: int
    root: bytes


def read_proof(data: bytes) -> Proof:
    """Errors: Invalid when a line is out of form."""
    try:
        return _read_proof(data.decode("utf-8"))
    except ValueError as error:
        raise Invalid(f"证明文件格式不对：{error}", f"the proof file is out of form: {error}") from error


def is_signed_by_log(note: Note, keys: Sequence[VerifierKey]) -> bool:
    """Whether a key of the log signed, and no signature under a key we know is wrong."""
    signed = [(key, note.signature_by(key)) for key in keys]
    checked = [
        key.verifies(note.text.encode(), signature) for key, signature in signed if signature is not None
    ]
    return bool(checked) and all(checked)


def cosigned_at(note: Note, key: VerifierKey) -> int | None:
    """The time at which a witness cosigned, as Unix seconds; None when it did not.

    Errors: Invalid when its signature is there and wrong.
    """
    blob = note.signature_by(key)
    if blob is None or key.kind != COSIGNATURE:
        return None
    time = int.from_bytes(blob[:_TIME_BYTES], "big")
    message = f"cosignature/v1\ntime {time}\n{note.text}".encode()
    if len(blob) != _TIME_BYTES + _SIGNATURE_BYTES or not key.verifies(message, blob[_TIME_BYTES:]):
        raise Invalid(f"见证人 {key.name} 的签名不对", f"the signature of witness {key.name} is wrong")
    return time


def base64_bytes(text: str) -> bytes:
    """Errors: ValueError unless the text is the one standard spelling of its bytes."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64") from error
    if base64.b64encode(data).decode() != text:
        raise ValueError("base64 with stray bits")
    return data


def _read_proof(text: str) -> Proof:
    head, blank, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or lines[0] != PROOF_HEADER or len(lines) < 2 or not lines[1].startswith("index "):
        raise ValueError("header or index line missing")
    path = tuple(base64_bytes(line) for line in lines[2:])
    if len(path) > _PATH_MAX or any(len(step) != _HASH_BYTES for step in path):
        raise ValueError("a sibling hash has 32 bytes, and there are at most 63")
    note = _read_note(checkpoint)
    body = note.text.split("\n")
    if len(body) != 4 or not body[0]:
        raise ValueError("a checkpoint has three lines; extension lines are not used")
    root = base64_bytes(body[2])
    if len(root) != _HASH_BYTES:
        raise ValueError("a root hash has 32 bytes")
    return Proof(_decimal(lines[1][6:]), path, note, body[0], _decimal(body[1]), root)


def _read_note(text: str) -> Note:
    if any(ord(character) < 0x20 and character != "\n" for character in text):
        raise ValueError("control characters in the note")
    body, blank, signatures = text.rpartition("\n\n")
    if not blank or not signatures.endswith("\n"):
        raise ValueError("a note ends in signature lines")
    lines = signatures[:-1].split("\n")
    if len(lines) > SIGNATURES_MAX:
        raise ValueError("too many signatures")
    return Note(body + "\n", tuple(_signature(line) for line in lines))


def _signature(line: str) -> tuple[str, bytes, bytes]:
    dash, name, *rest = [*line.split(" "), ""]
    blob = base64_bytes(rest[0] if len(rest) == 2 else "")
    if dash != "\u2014" or not name or len(blob) < 5:
        raise ValueError("a signature line is out of form")
    return name, blob[:4], blob[4:]


def _decimal(text: str) -> int:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"{text[:24]!r} is not a plain decimal number")
    return int(text)
