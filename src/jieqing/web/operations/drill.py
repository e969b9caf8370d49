"""Rehearse a restore: the newest backup goes into a throw-away folder with a server of its own and is looked at there.

Nothing of the running platform is touched: another process, another data folder, the embedded server whatever the
platform itself uses. The keys and what lies outside are those of today, as in a real disaster with both saved. The
rehearsal passes when the restore ends well and ``jieqing fsck`` finds nothing; either way it is noted for the health page.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from jieqing.kernel import clock
from jieqing.plumbing import keys, upkeep
from jieqing.plumbing.backups import locked_keys
from jieqing.plumbing.backups.manifest import manifest_digest
from jieqing.plumbing.models import UpkeepKind
from jieqing.plumbing.paths import outside_dir
from jieqing.plumbing.postgres.home import home_for

_OF_THE_PLATFORM = (
    "DATABASE_URL",
    "JIEQING_OWNER_URL",
    "JIEQING_SEQUENCER_URL",
    "JIEQING_BACKUP_URL",
    "JIEQING_DATABASE",
    "JIEQING_OUTSIDE",
    "JIEQING_LOG_ORIGIN",
    "JIEQING_THROWAWAY_DATABASE",
)
_TIMEOUT_S = 6 * 3600


def rehearse(folder: Path) -> list[str]:
    """Restore and check; returns what went wrong, empty when the backup can be relied on."""
    started = clock.now()
    findings = _rehearsed(folder.absolute())
    facts = {
        "sha256": manifest_digest(folder),
        "findings": len(findings),
        "seconds": round((clock.now() - started).total_seconds()),
    }
    upkeep.note(UpkeepKind.DRILL, is_ok=not findings, facts=facts)
    return findings


def _rehearsed(folder: Path) -> list[str]:
    place = Path(tempfile.mkdtemp(prefix="jieqing-drill-"))
    place.chmod(0o755)  # the server's account passes through; what lies inside has modes of its own
    data = place / "data"
    environment = {name: value for name, value in os.environ.items() if name not in _OF_THE_PLATFORM}
    environment |= {"JIEQING_DATA": str(data), "JIEQING_LANG": "en"}
    try:
        data.mkdir(mode=0o711)
        shutil.copytree(outside_dir(), data / "evidence") if outside_dir().is_dir() else None
        (data / "evidence").mkdir(exist_ok=True)
        (data / "evidence" / "erasures.jsonl").touch()
        secrets = keys.all_secrets()
        keys.put_back({name: secrets[name] for name in locked_keys.fingerprint(secrets)}, data)
        code, told, said = _jieqing(["restore", str(folder), "--behind-head", "drill", "--json"], environment)
        if code != 0:
            return [f"restore: {said}"]
        code, told, said = _jieqing(["fsck", "--json"], environment)
        return [] if code == 0 and told.get("ok") else [f"fsck: {said}"]
    finally:
        _jieqing(["db", "stop"], environment)
        beside = home_for(data).folder
        if not beside.is_relative_to(place):
            shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)


def _jieqing(words: list[str], environment: dict[str, str]) -> tuple[int, dict[str, Any], str]:
    done = subprocess.run(
        [sys.executable, "-m", "jieqing.web.cli", *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
    lines = done.stdout.splitlines()
    return done.returncode, json.loads(lines[-1]) if lines else {}, " ".join(done.stderr.split())[-500:]
