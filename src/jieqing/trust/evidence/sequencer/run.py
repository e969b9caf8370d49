"""The sequencer's process: open the log, write until told to stop, open again when the connection breaks.

A second process stands by and takes over when the first one's connection is gone. When the log must not be signed
(``LogRefused``) the process stays up, says why once a minute, and signs nothing: business goes on, entries wait in
the outbox, and a restart loop would help nobody.
"""

import logging
import os
import secrets
import threading
from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connections

from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.kernel.ids import new_id
from jieqing.plumbing import keys
from jieqing.trust.evidence.engine.entry import Draft
from jieqing.trust.evidence.engine.notes import NoteSigner
from jieqing.trust.evidence.sequencer.inbox import Inbox
from jieqing.trust.evidence.sequencer.ingest import IngestService
from jieqing.trust.evidence.sequencer.kept import kept_head_of
from jieqing.trust.evidence.sequencer.store import AnotherWriter, Fenced
from jieqing.trust.evidence.sequencer.writer import LogRefused, LogWriter, conninfo_of

KEY_NAME = "evidence.log"
SEQUENCER_ALIAS = "sequencer"
_STANDBY_S, _RECONNECT_S, _REFUSED_S = 1.0, 2.0, 60.0
_log = logging.getLogger(__name__)


def run_sequencer(stop: threading.Event) -> None:
    """Write the log until ``stop`` is set."""
    inbox = Inbox()
    threading.Thread(target=_ring_on, args=(stop, inbox), daemon=True, name="stop-bell").start()
    stands_by = False
    while not stop.is_set():
        try:
            _write_log(inbox, stop)
        except AnotherWriter as fault:
            if not stands_by:
                _log.info(fault.en)
            stands_by = True
            stop.wait(_STANDBY_S)
        except LogRefused as fault:
            _log.error("%s\n%s", fault.zh, fault.en)
            stop.wait(_REFUSED_S)
        except (psycopg.Error, Fenced) as error:
            _log.warning("the log's connection is lost, opening again: %s", error)
            stop.wait(_RECONNECT_S)
    inbox.close()


def log_signer(conninfo: Mapping[str, Any]) -> NoteSigner:
    """The log's key, from the key file of this machine, under the log's name; only the sequencer calls this.

    The name is given once, when the log is begun: ``JIEQING_LOG_ORIGIN``, else a random one. So every database has a log
    of its own, and a new database beside an old key file begins a new log instead of a second history of the old one.
    """
    with psycopg.connect(**conninfo) as connection:
        found = connection.execute("SELECT origin FROM evidence_writer").fetchone()
    named = os.environ.get("JIEQING_LOG_ORIGIN") or f"jieqing.local/log/{secrets.token_hex(8)}"
    return NoteSigner.from_seed(found[0] if found else named, keys.seed(KEY_NAME))


def _write_log(inbox: Inbox, stop: threading.Event) -> None:
    conninfo = conninfo_of(connections[SEQUENCER_ALIAS].get_connection_params())
    signer = log_signer(conninfo)
    writer = LogWriter(conninfo, signer, kept_head_of(signer.name), inbox)
    try:
        _log.info("log %s open at size %d, fencing number %d", signer.name, writer.size, writer.fence)
        _note_opening(inbox, writer)
        writer.run(stop.is_set)
    finally:
        writer.close()


def _note_opening(inbox: Inbox, writer: LogWriter) -> None:
    """Each opening of the log is itself an entry: who could write when is part of the evidence."""
    actor, now = system_actor(None, "sequencer"), clock.now()
    IngestService(inbox).submit(
        Draft(
            id=new_id(),
            site_id=None,
            actor_id=actor.id,
            actor_kind=actor.kind.value,
            action="trust.evidence.log_opened",
            subject="trust.evidence.log:main",
            event_time=now,
            recorded_at=now,
            facts={"fence": writer.fence, "size": writer.size},
        )
    )


def _ring_on(stop: threading.Event, inbox: Inbox) -> None:
    """Wake a sleeping writer when the process is told to stop."""
    stop.wait()
    inbox.ring()
