"""When two names may be one party: the matching behind the search for conflicts of interest.

A name is taken apart: script and width are folded, brackets opened, the legal form (有限公司, 股份, 厂, 个体工商户 …), a branch
(…公司无锡分公司) and a leading place (江苏省无锡市) set aside. What stays is the *core*. Two names meet for the strongest reason
that holds:

| reason | when | score |
|---|---|---|
| same | the whole names are the same letters | 100 |
| branch | cores are the same, and one or both are branches | 90 |
| form | cores are the same; legal form or place differ, or one of them is not said | 85 |
| holder | a person's name stands in the name of a household business (个体工商户) | 70 |
| pinyin | cores sound the same | 60 |
| place | cores are the same, and both name places that differ: usually two companies | 50 |

Invariants: matching is symmetric; a name meets itself as ``same``; width, case, spaces, brackets around and traditional
characters never matter; an index finds exactly what comparing all pairs finds.

It finds what a person must look at; it never says that two parties are one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

from jieqing.claims.parties.engine.names import sort_key
from jieqing.recovery.placements.engine.places import split_place
from jieqing.recovery.placements.engine.scripts import simplified


class Alike(StrEnum):
    """Why two names meet; values stand in rows: never rename one."""

    SAME = "same"
    BRANCH = "branch"
    FORM = "form"
    HOLDER = "holder"
    PINYIN = "pinyin"
    PLACE = "place"


SCORES: dict[Alike, int] = {
    Alike.SAME: 100,
    Alike.BRANCH: 90,
    Alike.FORM: 85,
    Alike.HOLDER: 70,
    Alike.PINYIN: 60,
    Alike.PLACE: 50,
}
_FORMS = tuple(
    sorted(
        (
            "集团股份有限公司", "集团有限责任公司", "控股集团有限公司", "集团有限公司", "股份有限公司", "有限责任公司", "股份公司",
            "有限公司", "总公司", "集团公司", "公司", "集团", "控股", "特殊普通合伙", "普通合伙", "有限合伙", "合伙企业",
            "个人独资企业", "个人独资", "个体工商户", "个体户", "个体", "经营部", "经营店", "工作室", "商行", "商店", "门市部",
            "服务部", "批发部", "加工厂", "加工部", "分厂", "总厂", "厂", "店", "企业",
        ),
        key=len, reverse=True,
    )
)  # fmt: skip
_HOUSEHOLD = re.compile(r"个体|经营部|经营店|工作室|商行|商店|门市部|服务部|批发部|加工部|加工厂|店$")
_BRANCH = re.compile(
    r"^(.+?(?:公司|银行|集团|厂|社|所))(.{0,14}?)"
    r"(分公司|支公司|子公司|分行|支行|分厂|办事处|营业部|营业厅|分店|项目部|分部|分所)$"
)
_BRACKETS = re.compile(r"[(\[{<〔【「『《]([^()\[\]{}<>〔〕【】「」『』《》]*)[)\]}>〕】」』》]")
_LATIN_FORMS = frozenset({
    "co", "company", "corp", "corporation", "inc", "incorporated", "llc", "llp", "ltd", "limited", "gmbh", "ag", "sa", "bv",
    "nv", "plc", "pte", "pty", "kg", "oy", "ab", "srl", "spa", "the",
})  # fmt: skip
_PERSON = range(2, 5)
_CORE_CHARS_MIN = 2


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name taken apart. ``holders`` are names of people that may stand behind a household business."""

    key: str
    core: str
    pinyin: str
    place: str
    is_branch: bool
    is_person: bool
    holders: frozenset[str]

    def shared(self) -> Iterator[tuple[str, str]]:
        """Whatever two names must share one of, to meet at all."""
        yield "key", self.key
        yield "core", self.core
        if self.pinyin:
            yield "pinyin", self.pinyin
        if self.is_person:
            yield "holder", self.core
        for holder in self.holders:
            yield "holder", holder


