"""A log of its own for tests: key, kept head, inbox, and a writer that can be opened again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections, transaction

from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services
from jieqing.trust.evidence.engine.checkpoints import read_checkpoint
from jieqing.trust.evidence.engine.entry import Draft, encode
from jieqing.trust.evidence.engine.merkle import root_of
from jieqing.trust.evidence.engine.notes import NoteSigner
from jieqing.trust.evidence.sequencer import fsck
from jieqing.trust.evidence.sequencer.inbox import Inbox, Submission
from jieqing.trust.evidence.sequencer.kept import KeptHead
from jieqing.trust.evidence.sequencer.writer import LogWriter, conninfo_of


@dataclass
class Log:
    """What a sequencer process holds; ``open`` is its start, ``crash`` its kill."""

    folder: Path
    signer: NoteSigner = field(default_factory=lambda: NoteSigner.from_seed("tests.example/log", bytes(32)))
    inbox: Inbox = field(default_factory=Inbox)
    writers: list[LogWriter] = field(default_factory=list)

    @property
    def kept(self) -> KeptHead:
        return KeptHead(self.folder)

    @property
    def conninfo(self) -> dict[str, Any]:
        return conninfo_of(connections["sequencer"].get_connection_params())

    def open(self, probe: Callable[[str], None] = lambda step: None) -> LogWriter:
        writer = LogWriter(self.conninfo, self.signer, self.kept, self.inbox, probe)
        self.writers.append(writer)
        return writer

    def settle(self) -> int:
        """Open, write all that waits, publish, close; returns the size."""
        writer = self.open()
        writer.run(lambda: True)
        writer.close()
        return writer.size


def add_entries(count: int, site_id: UUID | None = None, chain: UUID | None = None) -> list[UUID]:
    """Record entries, each in a transaction of its own."""
    ids = []
    for number in range(count):
        with transaction.atomic():
            if site_id is None:
                ids.append(_add(None, number, chain))
            else:
                with site_scope(site_id):
                    ids.append(_add(site_id, number, chain))
    return ids


def _add(site_id: UUID | None, number: int, chain: UUID | None) -> UUID:
    return services.record(
        actor=system_actor(site_id, "tests"),
        action="tests.things.done",
        subject="tests.thing:1",
        facts={"n": number},
        chain=chain,
    )


def draft_of(facts: dict[str, object], chain: UUID | None = None) -> Draft:
    actor, now = system_actor(None, "tests"), clock.now()
    return Draft(
        id=new_id(), site_id=None, actor_id=actor.id, actor_kind="system", action="tests.things.done",
        subject="tests.thing:1", event_time=now, recorded_at=now, facts=facts, chain=chain,
    )  # fmt: skip


def submissions(count: int) -> list[Submission]:
    """Entries as bytes, ready for the inbox."""
    drafts = [draft_of({"n": number}) for number in range(count)]
    return [
        Submission(draft.id, None, draft.action, draft.subject, draft.recorded_at, unwrap(encode(draft)).head)
        for draft in drafts
    ]


def app_conninfo() -> dict[str, Any]:
    return conninfo_of(connections["default"].get_connection_params())


def as_owner(*statements: str) -> None:
    """Do what an administrator with the owner's rights could do behind our back."""
    tables = ("evidence_entry", "evidence_leaf", "evidence_chain", "evidence_chunk")
    with psycopg.connect(**conninfo_of(connections["owner"].get_connection_params())) as owner:
        for table in tables:
            owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        for statement in statements:
            owner.execute(statement)
        for table in tables:
            owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def rows(log: Log, statement: str) -> list[tuple]:
    with psycopg.connect(**log.conninfo) as direct:
        return direct.execute(statement).fetchall()


def leaves(log: Log) -> list[bytes]:
    found = rows(log, "SELECT id, leaf FROM evidence_leaf ORDER BY id")
    assert [index for index, _ in found] == list(range(len(found))), "no gaps"
    return [leaf for _, leaf in found]


def assert_sound(log: Log, size: int) -> None:
    """Every entry once, the newest head over all of them, and a clean bill from fsck."""
    assert len(leaves(log)) == size
    head = read_checkpoint(rows(log, "SELECT note FROM evidence_checkpoint ORDER BY id DESC LIMIT 1")[0][0])
    assert (head.size, head.root) == (size, root_of(leaves(log)))
    report = fsck(kept=log.kept)
    assert report.problems == []
    assert (report.entries, report.waiting) == (size, 0)
