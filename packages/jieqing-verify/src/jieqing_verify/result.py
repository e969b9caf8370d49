"""What the verifier says: a state and a reason for each level, and one outcome.

States: ``ok`` checked and right; ``failed`` checked and wrong; ``absent`` nothing to check; ``incomplete`` something
is there or asked for, but not enough. Absent never counts as checked.
"""

from dataclasses import dataclass, field
from typing import Literal

State = Literal["ok", "failed", "absent", "incomplete"]
LEVELS = ("L0", "L1", "L2", "L3", "L4", "L5")
EXIT_CODES = {"valid": 0, "invalid": 1, "incomplete": 2}


class Invalid(Exception):
    """The bundle contradicts itself or the policy; the sentence says where."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True)
class Level:
    """One level's answer."""

    state: State
    zh: str
    en: str

    def as_json(self) -> dict[str, str]:
        return {"state": self.state, "reason": self.en, "reason_zh": self.zh}


@dataclass(frozen=True)
class Verdict:
    """All levels, and what was verified."""

    levels: dict[str, Level]
    about: dict[str, object] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        states = {level.state for level in self.levels.values()}
        if "failed" in states:
            return "invalid"
        needed = [self.levels[name].state for name in ("L1", "L2")]
        enough = all(state == "ok" for state in needed) and self.levels["L3"].state != "incomplete"
        return "valid" if enough else "incomplete"

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.outcome]

    def as_json(self) -> dict[str, object]:
        levels = {name: self.levels[name].as_json() for name in LEVELS}
        return {"valid": self.outcome == "valid", "outcome": self.outcome, "levels": levels, **self.about}
