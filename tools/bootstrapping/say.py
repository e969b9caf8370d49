"""How the bootstrap speaks: progress on standard error, a failure as one sentence in both languages."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


class Stopped(Exception):
    """A step cannot be done; ``zh`` and ``en`` say what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")


def tell(zh: str, en: str) -> None:
    print(f"· {zh} / {en}", file=sys.stderr, flush=True)


def run(
    command: Sequence[str | Path],
    *,
    zh: str,
    en: str,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a command with its output on standard error; ``zh`` and ``en`` say what failed when it fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, cwd=cwd, env={**os.environ, **(environment or {})}, stdout=sys.stderr, check=False
        )
        reason = f"exit {done.returncode}" if done.returncode else ""
    except OSError as error:
        reason = str(error)
    if reason:
        raise Stopped(f"{zh}（{reason}；原因见上文）。", f"{en} ({reason}; the reason is above).")
