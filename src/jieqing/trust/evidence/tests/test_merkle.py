"""The tree against known answers, an independent library, and its own definitions."""

import random
from hashlib import sha256

import pymerkle
import pytest

from jieqing.trust.evidence.engine.merkle import EMPTY_ROOT, Frontier, leaf_hash, levels_of, root_of
from jieqing.trust.evidence.engine.proofs import (
    consistency_path,
    inclusion_path,
    is_consistent,
    levels_node,
    root_at,
)
from jieqing.trust.evidence.engine.tiles import WIDTH, TileEdge, TileReader, coordinates_for

# Roots for the eight inputs of the Certificate Transparency reference tests.
CT_INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaves(count: int, seed: int = 1) -> list[bytes]:
    return [leaf_hash(b"%d/%d" % (seed, number)) for number in range(count)]


@pytest.mark.parametrize("size", range(1, 9))
def test_reference_roots(size: int) -> None:
    hashed = [leaf_hash(bytes.fromhex(text)) for text in CT_INPUTS[:size]]
    assert root_of(hashed).hex() == CT_ROOTS[size - 1]


def test_empty_tree_is_the_hash_of_nothing() -> None:
    assert Frontier().root() == root_of([]) == TileEdge().root() == EMPTY_ROOT == sha256(b"").digest()


def test_root_and_proofs_agree_with_pymerkle_for_sizes_1_to_260() -> None:
    entries = [b"entry %d" % number for number in range(260)]
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    frontier, edge, full = Frontier(), TileEdge(), {}
    for size in range(1, 261):
        tree.append_entry(entries[size - 1])
        frontier.append(leaf_hash(entries[size - 1]))
        full.update({(t[0], t[1]): t[2] for t in edge.extend([leaf_hash(entries[size - 1])])})
        assert (
            frontier.root()
            == edge.root()
            == tree.get_root()
            == root_of([leaf_hash(e) for e in entries[:size]])
        )
        index = random.Random(size).randrange(size)
        tiles = full | {(t[0], t[1]): t[2] for t in edge.partial()}
        reader = TileReader({at: tiles[at] for at in coordinates_for(index, size)})
        theirs = tree.prove_inclusion(index + 1, size)  # 1-based
        assert inclusion_path(index, size, reader.node) == _siblings(theirs)


def _siblings(proof: pymerkle.MerkleProof) -> list[bytes]:
    """pymerkle's path starts with the leaf itself."""
    return list(proof.path[1:])


@pytest.mark.parametrize("size", [WIDTH * 3, 4_097, 65_536, 65_537, 70_001])
def test_tiles_serve_every_published_size(size: int) -> None:
    rng = random.Random(size)
    hashed = leaves(size)
    edge, tiles, published = TileEdge(), {}, []
    done = 0
    while done < size:
        step = min(size - done, rng.choice([1, 255, 256, 257, 9_000]))
        for level, number, data in edge.extend(hashed[done : done + step]):
            tiles[level, number] = data
        done += step
        for level, number, data in edge.partial():
            tiles[level, number] = data
        published.append(done)
    assert edge.root() == root_of(hashed)
    assert TileEdge.resume(size, tiles).partial() == edge.partial()
    for at in rng.sample(published, min(6, len(published))):
        expected = root_of(hashed[:at])
        index = rng.randrange(at)
        reader = TileReader({c: tiles[c] for c in coordinates_for(index, at)})
        assert root_at(at, reader.node) == expected
        levels = levels_node(levels_of(hashed[:at]))
        assert inclusion_path(index, at, reader.node) == inclusion_path(index, at, levels)


def test_consistency_holds_for_every_pair_up_to_70_and_breaks_when_touched() -> None:
    hashed = leaves(70)
    node = levels_node(levels_of(hashed))
    for new in range(1, 71):
        new_root = root_of(hashed[:new])
        for old in range(new + 1):
            old_root = root_of(hashed[:old])
            path = consistency_path(old, new, levels_node(levels_of(hashed[:new])) if new < 70 else node)
            assert is_consistent(old, new, old_root, new_root, path)
            if 0 < old < new:
                broken = bytes([new_root[0] ^ 1]) + new_root[1:]
                assert not is_consistent(old, new, old_root, broken, path)
                assert not is_consistent(old, new, root_of(leaves(old, seed=2)), new_root, path)
                assert not is_consistent(old, new, old_root, new_root, path[:-1])
                assert not is_consistent(old, new, old_root, new_root, [*path, path[0]])


@pytest.mark.parametrize("seed", range(4))
def test_consistency_on_larger_random_sizes(seed: int) -> None:
    rng = random.Random(seed)
    new = rng.randrange(5_000, 20_000)
    old = rng.randrange(1, new)
    hashed = leaves(new, seed)
    path = consistency_path(old, new, levels_node(levels_of(hashed)))
    assert is_consistent(old, new, root_of(hashed[:old]), root_of(hashed), path)


def test_frontier_can_be_stored_and_resumed() -> None:
    hashed = leaves(777)
    frontier = Frontier()
    frontier.extend(hashed[:500])
    resumed = Frontier(frontier.size, frontier.roots)
    resumed.extend(hashed[500:])
    assert resumed.root() == root_of(hashed)
    assert len(resumed.roots) == (777).bit_count()
    with pytest.raises(ValueError, match="set bit"):
        Frontier(3, [hashed[0]])


def test_bad_arguments_are_bugs() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Frontier().append(b"short")
    with pytest.raises(ValueError, match="outside"):
        inclusion_path(3, 3, levels_node(levels_of(leaves(3))))
    with pytest.raises(ValueError, match="shrink"):
        consistency_path(4, 3, levels_node(levels_of(leaves(3))))
