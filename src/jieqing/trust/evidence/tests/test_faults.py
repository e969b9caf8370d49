"""What goes wrong, goes wrong safely: crashes after each step, kill -9, a rewound or damaged database, another key."""

import os
import subprocess
import sys
import time

import pytest

from jieqing.kernel.actor import system_actor
from jieqing.kernel.ids import new_id
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services
from jieqing.trust.evidence.engine.checkpoints import read_checkpoint
from jieqing.trust.evidence.engine.merkle import root_of
from jieqing.trust.evidence.engine.notes import NoteSigner
from jieqing.trust.evidence.models import Checkpoint
from jieqing.trust.evidence.sequencer import fsck
from jieqing.trust.evidence.sequencer.store import AnotherWriter
from jieqing.trust.evidence.sequencer.writer import LogRefused
from jieqing.trust.evidence.tests.log import (
    Log,
    add_entries,
    as_owner,
    assert_sound,
    leaves,
    rows,
    submissions,
)

STEPS = ["locked", "resumed", "flushed", "extended", "signed", "kept", "published"]


class Halt(RuntimeError):
    """A step was made to fail."""


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("occurrence", [1, 2])
def test_a_failure_after_any_step_loses_and_forks_nothing(log: Log, step: str, occurrence: int) -> None:
    """The writer dies after each step in turn; the next one finds everything and goes on."""
    seen: dict[str, int] = {}

    def probe(name: str) -> None:
        seen[name] = seen.get(name, 0) + 1
        if name == step and seen[name] == occurrence:
            raise Halt(name)

    add_entries(5)
    futures = [log.inbox.put(made) for made in submissions(3)]
    died = False
    try:
        writer = log.open(probe)
        writer.flush()
        writer.publish()
        add_entries(4)
        futures += [log.inbox.put(made) for made in submissions(2)]
        writer.flush()
        writer.publish()
    except Halt:
        died = True
    assert died or occurrence > seen[step]
    for writer in log.writers:
        writer.close()
    heads = {head.id: bytes(head.root) for head in Checkpoint.objects.all()}
    kept = log.kept.read()
    waiting = rows(log, "SELECT count(*) FROM evidence_outbox")[0][0]
    size = log.settle()
    assert size == len(leaves(log)) >= waiting
    answers = [future.result(timeout=0) for future in futures]
    assert len(set(answers)) == len(answers), "each caller answered, each with a place of its own"
    assert_sound(log, size)
    for earlier, root in heads.items():
        assert root_of(leaves(log)[:earlier]) == root
    if kept:
        head = read_checkpoint(kept)
        assert root_of(leaves(log)[: head.size]) == head.root, "what was signed once stays part of the log"


_KILLED = """
import os, signal, sys, django
django.setup()
from pathlib import Path
from jieqing.trust.evidence.tests.log import Log, submissions
step = sys.argv[2]
def probe(name):
    if name == step:
        os.kill(os.getpid(), signal.SIGKILL)
log = Log(Path(sys.argv[1]))
writer = log.open(probe)
for made in submissions(300):
    log.inbox.put(made)
writer.flush()
writer.publish()
"""


@pytest.mark.parametrize("step", STEPS)
def test_kill_9_after_each_step(log: Log, step: str) -> None:
    """A real process, really killed; what it left is completed by the next."""
    add_entries(5)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "jieqing.web.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, str(log.folder), step], env=environment, timeout=60, check=False
    )
    assert ended.returncode == -9
    deadline = time.monotonic() + 120
    while True:
        try:
            size = log.settle()
            break
        except AnotherWriter:  # the server has not noticed yet
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert size == (305 if step not in ("locked", "resumed") else 5)
    assert_sound(log, size)


def test_a_restored_backup_is_not_signed_on(log: Log) -> None:
    add_entries(3)
    log.settle()
    add_entries(2)
    log.settle()
    as_owner(
        "DELETE FROM evidence_leaf WHERE id >= 3", "DELETE FROM evidence_checkpoint WHERE id > 3",
        "UPDATE evidence_tile SET hashes = substr(hashes, 1, 96)",
    )  # fmt: skip
    add_entries(4)
    with pytest.raises(LogRefused, match="restored"):
        log.open()
    assert Checkpoint.objects.count() == 1


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE evidence_tile SET hashes = decode(repeat('00', octet_length(hashes)), 'hex')",
        "DELETE FROM evidence_tile",
        "DELETE FROM evidence_leaf WHERE id = 4",
        "UPDATE evidence_leaf SET leaf = decode(repeat('00', 32), 'hex') WHERE id = 5",
    ],
)
def test_a_damaged_database_is_refused_or_reported(log: Log, damage: str) -> None:
    add_entries(4)
    log.settle()
    writer = log.open()
    add_entries(3)
    writer.flush()
    writer.publish()
    writer.close()
    as_owner(
        "DELETE FROM evidence_checkpoint WHERE id = 7",
        "UPDATE evidence_tile SET hashes = substr(hashes, 1, 128)",
        damage,
    )
    with pytest.raises(LogRefused):
        log.open()
    assert fsck(kept=log.kept).problems


def test_another_key_is_refused(log: Log) -> None:
    add_entries(1)
    log.settle()
    log.signer = NoteSigner.from_seed("tests.example/log", b"\x01" * 32)
    with pytest.raises(LogRefused, match="another key"):
        log.open()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE evidence_entry SET body = body || ' ' WHERE action = 'tests.things.done'", "was changed"),
        ("DELETE FROM evidence_entry WHERE chain_seq = 2", "is gone"),
        ("UPDATE evidence_entry SET subject = 'x:1' WHERE chain_seq = 1", "columns"),
        ("UPDATE evidence_chain SET seq = seq + 1", "head of chain"),
        ("UPDATE evidence_checkpoint SET root = decode(repeat('00', 32), 'hex')", "checkpoint"),
        ("UPDATE evidence_tile SET hashes = substr(hashes, 1, 32)", "tile"),
        ("UPDATE evidence_leaf SET site_id = NULL", "columns"),
        ("UPDATE evidence_chunk SET leaves = leaves || root", "chunk"),
        ("DELETE FROM evidence_chunk", "rows of bulk"),
        ("DELETE FROM evidence_leaf WHERE id = 1", "index 1 is missing"),
    ],
)
def test_fsck_finds_what_an_administrator_could_change(log: Log, damage: str, words: str) -> None:
    site = new_id()
    add_entries(3, site, chain=new_id())
    with site_scope(site):
        services.record_bulk(
            actor=system_actor(site, "tests"), action="tests.rows.done", subject="tests.thing:1",
            row_digests=bytes(32) * 3, facts={},
        )  # fmt: skip
    log.settle()
    assert fsck(kept=log.kept).is_sound
    as_owner(damage)
    report = fsck(kept=log.kept)
    assert any(words in problem for problem in report.problems), report.problems
