"""Checkpoints and proof files: the two texts that leave the house.

A checkpoint is a signed note whose text is origin, size and base64 root, one line each; we add no extension
lines (ML-DSA cosignatures would not cover them). A proof file is ``c2sp.org/tlog-proof@v1``: index, sibling
hashes, a blank line and the checkpoint as it was signed.

Refuses: to read a checkpoint with numbers or base64 not in their one canonical spelling (ValueError).
Source: C2SP tlog-checkpoint, tlog-proof.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from jieqing.trust.evidence.engine.merkle import HASH_BYTES

PROOF_HEADER = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log at one size."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def read_checkpoint(note: str) -> Checkpoint:
    """The head named in a note of our own; its signature is not checked here."""
    body, separator, _ = note.rpartition("\n\n")
    lines = body.split("\n")
    if not separator or len(lines) != 3:
        raise ValueError("a checkpoint has three lines, a blank line and signatures")
    origin, size, root = lines
    head = Checkpoint(origin, int(size), _strict_base64(root))
    if head.text() != body + "\n" or len(head.root) != HASH_BYTES:
        raise ValueError("the checkpoint is not in its canonical spelling")
    return head


def proof_text(index: int, path: Sequence[bytes], note: str) -> str:
    """The proof file for the entry at ``index`` (0-based) under a signed checkpoint."""
    hashes = "".join(base64.b64encode(step).decode() + "\n" for step in path)
    return f"{PROOF_HEADER}\nindex {index}\n{hashes}\n{note}"


def _strict_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
