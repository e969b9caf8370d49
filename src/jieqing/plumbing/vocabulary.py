"""Words for the dotted codes that rooms write into evidence, and names for the people who acted.

Evidence lies below the rooms whose steps it keeps, so it cannot ask them what their codes mean. Each room says its
words when its app starts; the room that knows people says how to name an id. A code that nobody has words for is
shown as it is: a page never fails on an old or a new code.

Invariant: one pair of words for a code; saying another one is a bug and raises. A test holds that every action code
written in the source has words.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """What a kind of subject is called, and the page that shows one (its arguments: the site's slug, the id)."""

    zh: str
    en: str
    url_name: str = ""


_actions: dict[str, Words] = {}
_subjects: dict[str, SubjectWords] = {}
_resolvers: list[Callable[[set[UUID]], dict[UUID, str]]] = []


def say_actions(words: Mapping[str, Words]) -> None:
    """Add the words of a room's actions: ``{"claims.receivables.imported": ("导入账本", "Ledger imported")}``."""
    for code, pair in words.items():
        if not all(pair) or _actions.setdefault(code, pair) != pair:
            raise ValueError(f"{code}: said twice with different words, or without words")


def say_subjects(words: Mapping[str, SubjectWords]) -> None:
    """Add the words of a room's subjects: ``{"claims.receivables.batch": SubjectWords("导入批次", "Import batch", "batch")}``."""
    for kind, one in words.items():
        if _subjects.setdefault(kind, one) != one:
            raise ValueError(f"{kind}: said twice with different words")


def name_people_by(resolver: Callable[[set[UUID]], dict[UUID, str]]) -> None:
    if resolver not in _resolvers:
        _resolvers.append(resolver)


def action_words(code: str, lang: str) -> str:
    pair = _actions.get(code)
    return code if pair is None else pair[0 if lang.startswith("zh") else 1]


def actions() -> dict[str, Words]:
    """Every action that has words, in the order of its code."""
    return dict(sorted(_actions.items()))


def subject_words(subject: str) -> tuple[SubjectWords, str]:
    """From ``claims.receivables.batch:<id>`` to the words of its kind and the id."""
    kind, _colon, identifier = subject.partition(":")
    return _subjects.get(kind, SubjectWords(kind, kind)), identifier


def people(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names by id; an id that is no person is left out."""
    wanted = set(ids)
    found: dict[UUID, str] = {}
    for resolver in _resolvers if wanted else ():
        found |= resolver(wanted)
    return found
