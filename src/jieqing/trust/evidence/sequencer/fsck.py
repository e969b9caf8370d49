"""Recompute the whole log from its entries and compare: tree, heads, tiles, chains, batches.

Reads as the sequencer's role in one snapshot, so it can run beside a working log. Every statement the database
makes about itself is made again from the entries' own bytes; what differs is reported with the place, nothing is
changed.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import psycopg
from django.db import connections

from jieqing.kernel.canonical import NotCanonical, canonical_bytes
from jieqing.trust.evidence.engine.bulk import CHUNK_ROWS, LEAF_FORMAT, split_hashes
from jieqing.trust.evidence.engine.checkpoints import read_checkpoint
from jieqing.trust.evidence.engine.entry import FIRST_PREVIOUS
from jieqing.trust.evidence.engine.merkle import Frontier, leaf_hash, root_of
from jieqing.trust.evidence.engine.tiles import TileEdge, tile_id
from jieqing.trust.evidence.sequencer.kept import KeptHead, kept_head_of
from jieqing.trust.evidence.sequencer.writer import conninfo_of

PROBLEMS_MAX = 1_000
_LEAVES = """
SELECT l.id, l.leaf, l.site_id, e.id, e.site_id, e.action, e.subject, e.body
FROM evidence_leaf l LEFT JOIN evidence_entry e ON e.id = l.entry_id ORDER BY l.id
"""
_CHAINED = """
SELECT chain_id, chain_seq, body FROM evidence_entry WHERE chain_id IS NOT NULL ORDER BY chain_id, chain_seq
"""
_UNPLACED = """
SELECT e.id FROM evidence_entry e
WHERE NOT EXISTS (SELECT 1 FROM evidence_leaf l WHERE l.entry_id = e.id)
  AND NOT EXISTS (SELECT 1 FROM evidence_outbox o WHERE o.entry_id = e.id)
