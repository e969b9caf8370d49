"""A script as a value: what it is for, what it says, what it must say, by which articles; and its digest.

The shipped library is data read into these values; a site's own scripts are the same values read from rows. A digest covers
everything that a reviewer judges, so a filing is about exactly this text with exactly these declarations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from jieqing.kernel.canonical import canonical_bytes
from jieqing.recovery.scripts.engine.words import Addressee, Channel, Disclosure, Emotion, Purpose, Stage

LANGS = ("zh", "en")
_KEYS = {
    *(
        "code",
        "title",
        "lang",
        "stage",
        "purpose",
        "channels",
        "debtor",
        "emotion",
        "variables",
        "disclosures",
    ),
    *("articles", "version", "author", "body"),
}


class NotATemplate(ValueError):
    """A shipped file that cannot be read as one: said with its code or place."""


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a script."""

    code: str
    title: str
    lang: str
    stage: Stage
    purpose: Purpose
    channels: tuple[Channel, ...]
    addressee: Addressee
    emotion: Emotion
    variables: tuple[str, ...]
    disclosures: tuple[Disclosure, ...]
    articles: tuple[str, ...]
    version: int
    author: str
    body: str

    def judged(self) -> dict[str, Any]:
        """What a reviewer judges: all but who wrote it and its number."""
        told = asdict(self)
        for key in ("version", "author"):
            del told[key]
        return {key: [*value] if isinstance(value, tuple) else value for key, value in told.items()}

    @property
    def digest(self) -> bytes:
        return sha256(canonical_bytes(self.judged())).digest()


def read_template(told: Mapping[str, Any]) -> Template:
    """Read one entry of a file. Errors: NotATemplate, naming the entry and what is wrong with it."""
    code = str(told.get("code", "?"))
    if told.keys() != _KEYS:
        raise NotATemplate(f"{code}: keys {sorted(told.keys() ^ _KEYS)} are missing or unknown")
    try:
        found = Template(
            code=code,
            title=str(told["title"]),
            lang=str(told["lang"]),
            stage=Stage(told["stage"]),
            purpose=Purpose(told["purpose"]),
            channels=tuple(Channel(one) for one in told["channels"]),
            addressee=Addressee(told["debtor"]),
            emotion=Emotion(told["emotion"]),
            variables=tuple(told["variables"]),
            disclosures=tuple(Disclosure(one) for one in told["disclosures"]),
            articles=tuple(told["articles"]),
            version=int(told["version"]),
            author=str(told["author"]),
            body=str(told["body"]),
        )
    except ValueError as error:
        raise NotATemplate(f"{code}: {error}") from error
    if found.lang not in LANGS:
        raise NotATemplate(f"{code}: no such language {found.lang}")
    return found
