"""The sequencer's process: open the log, write until told to stop, open again when the connection breaks.

A second process stands by and takes over when the first one's connection is gone. When the log must not be signed
(``LogRefused``) the process stays up, says why once a minute, and signs nothing: business goes on, entries wait in
the outbox, and a restart loop would help nobody.
"""

import logging
import os
import threading
from hashlib import sha256

import psycopg
from django.db import connections

from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.kernel.ids import new_id
from jieqing.plumbing import keys
from jieqing.plumbing.paths import data_dir
from jieqing.trust.evidence.engine.entry import Draft
from jieqing.trust.evidence.engine.notes import NoteSigner
from jieqing.trust.evidence.sequencer.inbox import Inbox
from jieqing.trust.evidence.sequencer.ingest import IngestService
from jieqing.trust.evidence.sequencer.kept import KeptHead
from jieqing.trust.evidence.sequencer.store import AnotherWriter, Fenced
from jieqing.trust.evidence.sequencer.writer import LogRefused, LogWriter, conninfo_of

KEY_NAME = "evidence.log"
SEQUENCER_ALIAS = "sequencer"
_STANDBY_S, _RECONNECT_S, _REFUSED_S = 1.0, 2.0, 60.0
_log = logging.getLogger(__name__)


def run_sequencer(stop: threading.Event) -> None:
    """Write the log until ``stop`` is set."""
    inbox, kept, signer = Inbox(), KeptHead(data_dir() / "evidence"), log_signer()
    threading.Thread(target=_ring_on, args=(stop, inbox), daemon=True, name="stop-bell").start()
    stands_by = False
    while not stop.is_set():
        try:
            _write_log(inbox, kept, signer, stop)
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


def log_signer() -> NoteSigner:
    """The log's key, from the key file of this machine; only the sequencer calls this.

    The log's name is ``JIEQING_LOG_ORIGIN``, else made from the key, so that two installations never share one.
    """
    seed = keys.seed(KEY_NAME)
    anonymous = NoteSigner.from_seed("unnamed", seed)
    origin = (
        os.environ.get("JIEQING_LOG_ORIGIN")
        or f"jieqing.local/log/{sha256(anonymous.public_key).hexdigest()[:16]}"
    )
    return NoteSigner.from_seed(origin, seed)


def _write_log(inbox: Inbox, kept: KeptHead, signer: NoteSigner, stop: threading.Event) -> None:
    conninfo = conninfo_of(connections[SEQUENCER_ALIAS].get_connection_params())
    writer = LogWriter(conninfo, signer, kept, inbox)
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
