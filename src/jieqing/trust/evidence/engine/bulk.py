"""Bulk work as one entry: a Merkle tree over the digests of its rows, each row provable later.

The leaf of row i is SHA-256(0x00 ‖ salt_i ‖ digest_i), where digest_i is the SHA-256 of the row's bytes and salt_i
the i-th 16 bytes of an AES-256-CTR keystream under one random key per batch. Both fit one SHA-256 block, so the
salt costs nothing; without it a sibling hash in somebody's proof could be tested against guesses of the
neighbour's row. The key is kept off the log beside the leaves; only the salt of a row that is proved is shown.

Leaves are kept in chunks of 4,096 hashes with the root of each chunk, so a proof reads one chunk and the roots
of the others, never the whole batch.

Refuses: row digests that are not 32 bytes, an empty batch (ValueError: bugs of the caller).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from jieqing.trust.evidence.engine.digests import SALT_BYTES
from jieqing.trust.evidence.engine.entry import BulkRoot
from jieqing.trust.evidence.engine.merkle import HASH_BYTES, levels_of, root_of
from jieqing.trust.evidence.engine.proofs import inclusion_path, levels_node

LEAF_FORMAT = "jieqing/row/sha256-salted/1"
KEY_BYTES = 32
CHUNK_LEVEL = 12
CHUNK_ROWS = 1 << CHUNK_LEVEL
_AES_BLOCK_BYTES = 16


@dataclass(frozen=True, slots=True)
class Chunk:
    """Up to 4,096 neighbouring leaf hashes and their root."""

    number: int
    leaves: bytes
    root: bytes


def row_leaf(salt: bytes, row_digest: bytes) -> bytes:
    """The leaf hash of one row."""
    return sha256(b"\x00" + salt + row_digest).digest()


def row_salts(key: bytes, first: int, count: int) -> bytes:
    """The salts of ``count`` rows from row ``first`` on, end to end."""
    counter = first * SALT_BYTES // _AES_BLOCK_BYTES
    stream = Cipher(algorithms.AES(key), modes.CTR(counter.to_bytes(_AES_BLOCK_BYTES, "big"))).encryptor()
    return stream.update(bytes(count * SALT_BYTES))


def build(row_digests: Iterable[bytes] | bytes, key: bytes) -> tuple[BulkRoot, list[Chunk]]:
    """The root of a batch and its chunks.

    Shapes: ``row_digests`` as separate 32-byte digests, or end to end in one bytes object.
    """
    digests = row_digests if isinstance(row_digests, bytes) else b"".join(row_digests)
    count, rest = divmod(len(digests), HASH_BYTES)
    if rest or not count:
        raise ValueError("a batch has at least one row, and each row digest 32 bytes")
    chunks = [_chunk(digests, key, number, count) for number in range(-(-count // CHUNK_ROWS))]
    return BulkRoot(count, root_of([chunk.root for chunk in chunks]), LEAF_FORMAT), chunks


def row_path(index: int, leaves: bytes, chunk_roots: Sequence[bytes]) -> list[bytes]:
    """The siblings from row ``index`` up to the batch root; ``leaves`` is the chunk that holds the row."""
    number, within = divmod(index, CHUNK_ROWS)
    hashes = split_hashes(leaves)
    path = inclusion_path(within, len(hashes), levels_node(levels_of(hashes)))
    return path + inclusion_path(number, len(chunk_roots), levels_node(levels_of(chunk_roots)))


def split_hashes(data: bytes) -> list[bytes]:
    return [data[start : start + HASH_BYTES] for start in range(0, len(data), HASH_BYTES)]


def _chunk(digests: bytes, key: bytes, number: int, count: int) -> Chunk:
    first = number * CHUNK_ROWS
    rows = min(CHUNK_ROWS, count - first)
    salts = row_salts(key, first, rows)
    data = digests[first * HASH_BYTES : (first + rows) * HASH_BYTES]
    hashes = [
        sha256(b"\x00" + salts[row * 16 : row * 16 + 16] + data[row * 32 : row * 32 + 32]).digest()
        for row in range(rows)
    ]
    return Chunk(number, b"".join(hashes), root_of(hashes))
