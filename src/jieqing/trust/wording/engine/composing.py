"""From words to findings: the rules of the lexicon over the words that stand in a plain text.

Order and nearness make a sentence of words: "我们 是 法院" accuses, "法院 … 我们 是" does not. Words of one pattern stand in
one sentence, each after the other, no more than a gap apart. Then a guard may set a finding aside: the text denies it (我们
不是法院), warns of it (有人冒充法院请勿相信), refuses it, or quotes somebody (您反映“再不还就上门”). A guard never reaches over a sentence; only
a message that examines or teaches is read as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jieqing.trust.wording.engine.lexicon import Gravity, Lexicon, Pattern, Rule
from jieqing.trust.wording.engine.normalising import CLAUSE, CLOSE, OPEN, SENTENCE

Places = dict[int, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Found:
    """A rule met in the plain text, from ``start`` to ``end``."""

    rule: Rule
    start: int
    end: int

    @property
    def gravity(self) -> Gravity:
        return self.rule.gravity


def findings(lexicon: Lexicon, plain: str, hits: Sequence[tuple[tuple[int, ...], int, int]]) -> list[Found]:
    """Every rule that the text meets, the longest place of each; ``hits`` are (classes, start, end)."""
    present = 0
    places: Places = {}
    for classes, start, end in hits:
        for number in classes:
            present |= 1 << number
            places.setdefault(number, []).append((start, end))
    for found in places.values():
        found.sort()
    met = []
    for rule in lexicon.rules:
        for pattern in rule.patterns:
            if pattern.mask & present != pattern.mask:
                continue
            if any(places.get(number) for number in pattern.absent):
                continue
            for start, end in _stretches(pattern, places, plain):
                if not _is_set_aside(lexicon, rule, plain, start, end):
                    met.append(Found(rule, start, end))
    return _longest(met)


def anchors(lexicon: Lexicon) -> dict[str, None]:
    """Words of which at least one stands in every text that meets a rule: of each pattern the class that says most.

    Common and short words say little (联系, 你): of a pattern's classes a rare one whose shortest word is longest, the smallest.
    """
    members: dict[int, list[str]] = {}
    for word, classes in lexicon.words.items():
        for number in classes:
            members.setdefault(number, []).append(word)
    chosen = {
        min(
            (*pattern.classes, *pattern.beside),
            key=lambda number: (
                number in lexicon.common,
                -min(map(len, members[number])),
                len(members[number]),
            ),
        )
        for rule in lexicon.rules
        for pattern in rule.patterns
    }
    return dict.fromkeys(word for number in sorted(chosen) for word in members[number])


def _stretches(pattern: Pattern, places: Places, plain: str) -> list[tuple[int, int]]:
    """From the first word to the last of a pattern, for each first word that leads to a last."""
    if not pattern.classes:
        return [places[pattern.beside[0]][0]]
    first, *rest = pattern.classes
    found = []
    for start, end in places[first]:
        last = _end_of(rest, places, plain, end, pattern)
        if last is not None:
            found.append((start, last))
    return found


def _end_of(rest: Sequence[int], places: Places, plain: str, after: int, pattern: Pattern) -> int | None:
    if not rest:
        return after
    for start, end in places[rest[0]]:
        if start < after or start - after > pattern.gap:
            continue
        between = plain[after:start]
        if SENTENCE in between or (pattern.within_clause and CLAUSE in between):
            continue
        last = _end_of(rest[1:], places, plain, end, pattern)
        if last is not None:
            return last
    return None


def _is_set_aside(lexicon: Lexicon, rule: Rule, plain: str, start: int, end: int) -> bool:
    if not rule.guards:
        return False
    begin = plain.rfind(SENTENCE, 0, start) + 1
    stop = plain.find(SENTENCE, end)
    sentence = plain[begin : stop if stop >= 0 else len(plain)]
    clause = plain[max(begin, plain.rfind(CLAUSE, begin, start) + 1) : start]
    for name in rule.guards:
        guard = lexicon.guards[name]
        if name.startswith("quoted"):
            if _is_quoted(plain, begin, start) and guard.search(plain[: plain.rfind(OPEN, 0, start)][-12:]):
                return True
        elif guard.search(_reach_of(name, clause, sentence, plain)):
            return True
    return False


def _reach_of(name: str, clause: str, sentence: str, plain: str) -> str:
    if name.startswith("denied"):
        return clause
    return plain if name.startswith("taught") else sentence


def _is_quoted(plain: str, begin: int, start: int) -> bool:
    opened = plain.rfind(OPEN, 0, start)
    return opened >= 0 and plain.find(CLOSE, opened, start) < 0 and plain.find(CLOSE, start) >= 0


def _longest(met: list[Found]) -> list[Found]:
    """Of one rule's findings that overlap, the longest; in the order of the text."""
    kept: list[Found] = []
    for one in sorted(met, key=lambda found: (found.start - found.end, found.start, found.rule.code)):
        if not any(
            one.rule is other.rule and one.start < other.end and other.start < one.end for other in kept
        ):
            kept.append(one)
    return sorted(kept, key=lambda found: (found.start, found.end, found.rule.code))
