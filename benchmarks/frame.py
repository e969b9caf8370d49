"""The frame of every benchmark: fair turns, medians, goals, and the one JSON line.

Honest by construction. Contenders take turns in the same minute on the same input (``alternate``), at least five runs
each, the median counts; each contender's output is checked by the caller before its time counts; the input comes from
the seed. A missed goal is printed like a met one.
"""

from __future__ import annotations

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

RUNS_MIN = 5
Op = Literal["<=", ">="]


@dataclass(frozen=True)
class Goal:
    """A promise of the issue: ``got`` compared with ``want``."""

    what: str
    op: Op
    want: float
    got: float

    @property
    def met(self) -> bool:
        return self.got <= self.want if self.op == "<=" else self.got >= self.want

    def as_dict(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "op": self.op,
            "want": self.want,
            "got": round(self.got, 3),
            "met": self.met,
        }


@dataclass(frozen=True)
class Result:
    """What a benchmark found. ``ours``, peers and limit are in ``unit``."""

    name: str
    work: str
    ours: float
    unit: str
    peers: Mapping[str, float]
    limit: tuple[str, float]
    ratios: Mapping[str, float]
    goals: tuple[Goal, ...]
    notes: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "work": self.work,
            "ours": _rounded(self.ours),
            "unit": self.unit,
            "peers": {name: _rounded(value) for name, value in self.peers.items()},
            "limit": {"name": self.limit[0], "value": _rounded(self.limit[1])},
            "ratios": {name: _rounded(value) for name, value in self.ratios.items()},
            "goals": [goal.as_dict() for goal in self.goals],
            "machine": machine(),
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "notes": dict(self.notes),
        }


@dataclass
class Contender:
    """One way of doing the work. ``prepare`` and ``check`` are not timed; ``work`` is, and its answer goes to ``check``."""

    name: str
    work: Callable[[], Any]
    check: Callable[[Any], None]
    prepare: Callable[[], None] = lambda: None
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def alternate(contenders: list[Contender], *, runs: int = RUNS_MIN) -> None:
    """Let contenders take turns ``runs`` times; each round starts with another, so that none is always first."""
    if runs < RUNS_MIN:
        raise ValueError(f"at least {RUNS_MIN} runs")
    for turn in range(runs):
        shift = turn % len(contenders)
        for contender in contenders[shift:] + contenders[:shift]:
            time_once(contender)


def time_once(contender: Contender) -> None:
    contender.prepare()
    gc.collect()
    started = time.perf_counter()
    answer = contender.work()
    seconds = time.perf_counter() - started
    contender.check(answer)
    contender.seconds.append(seconds)


def expect(found: object, wanted: object, what: str) -> None:
    """Refuse to count the time of a wrong answer."""
    if found != wanted:
        raise SystemExit(f"{what}: wrong output, its time does not count: {found!r} instead of {wanted!r}")


def load_average() -> str:
    """How busy the machine was at the end of the run: figures of a busy machine are worth less, and say so."""
    return ", ".join(f"{load:.1f}" for load in os.getloadavg())


def machine() -> str:
    """Processor, cores, memory, system, Python: what a reader needs to compare figures."""
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    parts = [
        _processor(),
        f"{os.cpu_count()} cores",
        f"{memory_gib:.0f} GiB",
        f"{platform.system()} {platform.release().split('-')[0]}",
        f"Python {platform.python_version()}",
        f"Polars {version('polars')}",
    ]
    return ", ".join(parts)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _rounded(value: float) -> float:
    return round(value, 3) if abs(value) < 1_000 else round(value)
