"""The sequencer: the one process that writes the log and holds its key.

``run_sequencer`` is what ``jieqing sequencer`` runs; ``fsck`` recomputes everything and compares; ``IngestService`` takes
entries inside this process at a high rate. Everything here talks to PostgreSQL by psycopg as the sequencer's own
role; the application never imports it.
"""

from jieqing.trust.evidence.sequencer.fsck import FsckReport, fsck
from jieqing.trust.evidence.sequencer.ingest import IngestService
from jieqing.trust.evidence.sequencer.run import run_sequencer

__all__ = ["FsckReport", "IngestService", "fsck", "run_sequencer"]
