"""The virtual environment and what is installed in it.

Three ways, first that fits: uv on PATH; pip, when this Python can make an environment with pip; else an environment
without pip and a fetched uv. All three install the same lock file with ``--require-hashes``, then our own packages
editable, without dependencies and without build isolation (the build backend is in the lock, so nothing unpinned is
fetched). An environment made for another Python or another place is made again.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bootstrapping.pip_settings import read_pip_settings
from bootstrapping.say import Stopped, run, tell
from bootstrapping.stamps import digest_of, is_stamped, put_stamp
from bootstrapping.uv_wheel import fetch_uv

LEVELS = ("core", "test", "bench")


@dataclass(frozen=True)
class PythonSide:
    """The environment of one checkout."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    def install(self, level: str) -> None:
        """Bring in a lock file (``core``, ``test`` or ``bench``; each holds the ones before) and our own packages."""
        self._ensure_environment()
        if not is_stamped(self._stamp(level), self._wanted(level)):
            tell(f"安装 Python 软件包（{level}）", f"installing Python packages ({level})")
            self._install_locked(self._lock(level))
            for held in LEVELS[: LEVELS.index(level) + 1]:
                put_stamp(self._stamp(held), self._wanted(held))
        self._install_project()

    def add(self, level: str) -> None:
        """Bring in a small extra lock beside whatever is installed (``node``)."""
        self._ensure_environment()
        if not is_stamped(self._stamp(level), self._wanted(level)):
            self._install_locked(self._lock(level))
            put_stamp(self._stamp(level), self._wanted(level))

    def uv(self) -> Path:
        """A uv program, fetched when there is none."""
        found = shutil.which("uv") or shutil.which(self.venv / "bin" / "uv")
        if found:
            return Path(found)
        return fetch_uv(self._lock("uv"), self.venv / "bin" / "uv", read_pip_settings())

    def _lock(self, level: str) -> Path:
        return self.root / "locks" / f"{level}.txt"

    def _wanted(self, level: str) -> str:
        return digest_of(files=[self._lock(level)])

    def _stamp(self, name: str) -> Path:
        return self.venv / "stamps" / name

    def _ensure_environment(self) -> None:
        wanted = digest_of(str(self.venv), sys.version)
        if is_stamped(self._stamp("environment"), wanted) and self._python_starts():
            return
        tell("创建 .venv", "making .venv")
        if self.venv.is_symlink() or self.venv.is_file():
            self.venv.unlink()
        elif self.venv.exists():
            shutil.rmtree(self.venv)
        if shutil.which("uv"):
            command = [
                shutil.which("uv"),
                "venv",
                "--quiet",
                "--no-project",
                "--python",
                sys.executable,
                self.venv,
            ]
            run(
                [str(word) for word in command],
                zh="uv 无法创建虚拟环境",
                en="uv could not make the environment",
                environment=read_pip_settings().for_uv(os.environ),
            )
        else:
            self._make_without_uv()
        put_stamp(self._stamp("environment"), wanted)

    def _python_starts(self) -> bool:
        try:
            return subprocess.run([self.python, "-c", ""], check=False, capture_output=True).returncode == 0
        except OSError:
            return False

    def _make_without_uv(self) -> None:
        if importlib.util.find_spec("venv") is None:
            raise Stopped(
                "本机的 Python 没有 venv 模块：请安装系统软件包 python3-venv 后重试。",
                "This machine's Python has no venv module: install the system package python3-venv and try again.",
            )
        zh, en = "无法创建虚拟环境", "the environment could not be made"
        command = [sys.executable, "-m", "venv", self.venv]
        if importlib.util.find_spec("ensurepip") is not None:
            try:
                run(command, zh=zh, en=en)
            except Stopped:
                # Some systems ship ensurepip without the pip it would install.
                shutil.rmtree(self.venv, ignore_errors=True)
            else:
                return
        run([*command, "--without-pip"], zh=zh, en=en)

    def _has_pip(self) -> bool:
        return any(self.venv.glob("lib/python*/site-packages/pip/__init__.py"))

    @cached_property
    def _uses_pip(self) -> bool:
        return not shutil.which("uv") and self._has_pip()

    def _install_locked(self, lock: Path) -> None:
        self._install("--require-hashes", "--no-deps", "-r", str(lock))

    def _install_project(self) -> None:
        projects = list(self._projects())
        stamp, wanted = (
            self._stamp("project"),
            digest_of(*map(str, projects), files=[p / "pyproject.toml" for p in projects]),
        )
        if is_stamped(stamp, wanted):
            return
        editable = [word for project in projects for word in ("-e", str(project))]
        self._install("--no-deps", "--no-build-isolation", *editable)
        put_stamp(stamp, wanted)

    def _projects(self) -> Iterator[Path]:
        yield self.root
        yield from sorted(file.parent for file in self.root.glob("packages/*/pyproject.toml"))

    def _install(self, *arguments: str) -> None:
        zh, en = "安装 Python 软件包失败", "installing Python packages failed"
        if self._uses_pip:
            quiet = ["-qq", "--disable-pip-version-check", "--no-input"]
            run([self.python, "-m", "pip", "install", *quiet, *arguments], zh=zh, en=en, cwd=self.root)
        else:
            environment = read_pip_settings().for_uv(os.environ)
            command = [self.uv(), "pip", "install", "--quiet", "--python", self.python, *arguments]
            run(command, zh=zh, en=en, cwd=self.root, environment=environment)
