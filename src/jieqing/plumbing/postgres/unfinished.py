"""The mark of a restore that has not ended: while it stands, nothing serves this data folder.

Between the moment the rows are back and the moment the erasures are replayed, the database knows persons again whom it
had to forget. A restore that is killed there must not be found by the next ``jieqing up``.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jieqing.plumbing.faults import Fault

_NAME = "restore.unfinished"
# Set by the restore itself, for itself and what it starts.
_PERMIT = "JIEQING_RESTORING"


def refuse_to_serve(data: Path) -> None:
    if (data / _NAME).exists() and os.environ.get(_PERMIT) != str(data):
        raise Fault(
            f"数据目录 {data} 的恢复没有完成：请重新执行 jieqing restore（加 --replace {data}）。",
            f"A restore into the data folder {data} did not end: run jieqing restore again (with --replace {data}).",
        )


@contextmanager
def restoring(data: Path) -> Iterator[None]:
    """Stands from the first change to the last; stays when the block fails or the process is killed."""
    (data / _NAME).touch(mode=0o600)
    os.environ[_PERMIT] = str(data)
    try:
        yield
        (data / _NAME).unlink()
    finally:
        del os.environ[_PERMIT]
