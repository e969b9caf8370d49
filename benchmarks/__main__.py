"""``python -m benchmarks NAME --json [--seed N]``; ``--list``; no NAME runs all and rewrites RESULTS.md."""

from __future__ import annotations

import argparse
import importlib
import json
import sys

from benchmarks import BENCHMARKS
from benchmarks.frame import Result
from benchmarks.results import keep, write_page

DEFAULT_SEED = 20261122


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", choices=sorted(BENCHMARKS), metavar="NAME")
    parser.add_argument("--json", action="store_true", help="print one JSON line and keep nothing")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="of the generated input")
    parser.add_argument("--list", action="store_true", help="name all benchmarks")
    chosen = parser.parse_args()
    if chosen.list:
        for name, work in BENCHMARKS.items():
            print(f"{name}\t{work}")
        return 0
    for name in [chosen.name] if chosen.name else list(BENCHMARKS):
        result: Result = importlib.import_module(f"benchmarks.{name}").run(chosen.seed)
        found = result.as_dict()
        if chosen.json:
            print(json.dumps(found, ensure_ascii=False))
        else:
            keep(found)
            _tell(found)
    if not chosen.json:
        write_page()
    return 0


def _tell(found: dict) -> None:  # type: ignore[type-arg]
    print(
        f"{found['name']}: {found['ours']} {found['unit']}; {found['limit']['name']} {found['limit']['value']}"
    )
    for goal in found["goals"]:
        print(
            f"  {'met   ' if goal['met'] else 'MISSED'} {goal['what']} {goal['op']} {goal['want']}: {goal['got']}"
        )
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
