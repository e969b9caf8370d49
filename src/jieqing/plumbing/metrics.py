"""Numbers of this program for a monitoring system, in Prometheus' text form.

Counts are kept by the process that does the work, in files that all processes of this machine share
(``<data folder>/metrics``), so one address answers for every web process, the worker and the sequencer; a command that
ends at once counts for nobody. What the database knows (queue, backlog, backups) is asked when somebody looks, in
``jieqing.web.operations``. Labels are patterns and codes of ours: no site, no person, no address with ids in it.

The folder must be named before the library is first imported; so everything imports it from here.
"""

import os
import shutil

from jieqing.plumbing.paths import data_dir

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SHARING = ("web", "worker", "sequencer")

if os.environ.get("JIEQING_PROCESS") in SHARING:
    os.environ.setdefault(_FOLDER, str(data_dir() / "metrics"))
    os.makedirs(os.environ[_FOLDER], mode=0o700, exist_ok=True)  # noqa: PTH103 (before pathlib users may import us)

import prometheus_client  # noqa: E402
from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: E402

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

REQUEST_SECONDS = Histogram(
    "jieqing_request_seconds",
    "Time to answer, by pattern of the address",
    ["method", "route", "status"],
    buckets=_SECONDS,
)
QUERIES = Histogram(
    "jieqing_request_queries",
    "SQL statements of a request",
    ["route"],
    buckets=(0, 1, 2, 5, 10, 20, 50, 100, 200),
)
JOBS = Counter("jieqing_jobs", "Jobs that ended", ["task", "state"])
JOB_SECONDS = Histogram("jieqing_job_seconds", "Time of a job", ["task"], buckets=(*_SECONDS, 120.0, 600.0))
IMPORT_ROWS = Counter("jieqing_import_rows", "Rows read from ledger files", ["outcome"])
NOTICES = Counter("jieqing_notices", "What became of tries to send a notice", ["outcome"])


def forget_former_processes() -> None:
    """The supervisor, before it starts any: counts begin anew with the platform."""
    shutil.rmtree(data_dir() / "metrics", ignore_errors=True)


def registry() -> CollectorRegistry:
    """Everything counted by all processes of this machine, or by this one where nothing is shared."""
    if _FOLDER not in os.environ:
        return prometheus_client.REGISTRY
    from prometheus_client.multiprocess import MultiProcessCollector

    found = CollectorRegistry()
    MultiProcessCollector(found)
    return found
