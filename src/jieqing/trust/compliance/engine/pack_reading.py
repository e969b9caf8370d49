"""Reading a pack: from its text to rules, or to the sentence that says what its author must mend.

Nothing is guessed: an unknown key, fact, value or verdict is refused with its place. A permission (`granted`) may stand only
where its absence makes the rule fire, that is under an odd number of `not`; a rule's text and article are said in
both languages; a rule of high confidence cites an article.

The form is docs/law/packs.md; contracts/pack.schema.json says the same for other readers (a test holds the two together).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_args

from jieqing.kernel.outcomes import JSON
from jieqing.trust.compliance.engine.pack_text import NotAPack, read_text
from jieqing.trust.compliance.engine.packs import (
    After,
    Confidence,
    LawText,
    NextDay,
    NotBefore,
    Opening,
    Pack,
    Rule,
    RuleVerdict,
    SourceKind,
    Words,
    document_digest,
    whole_condition,
)
from jieqing.trust.compliance.engine.predicate_reading import read_predicate
from jieqing.trust.compliance.engine.predicates import (
    All,
    AnyOf,
    Dated,
    Granted,
    Not,
    OneOf,
    Outside,
    Predicate,
)
from jieqing.trust.compliance.engine.vocabulary import FACTS, VALUES, Kind

_PACK_KEYS = {
    "pack",
    "title",
    "source",
    "jurisdiction",
    "effective",
    "applies",
    "rules",
    "overlay",
    "tighten",
}
_RULE_KEYS = {
    "id", "verdict", "article", "aliases", "law_text", "confidence", "text", "when", "not_before", "effective",
    "creditor_kinds", "debt_kinds",
}  # fmt: skip


def read_pack(text: str) -> Pack:
    """Return the pack of a text.

    Errors: NotAPack, with the place and what to mend.
    """
    document = read_text(text)
    if not isinstance(document, Mapping):
        raise NotAPack("a pack is a map with the keys pack, title, source …")
    return pack_from(document)


def pack_from(document: Mapping[str, JSON]) -> Pack:
    """Return the pack of data that is already read.

    Errors: NotAPack.
    """
    pack_id = _name(document, "pack", "pack")
    where = f"pack {pack_id}"
    _only(document, _PACK_KEYS, where)
    jurisdiction = _choice(document, "jurisdiction", ("CN", "US", "UK", "any"), where)
    start, end = _dates(document.get("effective"), where)
    parts: list[Predicate] = []
    if jurisdiction != "any":
        parts.append(OneOf("jurisdiction", frozenset({jurisdiction})))
    if start or end:
        parts.append(_dated(start, end))
    if document.get("applies") is not None:
        parts.append(_condition(document["applies"], f"{where}, applies"))
    applies = whole_condition(*parts) if parts else All(())
    rules = tuple(_rule(item, pack_id, applies) for item in _list(document.get("rules"), f"{where}, rules"))
    overlay = document.get("overlay") is True
    tighten = tuple(_texts(document.get("tighten", []), f"{where}, tighten"))
    if tighten and not overlay:
        raise NotAPack(f"{where}: only an overlay (overlay: true) may tighten rules of others")
    return Pack(
        id=pack_id,
        title=_words(document.get("title"), f"{where}, title"),
        source=_choice(document, "source", get_args(SourceKind), where),
        jurisdiction=jurisdiction,
        effective_from=start,
        effective_to=end,
        applies=applies,
        rules=rules,
        digest=document_digest(document),
        overlay=overlay,
        tighten=tighten,
        document=document,
    )


def _rule(item: JSON, pack_id: str, applies: Predicate) -> Rule:
    if not isinstance(item, Mapping):
        raise NotAPack(f"pack {pack_id}: a rule is a map")
    rule_id = _name(item, "id", f"pack {pack_id}, a rule")
    where = f"rule {rule_id}"
    _only(item, _RULE_KEYS, where)
    when = _condition(item.get("when"), f"{where}, when")
    start, end = _dates(item.get("effective"), where)
    parts: list[Predicate] = [applies]
    if start or end:
        parts.append(_dated(start, end))
    for key, fact in (("creditor_kinds", "creditor_kind"), ("debt_kinds", "debt_kind")):
        if item.get(key) is not None:
            parts.append(_one_of(fact, item[key], f"{where}, {key}"))
    confidence: Confidence = _choice(item, "confidence", get_args(Confidence), where)
    law_text = _law_text(item.get("law_text"), where)
    verdict: RuleVerdict = _choice(item, "verdict", get_args(RuleVerdict), where)
    return Rule(
        id=rule_id,
        pack=pack_id,
        verdict=verdict,
        article=_words(item.get("article"), f"{where}, article"),
        text=_words(item.get("text"), f"{where}, text"),
        confidence=confidence,
        predicate=whole_condition(*parts, when),
        when=when,
        not_before=_not_before(item.get("not_before"), where),
        aliases=tuple(_texts(item.get("aliases", []), f"{where}, aliases")),
        law_text=law_text,
        effective_from=start,
        effective_to=end,
    )


def _condition(value: JSON, where: str) -> Predicate:
    predicate = read_predicate(value, where)
    if _has_loosening_grant(predicate, positive=True):
        raise NotAPack(
            f"{where}: granted may only lift a rule (put it under not) and outside only close (keep it from under not),"
            " else what was agreed, or its absence, would allow"
        )
    return predicate


def _has_loosening_grant(predicate: Predicate, *, positive: bool) -> bool:
    match predicate:
        case Granted():
            return positive
        case Outside():
            return not positive
        case Not(part):
            return _has_loosening_grant(part, positive=not positive)
        case All(parts) | AnyOf(parts):
            return any(_has_loosening_grant(part, positive=positive) for part in parts)
        case _:
            return False


def _one_of(fact: str, value: JSON, where: str) -> OneOf:
    values = frozenset(_texts(value, where))
    strange = values - VALUES[fact]
    if strange or not values:
        raise NotAPack(f"{where}: not known: {', '.join(sorted(strange)) or 'nothing given'}")
    return OneOf(fact, values)


def _not_before(value: JSON, where: str) -> NotBefore | None:
    match value:
        case None:
            return None
        case "opening":
            return Opening()
        case "next_day":
            return NextDay()
        case Mapping():
            _only(value, {"after", "days", "hours"}, f"{where}, not_before")
            fact = value.get("after")
            if not isinstance(fact, str) or FACTS.get(fact) is not Kind.INSTANT:
                raise NotAPack(f"{where}, not_before: after names an instant among the facts")
            unit = "days" if "days" in value else "hours"
            number = value.get(unit)
            if len(value) != 2 or not isinstance(number, int) or isinstance(number, bool) or number < 1:
                raise NotAPack(f"{where}, not_before: say after and either days or hours, 1 or more")
            return After(fact, "days" if unit == "days" else "hours", number)
        case _:
            raise NotAPack(f"{where}, not_before: opening, next_day or after … days|hours")


def _law_text(value: JSON, where: str) -> LawText | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise NotAPack(f"{where}, law_text: a map with file, article, sha256")
    _only(value, {"file", "article", "sha256"}, f"{where}, law_text")
    found = LawText(*(_text(value, key, f"{where}, law_text") for key in ("file", "article", "sha256")))
    if len(found.sha256) != 64 or set(found.sha256) - set("0123456789abcdef"):
        raise NotAPack(f"{where}, law_text: sha256 is 64 hexadecimal digits")
    return found


def _dates(value: JSON, where: str) -> tuple[str, str]:
    if value is None:
        return "", ""
    if not isinstance(value, Mapping):
        raise NotAPack(f"{where}, effective: a map with from and to")
    _only(value, {"from", "to"}, f"{where}, effective")
    start, end = (_day(value.get(key), f"{where}, effective") for key in ("from", "to"))
    if start and end and start >= end:
        raise NotAPack(f"{where}, effective: to is the first day no longer in force, after from")
    return start, end


def _day(value: JSON, where: str) -> str:
    if value is None:
        return ""
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise NotAPack(f"{where}: {value} is no ISO date") from error


def _dated(start: str, end: str) -> Dated:
    return Dated(*(date.fromisoformat(day).toordinal() if day else None for day in (start, end)))


def _words(value: JSON, where: str) -> Words:
    if not isinstance(value, Mapping):
        raise NotAPack(f"{where}: a map with zh and en")
    _only(value, {"zh", "en"}, where)
    return Words(_text(value, "zh", where), _text(value, "en", where))


def _text(holder: Mapping[str, JSON], key: str, where: str) -> str:
    value = holder.get(key)
    if not isinstance(value, str) or not value.strip():
        raise NotAPack(f"{where}: {key} is missing or no text")
    return value.strip()


def _name(holder: Mapping[str, JSON], key: str, where: str) -> str:
    value = _text(holder, key, where)
    if not all(char.isascii() and (char.isalnum() or char in "-.") for char in value):
        raise NotAPack(f"{where}: {key} {value!r} holds letters, digits, - and . only")
    return value


def _choice(holder: Mapping[str, JSON], key: str, allowed: Sequence[str], where: str) -> Any:
    value = holder.get(key)
    if value not in allowed:
        raise NotAPack(f"{where}: {key} is one of {', '.join(allowed)}")
    return value


def _list(value: JSON, where: str) -> Sequence[JSON]:
    if not isinstance(value, list):
        raise NotAPack(f"{where}: a list")
    return value


def _texts(value: JSON, where: str) -> list[str]:
    found = _list(value, where)
    if not all(isinstance(item, str) and item for item in found):
        raise NotAPack(f"{where}: a list of texts")
    return [str(item) for item in found]


def _only(holder: Mapping[str, JSON], allowed: set[str], where: str) -> None:
    strange = sorted(set(holder) - allowed)
    if strange:
        raise NotAPack(f"{where}: unknown keys: {', '.join(strange)}")
