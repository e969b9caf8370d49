"""Tiles: the tree cut into blocks of 256 hashes, the shape in which it is stored and later served.

Tile (L, N) holds the roots of the complete subtrees of 256^L leaves numbered N · 256 … N · 256 + 255, as plain
concatenated hashes, exactly as C2SP ``tlog-tiles`` lays them out. A full tile never changes; the last tile of a
level grows at its end only, so a shorter reading of it is always a prefix.

``TileEdge`` is the writer's state: the unfinished tile of each level. ``extend`` returns the tiles that became
full; ``partial`` returns the unfinished ones (stored when a checkpoint is published, so that every published
size can be proved). ``TileReader`` answers ``node(level, index)`` from stored tiles, for proofs.

Refuses: a tile shorter than the size it must serve (``MissingTile``: the store is damaged, run fsck).
Source: C2SP tlog-tiles (height 8).
"""

from collections.abc import Iterable, Mapping

from jieqing.trust.evidence.engine.merkle import HASH_BYTES, root_of

HEIGHT = 8
WIDTH = 1 << HEIGHT

Coordinates = tuple[int, int]


class MissingTile(RuntimeError):
    """A stored tile is absent or too short for the size it must prove."""


class TileEdge:
    """The unfinished tile of every level; owned by the single writer."""

    def __init__(self) -> None:
        self.size = 0
        self._levels: list[list[bytes]] = [[]]

    @classmethod
    def resume(cls, size: int, tiles: Mapping[Coordinates, bytes]) -> "TileEdge":
        """The edge of a tree of ``size`` leaves, from its stored tiles."""
        edge = cls()
        edge.size = size
        edge._levels = [
            list(_hashes(tiles, (level, number), width)) for level, number, width in edge_coordinates(size)
        ] or [[]]
        return edge

    def extend(self, leaves: Iterable[bytes]) -> list[tuple[int, int, bytes]]:
        """Add leaf hashes; return each (level, number, hashes) that became full."""
        full: list[tuple[int, int, bytes]] = []
        bottom = self._levels[0]
        for leaf in leaves:
            bottom.append(leaf)
            self.size += 1
            if len(bottom) == WIDTH:
                self._carry(full)
        return full

    def partial(self) -> list[tuple[int, int, bytes]]:
        """The unfinished, non-empty tiles."""
        return [
            (level, (self.size >> (HEIGHT * level)) >> HEIGHT, b"".join(hashes))
            for level, hashes in enumerate(self._levels)
            if hashes
        ]

    def root(self) -> bytes:
        """The tree head, folded from the unfinished tiles."""
        head = b""
        for hashes in self._levels:
            # A lower level's ragged end is the lone last node of the level above.
            level = [*hashes, head] if head else hashes
            head = root_of(level) if level else b""
        return head or root_of([])

    def _carry(self, full: list[tuple[int, int, bytes]]) -> None:
        level = 0
        while len(self._levels[level]) == WIDTH:
            hashes = self._levels[level]
            number = (self.size >> (HEIGHT * (level + 1))) - 1
            full.append((level, number, b"".join(hashes)))
            if level + 1 == len(self._levels):
                self._levels.append([])
            self._levels[level + 1].append(root_of(hashes))
            hashes.clear()
            level += 1


class TileReader:
    """``node(level, index)`` over stored tiles."""

    def __init__(self, tiles: Mapping[Coordinates, bytes]) -> None:
        self._tiles = tiles

    def node(self, level: int, index: int) -> bytes:
        tile_level, rest = divmod(level, HEIGHT)
        first = index << rest
        number, offset = divmod(first, WIDTH)
        hashes = _hashes(self._tiles, (tile_level, number), offset + (1 << rest))
        return root_of(hashes[offset:])


def coordinates_for(index: int, size: int) -> list[Coordinates]:
    """Every tile that a proof about leaf ``index`` in a tree of ``size`` leaves can touch: at most two a level."""
    needed: list[Coordinates] = []
    level = 0
    while size >> (HEIGHT * level):
        for last in (index, size - 1, size):
            at = (last >> (HEIGHT * level)) >> HEIGHT
            if (at << HEIGHT) < size >> (HEIGHT * level) and (level, at) not in needed:
                needed.append((level, at))
        level += 1
    return needed


def edge_coordinates(size: int) -> list[tuple[int, int, int]]:
    """(level, number, width) of the unfinished tile of each level at ``size``; width may be 0."""
    edge = []
    level = 0
    while size >> (HEIGHT * level):
        hashes = size >> (HEIGHT * level)
        edge.append((level, hashes >> HEIGHT, hashes % WIDTH))
        level += 1
    return edge


def tile_id(level: int, number: int) -> int:
    """One integer for both coordinates: the level stands above 2^48 tiles."""
    return level << 48 | number


def tile_at(identifier: int) -> Coordinates:
    """The coordinates that ``tile_id`` joined."""
    return identifier >> 48, identifier & (1 << 48) - 1


def _hashes(tiles: Mapping[Coordinates, bytes], at: Coordinates, width: int) -> list[bytes]:
    if width == 0:
        return []
    data = tiles.get(at, b"")
    if len(data) < width * HASH_BYTES:
        raise MissingTile(f"tile {at} holds {len(data) // HASH_BYTES} hashes, {width} needed")
    return [data[start : start + HASH_BYTES] for start in range(0, width * HASH_BYTES, HASH_BYTES)]
