"""Outcomes: an expected failure is a value that a person can act on.

A function that can fail because of what a user gave it returns ``T | Problem``. A `Problem` says what happened and
what to do, in Chinese and in English, and carries details that a page, a command or an evidence entry can store.
Exceptions are kept for our own mistakes and for broken infrastructure, so that a stack trace always means "look here".

Invariant: a Problem can be stored as canonical JSON. Its details hold text, integers, booleans, nothing, lists and
objects; a float or an object of another kind is refused when the Problem is made, where the mistake is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from typing_extensions import TypeIs

JSON: TypeAlias = "None | bool | int | str | Sequence[JSON] | Mapping[str, JSON]"
"""What we store and exchange: JSON without floats, because a float has no place near money or in a digest."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, and what the reader can do about it.

    `code` is a dotted name that never changes (``money.too_many_decimals``); tests and other programs compare codes,
    people read the sentences.
    """

    code: str
    zh: str
    en: str
    todo_zh: str
    todo_en: str
    details: Mapping[str, JSON] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for name in ("code", "zh", "en", "todo_zh", "todo_en"):
            if not isinstance(getattr(self, name), str) or not getattr(self, name):
                raise ValueError(f"a Problem needs its {name}")
        object.__setattr__(self, "details", _json_copy(dict(self.details), "details"))

    @classmethod
    def of(cls, kind: ProblemKind, **details: JSON) -> Problem:
        """Return the Problem of a catalogue entry, its sentences filled in from `details`."""
        return cls(
            code=kind.code,
            zh=kind.zh.format_map(details),
            en=kind.en.format_map(details),
            todo_zh=kind.todo_zh.format_map(details),
            todo_en=kind.todo_en.format_map(details),
            details=details,
        )

    def text(self, lang: str = "zh") -> str:
        """Return what happened, in Chinese for any ``zh…`` language and in English for every other."""
        return self.zh if lang.lower().startswith("zh") else self.en

    def todo(self, lang: str = "zh") -> str:
        """Return what the reader can do."""
        return self.todo_zh if lang.lower().startswith("zh") else self.todo_en

    def as_dict(self) -> dict[str, JSON]:
        """Return the JSON form that commands print and the API answers."""
        return {
            "code": self.code,
            "text": {"zh": self.zh, "en": self.en},
            "todo": {"zh": self.todo_zh, "en": self.todo_en},
            "details": self.details,
        }


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A catalogue entry: the code and sentences of one kind of problem, with ``{names}`` for its details.

    Example:
        >>> late = ProblemKind("x.late", "迟了 {days} 天", "{days} days late", "请补交", "Send it now")
        >>> Problem.of(late, days=3).text("zh")
        '迟了 3 天'
    """

    code: str
    zh: str
    en: str
    todo_zh: str
    todo_en: str


class UnexpectedProblem(RuntimeError):
    """A Problem reached code that had ruled it out: a bug in the caller."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code}: {problem.en}")
        self.problem = problem


def is_problem(value: object) -> TypeIs[Problem]:
    """Say whether an outcome is a Problem; the type checker narrows both branches."""
    return isinstance(value, Problem)


def unwrap(value: T | Problem) -> T:
    """Return the value of an outcome that cannot be a Problem here.

    Errors: UnexpectedProblem when it is one after all. Never use it on what a user gave.
    """
    if isinstance(value, Problem):
        raise UnexpectedProblem(value)
    return value


def _json_copy(value: object, where: str) -> JSON:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError(f"{where}: keys must be text")
        return {key: _json_copy(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_json_copy(item, f"{where}[{index}]") for index, item in enumerate(value)]
    raise TypeError(f"{where}: {type(value).__name__} is not JSON")