@lru_cache(maxsize=65_536)
def form_of(name: str) -> NameForm:
    """Take a name apart.

    Example:
        >>> one = form_of("江苏省無錫市宏達機械（集團）股份有限公司常州分公司")
        >>> one.core, one.place, one.is_branch
        ('宏达机械', '江苏无锡', True)
        >>> form_of("WAL-MAR Corp.").core, sorted(form_of("滨湖区李建国建材经营部").holders & {"李建国"})
        ('walmar', ['李建国'])
    """
    folded = simplified(unicodedata.normalize("NFKC", name).casefold())
    outer, inner = _opened(folded)
    key = _letters(folded)
    # A bracket at the end belongs to nobody: a branch or a legal form is looked for in what stands before it.
    branch = _BRANCH.match(outer)
    head = branch.group(1) if branch else outer
    bare = _without_form(head)
    place, core = split_place(bare)
    inside = [part for part in inner if part]
    for part in inside:
        named, rest = split_place(part + "机械")
        if not place and named and rest == "机械":
            place = named
    if len(core) < _CORE_CHARS_MIN:
        core, place = head or key, ""
    is_household = bool(_HOUSEHOLD.search(outer) or any(_HOUSEHOLD.search(part) for part in inside))
    holders = frozenset(_holders(core, inside)) if is_household else frozenset()
    is_person = not is_household and outer == core and len(core) in _PERSON and _is_chinese(core)
    return NameForm(key, core, _pinyin(core), place, branch is not None, is_person, holders)


def alike(one: NameForm, other: NameForm) -> Alike | None:
    """Return the strongest reason for which two names meet, or None.

    Example:
        >>> alike(form_of("宏达机械有限公司"), form_of("无锡市宏达机械厂")).value
        'form'
        >>> alike(form_of("宏达机械"), form_of("宏大机械有限公司")).value, alike(form_of("宏达"), form_of("远景"))
        ('pinyin', None)
    """
    if one.key == other.key and one.key:
        return Alike.SAME
    if one.core == other.core and one.core:
        if one.is_branch or other.is_branch:
            return Alike.BRANCH
        return Alike.PLACE if _places_differ(one.place, other.place) else Alike.FORM
    if (one.is_person and one.core in other.holders) or (other.is_person and other.core in one.holders):
        return Alike.HOLDER
    if one.pinyin and one.pinyin == other.pinyin:
        return Alike.PINYIN
    return None


Bearer = TypeVar("Bearer")


class NameIndex(Generic[Bearer]):
    """Many names, asked for those that meet one: no pair is compared that shares nothing."""

    def __init__(self, names: Iterable[tuple[Bearer, str]]) -> None:
        self._entries: list[tuple[Bearer, NameForm]] = []
        self._by_key: dict[tuple[str, str], list[int]] = {}
        for bearer, name in names:
            form = form_of(name)
            for key in set(form.shared()):
                self._by_key.setdefault(key, []).append(len(self._entries))
            self._entries.append((bearer, form))

    def __len__(self) -> int:
        return len(self._entries)

    def meeting(self, name: str) -> list[tuple[Bearer, Alike]]:
        """Who meets a name, strongest reason first, then as given."""
        form = form_of(name)
        places = sorted({place for key in form.shared() for place in self._by_key.get(key, ())})
        found = []
        for place in places:
            bearer, other = self._entries[place]
            reason = alike(form, other)
            if reason is not None:
                found.append((bearer, reason))
        return sorted(found, key=lambda pair: -SCORES[pair[1]])


def _opened(text: str) -> tuple[str, list[str]]:
    """What stands outside brackets, in letters, and what stands in each of them."""
    inner = [_letters(part) for part in _BRACKETS.findall(text)]
    outer = _BRACKETS.sub(" ", text)
    words = re.split(r"[^\w]+", outer)
    if all(word.isascii() for word in words):
        while len(words) > 1 and (not words[-1] or words[-1] in _LATIN_FORMS):
            words.pop()
    return _letters("".join(words)), inner


def _letters(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char)[0] in "LN")


def _without_form(text: str) -> str:
    """Without its legal form, and the form before that: 集团 of 集团有限公司."""
    bare = text
    while True:
        ending = next((one for one in _FORMS if bare.endswith(one)), "")
        if not ending or len(bare) - len(ending) < _CORE_CHARS_MIN:
            return bare
        bare = bare[: -len(ending)]


def _holders(core: str, inside: list[str]) -> Iterator[str]:
    yield from (part for part in inside if len(part) in _PERSON and _is_chinese(part))
    for size in (3, 4):
        for start in range(len(core) - size + 1):
            part = core[start : start + size]
            if _is_chinese(part):
                yield part


def _is_chinese(text: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in text)


def _pinyin(core: str) -> str:
    """How a Chinese core sounds; empty for a Latin one, which sounds as it is written."""
    return "" if core.isascii() else sort_key(core).replace(" ", "")


def _places_differ(one: str, other: str) -> bool:
    """Both say where, and neither is part of the other (江苏无锡 and 无锡 are one place)."""
    return bool(one and other) and one not in other and other not in one
