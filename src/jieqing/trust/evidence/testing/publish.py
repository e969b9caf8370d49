"""A sequencer for one moment, for tests that need published entries."""

from pathlib import Path

from django.db import connections

from jieqing.trust.evidence.engine.notes import NoteSigner
from jieqing.trust.evidence.sequencer.inbox import Inbox
from jieqing.trust.evidence.sequencer.kept import KeptHead
from jieqing.trust.evidence.sequencer.writer import LogWriter, conninfo_of

TEST_ORIGIN = "tests.example/log"


def publish_all(folder: Path) -> int:
    """Give every committed entry its place and sign a head over all; returns the size.

    ``folder`` (a ``tmp_path``) keeps the signed head for as long as the test's database lives.
    """
    inbox = Inbox()
    signer = NoteSigner.from_seed(TEST_ORIGIN, bytes(32))
    writer = LogWriter(
        conninfo_of(connections["sequencer"].get_connection_params()), signer, KeptHead(folder), inbox
    )
    try:
        writer.run(lambda: True)
        return writer.size
    finally:
        writer.close()
        inbox.close()
