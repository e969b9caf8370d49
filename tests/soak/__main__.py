"""``make soak [MINUTES=30]``: a platform under work and under kill -9, and at the end nothing lost, nothing twice.

A platform of its own, on a data folder of its own. While ledgers are imported, some of them again, random processes
are killed with -9: web, worker, sequencer, the database server, the importing command itself. An import that was cut
off is simply started again, as a person would. In the end each site's total must equal the sum of the files given to
it, each counted once; the evidence log must check; SIGTERM must stop everything. One JSON line says how it went.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.soak.platform import Platform, open_folder

SITES = ("north", "south")
AS_OF = "2026-06-30"


def write_ledger(file: Path, number: int, chance: random.Random) -> int:
    """A ledger of its own numbers; returns its sum in fen."""
    rows, total_fen = chance.randint(1, 1500), 0
    lines = ["客户名称,单据编号,开票日期,到期日,金额"]
    for row in range(rows):
        amount_fen = chance.randint(1, 50_000_000)
        issued = date(2026, 1, 1) + timedelta(days=chance.randint(0, 150))
        due = issued + timedelta(days=chance.choice((0, 30, 60, 90)))
        debtor = f"无锡第{chance.randint(1, 400)}机械有限公司"
        lines.append(
            f"{debtor},SK{number:05d}-{row:05d},{issued},{due},{amount_fen // 100}.{amount_fen % 100:02d}"
        )
        total_fen += amount_fen
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return total_fen


def soak(platform: Platform, minutes: float, seed: int) -> dict[str, Any]:
    chance, counts, owed = random.Random(seed), Counter[str](), Counter[str]()
    given: list[tuple[str, Path]] = []
    for site in SITES:
        platform.ask("site", "create", site, "--type", "in_house", "--name", site, "--live", "--json")
    deadline = time.monotonic() + minutes * 60
    while time.monotonic() < deadline:
        if given and chance.random() < 0.2:
            site, file = chance.choice(given)
            again = platform.ask("ledger", "import", str(file), "--site", site, "--yes", "--json")
            assert again["accepted"] == 0, f"{file} was counted twice: {again}"
            counts["imported_again"] += 1
            continue
        site, file = chance.choice(SITES), platform.folder / f"ledger-{len(given):05d}.csv"
        total_fen = write_ledger(file, len(given), chance)
        words = ("ledger", "import", str(file), "--site", site, "--currency", "CNY", "--yes", "--json")
        running = platform.start(*words)
        if chance.random() < 0.5:
            time.sleep(chance.uniform(0, 3))
            killed = kill_one(platform, running, chance)
            counts[f"killed_{killed}"] += 1
        running.communicate()
        if running.returncode != 0:
            counts["cut_off"] += 1
            platform.ask(*words)
        given.append((site, file))
        owed[site] += total_fen
        counts["imported"] += 1
    for site in owed:
        found = platform.ask("ledger", "ageing", "--site", site, "--as-of", AS_OF, "--json")
        assert found["total_fen"] == owed[site], f"{site}: {found['total_fen']} found, {owed[site]} given"
    return {"given_fen": sum(owed.values()), **dict(sorted(counts.items()))}


def kill_one(platform: Platform, importing: "subprocess.Popen[str]", chance: random.Random) -> str:
    victims = platform.victims() | {"import": importing.pid}
    name = chance.choice(sorted(victims))
    try:
        os.kill(victims[name], signal.SIGKILL)
    except ProcessLookupError:
        return "nobody"
    return name


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=20261122)
    chosen = parser.parse_args()
    folder = open_folder()
    platform = Platform(folder)
    try:
        found = soak(platform, chosen.minutes, chosen.seed)
    finally:
        stopped = platform.stop()
    checked = platform.ask("fsck", "--json")
    ok = stopped == 0 and checked["ok"] and not platform.victims()
    print(json.dumps({"ok": ok, "minutes": chosen.minutes, "seed": chosen.seed, **found, "fsck": checked}))
    if ok:
        shutil.rmtree(folder)
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
