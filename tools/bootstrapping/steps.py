"""Which words ``tools/bootstrap.py`` takes, and what each does."""

import fcntl
import sys
from collections.abc import Sequence
from pathlib import Path

from bootstrapping.locks import make_locks
from bootstrapping.node_side import NodeSide
from bootstrapping.python_side import LEVELS, PythonSide
from bootstrapping.say import Stopped, run


def run_steps(root: str, steps: Sequence[str]) -> int:
    """Do the steps in order; 0, or 2 with a sentence."""
    with (Path(root) / ".bootstrap.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands at once would install into each other
        return _run_steps(Path(root), steps)


def _run_steps(root: Path, steps: Sequence[str]) -> int:
    python_side = PythonSide(root)
    node_side = NodeSide(root, python_side)
    try:
        for step in steps:
            if step in LEVELS:
                python_side.install(step)
            elif step == "frontend":
                node_side.build()
            elif step == "database":
                _prepare_database(python_side)
            elif step == "setup":
                python_side.install("core")
                node_side.build()
                _prepare_database(python_side)
            elif step == "lock":
                make_locks(python_side)
            else:
                raise Stopped(
                    f"不认识的步骤 {step}：可用 core、test、bench、frontend、database、setup、lock。",
                    f"Unknown step {step}: use core, test, bench, frontend, database, setup or lock.",
                )
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 2
    return 0


def _prepare_database(python_side: PythonSide) -> None:
    """Make the data folder and bring the tables up to date; a second run finds nothing to do."""
    command = [python_side.venv / "bin" / "jieqing", "db", "migrate"]
    run(command, zh="准备数据库失败", en="preparing the database failed", cwd=python_side.root)