"""
_TWICE = "SELECT o.entry_id FROM evidence_outbox o JOIN evidence_leaf l USING (entry_id)"
_WAITING = """
SELECT o.entry_id, o.leaf, e.body FROM evidence_outbox o LEFT JOIN evidence_entry e ON e.id = o.entry_id
"""
_CHUNKS = "SELECT number, leaves, root FROM evidence_chunk WHERE entry_id = %s ORDER BY number"


@dataclass
class FsckReport:
    """What was counted, and every disagreement found (at most 1,000 are kept)."""

    entries: int = 0
    waiting: int = 0
    checkpoints: int = 0
    tiles: int = 0
    chains: int = 0
    bulk_rows: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.problems

    def add(self, problem: str) -> None:
        if len(self.problems) < PROBLEMS_MAX:
            self.problems.append(problem)


def fsck(*, kept: KeptHead | None = None, advance: Callable[[int], None] = lambda rows: None) -> FsckReport:
    """Check everything; ``advance`` hears how many entries are done."""
    report = FsckReport()
    conninfo = conninfo_of(connections["sequencer"].get_connection_params())
    with psycopg.connect(**conninfo) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        _check_log(connection, report, kept or _kept_of(connection), advance)
        _check_outbox(connection, report)
        _check_chains(connection, report)
    return report


def _check_log(
    connection: psycopg.Connection[Any],
    report: FsckReport,
    kept: KeptHead | None,
    advance: Callable[[int], None],
) -> None:
    heads = {
        size: (root, note)
        for size, root, note in connection.execute("SELECT id, root, note FROM evidence_checkpoint")
    }
    expected = {size: root for size, (root, _) in heads.items()}
    kept_note = kept.read() if kept else None
    if kept_note is not None:
        head = read_checkpoint(kept_note)
        if expected.setdefault(head.size, head.root) != head.root:
            report.add(f"the kept head of size {head.size} differs from the published one")
    _check_heads(connection, report, heads)
    frontier, edge = Frontier(), TileEdge()
    full: dict[int, bytes] = {}
    published = max(heads, default=0)
    for index, leaf, site, *entry in _stream(connection, _LEAVES):
        if index != frontier.size:
            report.add(f"index {frontier.size} is missing")
            return
        _check_entry(connection, report, index, leaf, site, entry)
        frontier.append(leaf)
        if frontier.size in expected and frontier.root() != expected[frontier.size]:
            report.add(f"the entries do not give the signed root at size {frontier.size}")
        if frontier.size <= published:
            full |= {tile_id(level, number): hashes for level, number, hashes in edge.extend([leaf])}
        if frontier.size % 1_000 == 0:
            advance(1_000)
    report.entries = frontier.size
    for size in expected:
        if size > frontier.size:
            report.add(f"a head of size {size} was signed, the log holds {frontier.size} entries")
    _check_tiles(
        connection, report, full | {tile_id(level, number): h for level, number, h in edge.partial()}
    )


def _kept_of(connection: psycopg.Connection[Any]) -> KeptHead | None:
    found = connection.execute("SELECT origin FROM evidence_writer").fetchone()
    return kept_head_of(found[0]) if found else None


def _check_heads(
    connection: psycopg.Connection[Any], report: FsckReport, heads: dict[int, tuple[bytes, str]]
) -> None:
    found = connection.execute("SELECT origin FROM evidence_writer").fetchone()
    for size, (root, note) in heads.items():
        report.checkpoints += 1
        try:
            head = read_checkpoint(note)
        except ValueError as error:
            report.add(f"the checkpoint of size {size} cannot be read: {error}")
            continue
        if (head.size, head.root) != (size, root) or found is None or head.origin != found[0]:
            report.add(f"the checkpoint of size {size} does not say what its row says")


def _check_entry(
    connection: psycopg.Connection[Any],
    report: FsckReport,
    index: int,
    leaf: bytes,
    site: Any,
    entry: list[Any],
) -> None:
    identifier, entry_site, action, subject, body = entry
    if body is None:
        report.add(f"the entry of index {index} is gone")
        return
    if leaf_hash(body) != leaf:
        report.add(f"entry {identifier} (index {index}) was changed: its bytes do not give its leaf")
        return
    said = json.loads(body)
    columns = (str(identifier), None if entry_site is None else str(entry_site), action, subject)
    if columns != (said["id"], said["site"], said["action"], said["subject"]) or site != entry_site:
        report.add(f"the columns of entry {identifier} do not say what its bytes say")
    try:
        if canonical_bytes(said) != body:
            report.add(f"entry {identifier} is not in canonical form")
    except NotCanonical as error:
        report.add(f"entry {identifier} is not in canonical form: {error}")
    if "bulk" in said:
        _check_bulk(connection, report, identifier, said["bulk"])


def _check_bulk(
    connection: psycopg.Connection[Any], report: FsckReport, entry_id: Any, bulk: dict[str, Any]
) -> None:
    roots: list[bytes] = []
    rows = 0
    for number, leaves, root in connection.execute(_CHUNKS, [entry_id]).fetchall():
        hashes = split_hashes(leaves)
        if number != len(roots) or root_of(hashes) != root or rows != number * CHUNK_ROWS:
            report.add(f"chunk {number} of bulk entry {entry_id} was changed or is out of place")
        roots.append(root)
        rows += len(hashes)
    report.bulk_rows += rows
    if (rows, root_of(roots).hex(), LEAF_FORMAT) != (bulk["count"], bulk["root"], bulk["format"]):
        report.add(f"the rows of bulk entry {entry_id} do not give its root")


def _check_tiles(connection: psycopg.Connection[Any], report: FsckReport, expected: dict[int, bytes]) -> None:
    for identifier, hashes in connection.execute("SELECT id, hashes FROM evidence_tile"):
        report.tiles += 1
        if expected.pop(identifier, b"") != hashes:
            report.add(f"tile {identifier >> 48}/{identifier & (1 << 48) - 1} differs from the entries")
    for identifier in expected:
        report.add(f"tile {identifier >> 48}/{identifier & (1 << 48) - 1} is missing")


def _check_outbox(connection: psycopg.Connection[Any], report: FsckReport) -> None:
    for (entry_id,) in connection.execute(_UNPLACED):
        report.add(f"entry {entry_id} is neither in the log nor waiting for it")
    for (entry_id,) in connection.execute(_TWICE):
        report.add(f"entry {entry_id} is in the log and still waiting for it")
    for entry_id, leaf, body in connection.execute(_WAITING):
        report.waiting += 1
        if body is None or leaf_hash(body) != leaf:
            report.add(f"entry {entry_id} was changed while it waited")


def _check_chains(connection: psycopg.Connection[Any], report: FsckReport) -> None:
    heads = {
        chain: (seq, digest)
        for chain, seq, digest in connection.execute("SELECT id, seq, digest FROM evidence_chain")
    }
    ends: dict[Any, tuple[int, bytes]] = {}
    for chain, number, body in _stream(connection, _CHAINED):
        last, previous = ends.get(chain, (0, FIRST_PREVIOUS))
        link = json.loads(body).get("chain")
        if number != last + 1 or link != {"id": str(chain), "prev": previous.hex(), "seq": number}:
            report.add(f"chain {chain} is broken at number {number}")
        ends[chain] = (number, sha256(body).digest())
    report.chains = len(ends)
    for chain in heads.keys() | ends.keys():
        if heads.get(chain) != ends.get(chain):
            report.add(f"the head of chain {chain} is not its last entry")


def _stream(connection: psycopg.Connection[Any], statement: str) -> Iterator[tuple[Any, ...]]:
    """Rows in portions, so that a log larger than memory can be checked."""
    with connection.cursor("fsck") as cursor:
        cursor.itersize = 2_000
        yield from cursor.execute(statement)
