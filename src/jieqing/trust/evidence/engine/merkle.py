"""The RFC 6962 Merkle tree: hashes, an incremental frontier, and whole-tree builds.

A leaf is hashed as SHA-256(0x00 ‖ entry), an inner node as SHA-256(0x01 ‖ left ‖ right); the prefixes keep a
leaf from ever being passed off as a node. A tree of n leaves splits at the largest power of two below n, which
is the same as building level by level and carrying a lone last node up unchanged.

``Frontier`` is the state that appending needs: the roots of the complete subtrees on the right edge, one per
set bit of the size, so O(log n). ``levels_of`` builds a whole tree at once (bulk work, tests).

Refuses: hashes that are not 32 bytes.
Source: RFC 6962 section 2.1.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """A growing tree reduced to the roots of its complete right-edge subtrees, largest first."""

    __slots__ = ("_roots", "size")

    def __init__(self, size: int = 0, roots: Iterable[bytes] = ()) -> None:
        self.size = size
        self._roots = list(roots)
        if len(self._roots) != size.bit_count():
            raise ValueError("a frontier holds one root for each set bit of its size")

    @property
    def roots(self) -> tuple[bytes, ...]:
        return tuple(self._roots)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        if len(leaf) != HASH_BYTES:
            raise ValueError("a leaf hash has 32 bytes")
        carry, size, roots = leaf, self.size, self._roots
        while size & 1:
            carry = sha256(b"\x01" + roots.pop() + carry).digest()
            size >>= 1
        roots.append(carry)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """The tree head at the present size; the hash of nothing when empty."""
        return fold_right(self._roots)


def fold_right(roots: Sequence[bytes]) -> bytes:
    """Join complete subtrees, largest first, into one root."""
    if not roots:
        return EMPTY_ROOT
    head = roots[-1]
    for left in reversed(roots[:-1]):
        head = node_hash(left, head)
    return head


def levels_of(leaves: Sequence[bytes]) -> list[Sequence[bytes]]:
    """Every level of the tree over these leaf hashes, leaves first, the root last.

    Shapes: level k + 1 has ceil(len(level k) / 2) hashes.
    """
    levels: list[Sequence[bytes]] = [leaves]
    while len(levels[-1]) > 1:
        levels.append(parents_of(levels[-1]))
    return levels


def parents_of(level: Sequence[bytes]) -> list[bytes]:
    """One level up; a lone last node is carried up as it is."""
    parents = [
        sha256(b"\x01" + left + right).digest() for left, right in zip(level[0::2], level[1::2], strict=False)
    ]
    if len(level) & 1:
        parents.append(level[-1])
    return parents


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The tree head over these leaf hashes."""
    if not leaves:
        return EMPTY_ROOT
    level = leaves
    while len(level) > 1:
        level = parents_of(level)
    return level[0]
