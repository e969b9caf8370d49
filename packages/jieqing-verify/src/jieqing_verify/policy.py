"""The trust policy: which logs, which witnesses, how many of them. The only source of keys.

Source: C2SP tlog-policy.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from jieqing_verify.note import ED25519, VerifierKey

NONE = "none"
NAMES_MAX = 256


class BadPolicy(Exception):
    """The policy file cannot be used; the sentence says which line and why."""


@dataclass
class Policy:
    """Logs by key, witnesses by name, groups by name, and the quorum's name."""

    logs: list[VerifierKey] = field(default_factory=list)
    witnesses: dict[str, VerifierKey] = field(default_factory=dict)
    groups: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    quorum: str = ""

    def logs_of(self, origin: str) -> list[VerifierKey]:
        return [key for key in self.logs if key.name == origin]

    def is_met(self, cosigned: Collection[str]) -> bool:
        """Whether these witnesses satisfy the quorum."""
        return self.quorum == NONE or self._witnessed(self.quorum, cosigned)

    def _witnessed(self, name: str, cosigned: Collection[str]) -> bool:
        if name in self.witnesses:
            return name in cosigned
        threshold, members = self.groups[name]
        return sum(self._witnessed(member, cosigned) for member in members) >= threshold


def read_policy(data: bytes) -> Policy:
    """Errors: BadPolicy."""
    policy, members = Policy(), set[str]()
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n"), 1):
        words = line.replace("\t", " ").split(" ")
        words = [word for word in words if word]
        if not words or words[0].startswith("#"):
            continue
        try:
            _read_line(policy, members, words)
        except ValueError as error:
            raise BadPolicy(f"line {number}: {error}") from error
    if not policy.quorum:
        raise BadPolicy("the quorum line is missing")
    if not policy.logs:
        raise BadPolicy("no log is listed")
    return policy


def _read_line(policy: Policy, members: set[str], words: list[str]) -> None:
    kind, *rest = words
    if kind == "log" and len(rest) in (1, 2):
        key = VerifierKey.parse(rest[0])
        if key.kind != ED25519:
            raise ValueError("only Ed25519 log keys are understood")
        _refuse_duplicate(key, policy.logs)
        policy.logs.append(key)
    elif kind == "witness" and len(rest) in (2, 3):
        _check_new(policy, rest[0])
        key = VerifierKey.parse(rest[1])
        _refuse_duplicate(key, policy.witnesses.values())
        policy.witnesses[rest[0]] = key
    elif kind == "group" and len(rest) >= 3:
        _check_new(policy, rest[0])
        policy.groups[rest[0]] = _group(policy, members, rest[1], rest[2:])
    elif kind == "quorum" and len(rest) == 1 and not policy.quorum:
        if rest[0] != NONE and rest[0] not in policy.witnesses and rest[0] not in policy.groups:
            raise ValueError("the quorum names nothing defined above")
        policy.quorum = rest[0]
    else:
        raise ValueError("not a line of a policy, or a second quorum")


def _group(
    policy: Policy, members: set[str], threshold: str, names: list[str]
) -> tuple[int, tuple[str, ...]]:
    for name in names:
        if name not in policy.witnesses and name not in policy.groups:
            raise ValueError(f"member {name} is not defined above")
        if name in members:
            raise ValueError(f"member {name} stands in a group already")
        members.add(name)
    named = {"all": len(names), "any": 1}.get(threshold)
    count = (
        named if named is not None else int(threshold) if threshold.isascii() and threshold.isdigit() else 0
    )
    if not 1 <= count <= len(names):
        raise ValueError("a group needs between one and all of its members")
    return count, tuple(names)


def _check_new(policy: Policy, name: str) -> None:
    if name == NONE or name in policy.witnesses or name in policy.groups:
        raise ValueError(f"the name {name} is taken")
    if len(policy.witnesses) + len(policy.groups) >= NAMES_MAX:
        raise ValueError("too many names")


def _refuse_duplicate(key: VerifierKey, known: Collection[VerifierKey]) -> None:
    if any(key.public_key == other.public_key for other in known):
        raise ValueError("this public key is listed already")
