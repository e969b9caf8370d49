"""Inclusion and consistency proofs over any store of complete subtrees.

A store is a function ``node(level, index)`` that returns the root of the complete subtree holding the leaves
[index · 2^level, (index + 1) · 2^level). Everything a proof needs is made of such subtrees: the ragged right edge
is folded here. Indexes are 0-based (pymerkle's are 1-based: its test adds one).

The consistency check is here as well as in ``jieqing-verify``: the sequencer runs it on itself before it
signs. The verifier package has its own copy on purpose, written apart from this one, so that one mistake cannot
vouch for itself.

Refuses: an index outside the tree, a first size beyond the second (ValueError: a bug of the caller).
Source: RFC 6962 sections 2.1.1 and 2.1.2; checks after RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""

from collections.abc import Callable, Sequence

from jieqing.trust.evidence.engine.merkle import EMPTY_ROOT, fold_right, node_hash

Node = Callable[[int, int], bytes]


def root_at(size: int, node: Node) -> bytes:
    """The tree head at ``size``, from complete subtrees only."""
    return EMPTY_ROOT if size == 0 else _range_root(0, size, node)


def inclusion_path(index: int, size: int, node: Node) -> list[bytes]:
    """The siblings from the leaf at ``index`` up to the root of the first ``size`` leaves."""
    if not 0 <= index < size:
        raise ValueError("the index lies outside the tree")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            path.append(_range_root(split, end, node))
            end = split
        else:
            path.append(_range_root(start, split, node))
            start = split
    path.reverse()
    return path


def root_from_path(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf hash and its siblings lead to; None when the path does not fit the place.

    Source: RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size:
        return None
    first, last, head = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if first & 1 or first == last:
            head = node_hash(step, head)
            while first and not first & 1:
                first >>= 1
                last >>= 1
        else:
            head = node_hash(head, step)
        first >>= 1
        last >>= 1
    return head if last == 0 else None


def consistency_path(old: int, new: int, node: Node) -> list[bytes]:
    """The hashes that show the first ``old`` leaves to be a prefix of the first ``new`` leaves."""
    if not 0 <= old <= new:
        raise ValueError("sizes must not shrink")
    if old in (0, new):
        return []
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while end != old:
        split = start + _split(end - start)
        if old <= split:
            path.append(_range_root(split, end, node))
            end = split
        else:
            path.append(_range_root(start, split, node))
            start, whole = split, False
    if not whole:
        path.append(_range_root(start, end, node))
    path.reverse()
    return path


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether ``path`` shows that the tree of ``new`` leaves extends the tree of ``old`` leaves."""
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    if old > new or not path:
        return False
    hashes = list(path)
    if old & (old - 1) == 0:
        hashes.insert(0, old_root)
    first, last = old - 1, new - 1
    while first & 1:
        first >>= 1
        last >>= 1
    old_head = new_head = hashes[0]
    for step in hashes[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            old_head, new_head = node_hash(step, old_head), node_hash(step, new_head)
            while first and not first & 1:
                first >>= 1
                last >>= 1
        else:
            new_head = node_hash(new_head, step)
        first >>= 1
        last >>= 1
    return last == 0 and old_head == old_root and new_head == new_root


def levels_node(levels: Sequence[Sequence[bytes]]) -> Node:
    """A store over ``merkle.levels_of``: only its complete subtrees are ever asked for."""
    return lambda level, index: levels[level][index]


def _split(width: int) -> int:
    """The largest power of two below ``width``."""
    return 1 << ((width - 1).bit_length() - 1)


def _range_root(start: int, end: int, node: Node) -> bytes:
    """The root of the leaves [start, end), where start is aligned to the range's largest power of two."""
    roots = []
    while start < end:
        level = (end - start).bit_length() - 1
        roots.append(node(level, start >> level))
        start += 1 << level
    return fold_right(roots)
