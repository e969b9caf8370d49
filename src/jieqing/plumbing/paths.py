"""Where things lie on disk.

Everything the program writes lies under one data folder: ``JIEQING_DATA``, else ``.data`` in the checkout (ignored by
git). One exception, written down in ``postgres/home.py``: a server started by root may have to live beside it.
"""

import os
from functools import cache
from pathlib import Path

from jieqing.plumbing.faults import Fault


@cache
def checkout() -> Path:
    """The folder that holds ``pyproject.toml``; the program always runs from a checkout."""
    return Path(__file__).resolve().parents[3]


def data_dir() -> Path:
    """The data folder, made on first use."""
    chosen = os.environ.get("JIEQING_DATA")
    return make_private(Path(chosen).expanduser().absolute() if chosen else _default())


def outside_dir() -> Path:
    """Where lies what must not go back in time with the database: the journal of erasures, the last signed head.

    ``JIEQING_OUTSIDE``, else ``evidence`` in the data folder. On a disk of its own it survives the loss of the data.
    """
    chosen = os.environ.get("JIEQING_OUTSIDE")
    return make_private(Path(chosen).expanduser().absolute()) if chosen else data_dir() / "evidence"


def _default() -> Path:
    root = checkout()
    if not (root / "pyproject.toml").is_file():
        raise Fault(
            "程序不在源码目录中运行：请用环境变量 JIEQING_DATA 指定数据目录。",
            "The program does not run from a checkout: name the data folder in JIEQING_DATA.",
        )
    return root / ".data"


def make_private(folder: Path) -> Path:
    """Make a folder closed to other accounts; one that exists already keeps its mode.

    As root it is 0711, so that the unprivileged account of the embedded server can pass through to its own folder;
    nobody can list it, and every secret inside has a mode of its own.
    """
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        # mkdir's mode passes through the umask; chmod makes it what the docstring says, on a folder we just made.
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return folder


def frontend_dist() -> Path:
    """Where the front end is built to; empty until ``make setup`` has built it."""
    return checkout() / "frontend" / "dist"
