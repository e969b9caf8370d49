"""RESULTS.md: the last kept result of every benchmark, written from ``results/*.json`` so that both say the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks import BENCHMARKS

FOLDER = Path(__file__).parent / "results"
PAGE = Path(__file__).parent / "RESULTS.md"
_HEAD = """# Measured

Written by `make bench` (`python -m benchmarks`); do not edit. Contenders take turns on the same input, median of at least five runs, every
output checked before its time counts; `python -m benchmarks NAME --json --seed N` repeats one with another input. A missed goal stays here.
"""


def keep(found: dict[str, Any]) -> None:
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    (FOLDER / f"{found['name']}.json").write_text(text, encoding="utf-8")


def write_page() -> None:
    sections = []
    for name in BENCHMARKS:
        file = FOLDER / f"{name}.json"
        if file.exists():
            sections.append(_section(json.loads(file.read_text(encoding="utf-8"))))
    PAGE.write_text("\n".join([_HEAD, *sections]), encoding="utf-8")


def _section(found: dict[str, Any]) -> str:
    lines = [
        f"## {found['name']}",
        "",
        found["work"] + ".",
        "",
        f"| contender | {found['unit']} |",
        "|---|---|",
        f"| **ours** | **{found['ours']}** |",
        f"| limit: {found['limit']['name']} | {found['limit']['value']} |",
        *(f"| peer: {peer} | {value} |" for peer, value in found["peers"].items()),
        "",
        "| goal | want | got | |",
        "|---|---|---|---|",
        *(
            f"| {goal['what']} | {goal['op']} {goal['want']} | {goal['got']} | {'met' if goal['met'] else '**missed**'} |"
            for goal in found["goals"]
        ),
        "",
        *(f"- {name}: {value}" for name, value in found.get("notes", {}).items()),
        f"- {found['machine']}; {found['when']}",
        "",
    ]
    return "\n".join(lines)
