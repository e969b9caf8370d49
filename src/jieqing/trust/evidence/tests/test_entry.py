"""Entries, commitments, bulk roots and bundles: their bytes are a contract."""

import importlib.util
import json
import random
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC
from hypothesis import given
from hypothesis import strategies as st

from jieqing.kernel.canonical import canonical_bytes
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.trust.evidence.engine import bulk
from jieqing.trust.evidence.engine.digests import commit, hmac_sm3
from jieqing.trust.evidence.engine.entry import ENTRY_BYTES_MAX, encode
from jieqing.trust.evidence.engine.merkle import root_of

CONTRACT = Path(__file__).resolve().parents[5] / "contracts" / "evidence"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_vectors", CONTRACT / "make_vectors.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_committed_vectors_are_what_the_engine_makes(maker: ModuleType) -> None:
    for name, data in maker.vectors().items():
        assert (CONTRACT / "vectors" / name).read_bytes() == data, name


def test_chained_bytes_are_canonical_and_name_their_predecessor(maker: ModuleType) -> None:
    entries = maker.entry_bytes()
    for data in entries.values():
        assert canonical_bytes(json.loads(data)) == data
    second = json.loads(entries["chain-2"])
    assert second["chain"]["seq"] == 2
    assert second["chain"]["prev"] == sha256(entries["chain-1"]).hexdigest()


def test_a_small_entry_takes_200_to_400_bytes(maker: ModuleType) -> None:
    assert 200 <= len(maker.entry_bytes()["minimal"]) <= 400


def test_entries_beyond_the_tile_limit_are_a_problem_that_says_what_to_do(maker: ModuleType) -> None:
    draft = maker.drafts()["minimal"]
    spare = ENTRY_BYTES_MAX - len(maker.entry_bytes()["minimal"]) - len('"text":""')
    full = encode(replace(draft, facts={"text": "x" * spare}))
    assert len(unwrap(full).head) == ENTRY_BYTES_MAX
    over = encode(replace(draft, facts={"text": "x" * (spare + 1)}))
    assert (
        is_problem(over)
        and over.code == "evidence.entry.too_large"
        and over.details["bytes"] == ENTRY_BYTES_MAX + 1
    )
    chained = encode(replace(draft, facts={"text": "x" * spare}, chain=maker.CHAIN))
    assert is_problem(chained)


@pytest.mark.parametrize(
    "change",
    [{"action": "Imported"}, {"action": "one"}, {"subject": "no colon"}, {"subject": "x:"}, {"subject": "x:空"},
     {"facts": {"rate": 0.5}}, {"facts": {"n": 2**53}}, {"facts": {"bad": {1}}}, {"facts": {"half": "\ud800"}}],
)  # fmt: skip
def test_what_has_no_place_in_an_entry_is_a_problem(maker: ModuleType, change: dict) -> None:
    assert is_problem(encode(replace(maker.drafts()["minimal"], **change)))


@given(key=st.binary(max_size=100), message=st.binary(max_size=200))
def test_our_sm3_hmac_is_the_standard_one(key: bytes, message: bytes) -> None:
    code = HMAC(key, hashes.SM3())
    code.update(message)
    assert hmac_sm3(key, message) == code.finalize()


def test_a_commitment_binds_field_text_and_salt() -> None:
    salt = bytes(16)
    made = {
        commit(*case)
        for case in [("a", "b", salt), ("a", "c", salt), ("b", "b", salt), ("a", "b", b"\x01" * 16)]
    }
    assert len(made) == 4
    with pytest.raises(ValueError, match="16 bytes"):
        commit("a", "b", b"short")


@pytest.mark.parametrize("rows", [1, 2, 3, 4_095, 4_096, 4_097, 12_289])
def test_every_row_of_a_batch_leads_to_its_root(rows: int) -> None:
    from jieqing_verify.merkle import root_from_path

    digests = [sha256(b"row %d" % row).digest() for row in range(rows)]
    key = sha256(b"key").digest()
    root, chunks = bulk.build(iter(digests), key)
    assert (root, chunks) == bulk.build(b"".join(digests), key)
    leaves = [leaf for chunk in chunks for leaf in bulk.split_hashes(chunk.leaves)]
    assert (root.count, root.root) == (rows, root_of(leaves))
    roots = [chunk.root for chunk in chunks]
    for index in {0, rows - 1, rows // 2, random.Random(rows).randrange(rows)}:
        salt = bulk.row_salts(key, index, 1)
        path = bulk.row_path(index, chunks[index // bulk.CHUNK_ROWS].leaves, roots)
        leaf = bulk.row_leaf(salt, digests[index])
        assert leaf == leaves[index]
        assert root_from_path(index, rows, leaf, path) == root.root


def test_an_empty_or_ragged_batch_is_a_bug() -> None:
    for rows in ([], b"", b"x" * 33, [b"short"]):
        with pytest.raises(ValueError, match="at least one row"):
            bulk.build(rows, bytes(32))
