"""Make the lock files again (``make lock``): every version and every digest, no host name.

One resolution for every platform and Python from 3.11 on. ``test`` and ``bench`` are made with the smaller locks as
constraints, so a package has the same version whichever lock brought it. An existing lock's versions are kept where
they still fit; ``make lock UPGRADE=1`` takes the newest.
"""

import os
from pathlib import Path

from bootstrapping.pip_settings import read_pip_settings
from bootstrapping.python_side import PythonSide
from bootstrapping.say import run, tell

_CORE = ["pyproject.toml", "--extra", "build"]
_LOCKS: dict[str, list[str]] = {
    "core": _CORE,
    "test": [*_CORE, "--extra", "test", "-c", "locks/core.txt"],
    "bench": [*_CORE, "--extra", "test", "--extra", "bench", "-c", "locks/core.txt", "-c", "locks/test.txt"],
    "node": ["--group", "node"],
    "uv": ["--group", "uv"],
}


def make_locks(python_side: PythonSide) -> None:
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") else []
    for name, inputs in _LOCKS.items():
        target = Path("locks") / f"{name}.txt"
        tell(f"生成 {target}", f"making {target}")
        command = [python_side.uv(), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-header", *upgrade, *inputs, "-o", target]
        run(
            command,
            zh="生成锁定文件失败",
            en="making a lock file failed",
            cwd=python_side.root,
            environment=read_pip_settings().for_uv(os.environ),
        )
