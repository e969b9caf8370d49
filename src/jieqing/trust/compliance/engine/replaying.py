"""Replaying: a recorded verdict against what the same facts give now.

A record is one line of `jieqing gate decide --json` or `gate export`: the facts and what was answered. Only what was recorded is compared;
a record without a verdict has nothing to replay and is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from jieqing.kernel.outcomes import JSON, Problem, ProblemKind
from jieqing.trust.compliance.engine.facts import Facts, ReadFacts, check_facts, instant, read_facts
from jieqing.trust.compliance.engine.verdicts import RANK, Verdict


@dataclass(frozen=True, slots=True)
class Recorded:
    """The facts of a record and the answer it claims."""

    facts: Facts
    answer: Mapping[str, JSON]


def recorded_from(outer: Mapping[str, JSON]) -> Recorded | Problem:
    """Return the record of a line. The answer may stand beside `facts` or as an object under `verdict`."""
    verdict = outer.get("verdict")
    answer = verdict if isinstance(verdict, Mapping) else outer
    if not isinstance(outer.get("facts"), Mapping) or answer.get("verdict") not in RANK:
        return Problem.of(NO_RECORD)
    read = check_facts(outer["facts"])
    return Recorded(read.facts, answer) if isinstance(read, ReadFacts) else read


def read_facts_free(text: str) -> Mapping[str, JSON] | Problem:
    """Read a JSON object with the same care as a line of facts."""
    wrapped = read_facts('{"record":' + text + "}") if text.lstrip().startswith("{") else None
    value = wrapped.facts.get("record") if isinstance(wrapped, ReadFacts) else None
    if isinstance(value, Mapping):
        return value
    return wrapped if isinstance(wrapped, Problem) else Problem.of(NO_RECORD)


def compare(recorded: Recorded, found: Verdict) -> list[str]:
    """Return the names of what differs between a record and its replay, the digests first."""
    answer, now = recorded.answer, json.loads(json.dumps(found.as_dict()))
    differences = [
        key for key in ("pack_digest", "facts_digest", "verdict") if key in answer and answer[key] != now[key]
    ]
    if "not_before" in answer and not _same_instant(answer["not_before"], now["not_before"]):
        differences.append("not_before")
    if "reasons" in answer and _rules(answer["reasons"]) != _rules(now["reasons"]):
        differences.append("reasons")
    return differences


def _same_instant(one: JSON, other: JSON) -> bool:
    """Whether two instants are one, in whatever zone they are written."""
    return one == other or (instant(one) is not None and instant(one) == instant(other))


def _rules(reasons: JSON) -> list[tuple[JSON, JSON, JSON]] | None:
    if not isinstance(reasons, list | tuple) or not all(isinstance(one, Mapping) for one in reasons):
        return None
    return sorted(
        (
            (one.get("rule"), one.get("article"), one.get("pack"))
            for one in reasons
            if isinstance(one, Mapping)
        ),
        key=str,
    )


NO_RECORD = ProblemKind(
    "gate.no_record",
    "这一行不是裁决记录（缺少 facts 或 verdict）。",
    "This line is no record of a verdict (facts or verdict is missing).",
    "请使用 jieqing gate decide --json 的输出。",
    "Use the output of jieqing gate decide --json.",
)
