"""``violations``: contacts an adversary proposes, judged by the gate, and what a checker finds in the log of those sent.

The checker (``packages/jieqing-sendlog``) was written from the law alone by timelines; it reads only the log and the
register of standing facts. The goal counts both its plain and its strict readings. ``VIOLATIONS_CONTACTS`` makes the
work smaller; the worlds are drawn from the seed, so a finding can be played again.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.adversary.playing import Gate, Tally, play
from benchmarks.frame import Goal, Result, load_average

CONTACTS = 1_000_000
# Worlds whose log and register are written, read and checked together.
SHARD = 400
# A gate that allows nothing breaks nothing; these keep it honest.
ALLOWED_SHARE_MIN = 0.10


def run(seed: int) -> Result:
    wanted = int(os.environ.get("VIOLATIONS_CONTACTS", CONTACTS))
    started, worked = time.perf_counter(), time.process_time()
    tally, found = adversary(wanted, seed, shipped_gate())
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    rows = Counter(f"{finding['rule']} {finding['reading']}" for finding in found)
    contacts = len({finding["contact"] for finding in found})
    plain = sum(1 for finding in found if finding["reading"] == "text")
    share = tally.allowed / tally.proposed
    return Result(
        name="violations",
        work=f"{tally.proposed:,} adversarial contacts over all packs; the independent checker reads what was sent",
        ours=len(found),
        unit="violations",
        peers={},
        limit=("violations of a gate that denies everything", 0),
        ratios={
            "allowed": share,
            "refused with the checker's consent": tally.rightly / max(tally.approval + tally.denied, 1),
        },
        goals=(
            Goal("violations found by the independent checker", "<=", 0, len(found)),
            Goal("share of contacts allowed", ">=", ALLOWED_SHARE_MIN, share),
        ),
        notes={
            "seed": seed,
            "seconds": round(seconds),
            "processor seconds": round(cpu),
            "allowed": tally.allowed,
            "needs approval (not sent)": tally.approval,
            "denied": tally.denied,
            "inbound": tally.inbound,
            "contacts with a violation": contacts,
            "violations by the plain text": plain,
            "violations by row and reading": dict(rows.most_common()),
            "not sent, unlawful by row": dict(tally.rows.most_common()),
            "not sent, lawful to the checker": tally.wrongly,
            "not sent, lawful, by the gate's reasons": dict(tally.reasons.most_common(30)),
            "not sent, lawful, for one reason only": dict(tally.alone.most_common(30)),
            "verdicts where facts were missing": dict(tally.hidden),
            "verdicts": dict(sorted(tally.by_law.items())),
            "load average": load_average(),
        },
    )


def shipped_gate() -> Gate:
    """The gate by its public face."""
    from jieqing.trust.compliance import library
    from jieqing.trust.compliance.engine.compiler import compile_packs

    return compile_packs(library.shipped())


def adversary(
    wanted: int, seed: int, gate: Gate, keep: Path | None = None
) -> tuple[Tally, list[dict[str, Any]]]:
    """Play worlds until so many contacts were proposed; everything the checker finds in the logs."""
    tally, found, number = Tally(), [], 0
    with tempfile.TemporaryDirectory() as folder:
        while tally.proposed < wanted:
            log, register = Path(folder) / "send.jsonl", Path(folder) / "register.json"
            number = _shard(log, register, number, wanted, seed, gate, tally)
            for finding in _checked(log, register):
                found.append(finding)
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                log.replace(keep / f"send-{number}.jsonl")
                register.replace(keep / f"register-{number}.json")
    return tally, found


def _shard(log: Path, register: Path, number: int, wanted: int, seed: int, gate: Gate, tally: Tally) -> int:
    whole: dict[str, Any] = {"format": "jieqing/send-register/1"}
    with log.open("w", encoding="utf-8") as lines:
        for _ in range(SHARD):
            if tally.proposed >= wanted:
                break
            for key, value in play(number, seed, gate, lines, tally).items():
                if isinstance(value, dict):
                    whole.setdefault(key, {}).update(value)
                else:
                    whole.setdefault(key, []).extend(value)
            number += 1
    register.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return number


def _checked(log: Path, register: Path) -> list[dict[str, Any]]:
    """What the checker says of the two files, nothing else in its hands."""
    from jieqing_sendlog import check, read_log, read_register

    standing = read_register(register.read_bytes())
    with log.open(encoding="utf-8") as lines:
        contacts = list(read_log(lines, standing))
    return [finding.as_dict() for finding in check(contacts, standing)]
