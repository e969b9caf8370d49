"""Translation catalogues without any system tool: find the words, keep the .po files, compile the .mo files.

Chinese is the source language and stands in the templates and forms; English lives in
``<room>/locale/en/LC_MESSAGES/django.po``, one file per Django app, so rooms never edit one another's. Compiled files
are not committed: every process compiles what is older than its source when it starts (`compile_stale`), so there is
no step to forget. Extraction is Django's own template reader followed by Babel's Python reader: the same two steps
as ``makemessages``, without xgettext.

``python -m jieqing.plumbing.catalogues`` adds new words to the .po files and drops unused ones;
``--check`` changes nothing and answers 1 when a word has no English.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

PACKAGE = Path(__file__).resolve().parents[1]
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
KIT = "plumbing"
Message = tuple[str | None, str | tuple[str, ...]]
"""A context and a source text (singular and plural when it counts)."""


def compile_stale(root: Path = PACKAGE) -> list[Path]:
    """Compile each .po that is newer than its .mo; a folder that cannot be written is left as it is."""
    made = []
    for source in sorted(root.rglob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        try:
            _compile(source, target)
        except PermissionError:
            continue
        made.append(target)
    return made


def _compile(source: Path, target: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3])
    # Several processes start together: each writes its own file, the last rename wins, no one reads a half.
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".mo.part", delete=False) as part:
        write_mo(part, catalogue)
    made = Path(part.name)
    made.chmod(0o644)
    made.replace(target)


def app_folders(root: Path = PACKAGE) -> Iterator[Path]:
    """The folders that are Django apps: each keeps the words of everything below it."""
    yield from sorted({file.parent for file in root.rglob("apps.py")})


def messages_of(app: Path, root: Path = PACKAGE) -> dict[Message, list[str]]:
    """Every translatable text of one app, with the files (below `src`) that use it."""
    found: dict[Message, list[str]] = {}
    others = [other for other in app_folders(root) if other != app and app in other.parents]
    for file in sorted([*app.rglob("*.py"), *app.rglob("*.html"), *app.rglob("*.txt")]):
        if "tests" in file.parts or any(other in file.parents for other in others):
            continue
        place = file.relative_to(root.parent).as_posix()
        for message in _messages_in(file):
            places = found.setdefault(message, [])
            if place not in places:
                places.append(place)
    return found


def _messages_in(file: Path) -> Iterator[Message]:
    from babel.messages.extract import extract
    from django.utils.translation.template import templatize

    text = file.read_text(encoding="utf-8")
    source = text if file.suffix == ".py" else templatize(text)
    for _line, message, _comments, context in extract(
        "python", io.BytesIO(source.encode()), keywords=KEYWORDS
    ):
        yield context, message


def read_catalogue(app: Path, language: str = "en") -> Catalog:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    file = app / "locale" / language / "LC_MESSAGES" / "django.po"
    if not file.is_file():
        return Catalog(locale=language, project="jieqing", charset="utf-8")
    with file.open("rb") as source:
        return read_po(source, locale=language)


def missing(app: Path, root: Path = PACKAGE) -> list[str]:
    """The source texts of one app that have no English, or whose English lacks a placeholder."""
    catalogues = [read_catalogue(app), read_catalogue(root / KIT)]
    return [
        text if isinstance(text, str) else text[0]
        for context, text in messages_of(app, root)
        if not any(_is_translated(catalogue, context, text) for catalogue in catalogues)
    ]


def _is_translated(catalogue: Catalog, context: str | None, text: str | tuple[str, ...]) -> bool:
    entry = catalogue.get(text[0] if isinstance(text, tuple) else text, context)
    if entry is None or entry.fuzzy:
        return False
    words = [entry.string] if isinstance(entry.string, str) else list(entry.string or ())
    source = set(PLACEHOLDER.findall("".join(text)))
    return all(word and set(PLACEHOLDER.findall(word)) <= source for word in words)


def update(app: Path, root: Path = PACKAGE) -> int:
    """Write the app's English catalogue anew: known translations kept, new words empty. Returns how many are empty.

    What the kit's own catalogue says already (合计, 取消 …) is left out, so that one word has one translation.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    known, found, kit = read_catalogue(app), messages_of(app, root), read_catalogue(root / KIT)
    fresh = Catalog(locale="en", project="jieqing", charset="utf-8")
    for (context, text), places in found.items():
        if app != root / KIT and _is_translated(kit, context, text):
            continue
        old = known.get(text[0] if isinstance(text, tuple) else text, context)
        fresh.add(
            text, old.string if old else "", locations=[(place, 0) for place in places], context=context
        )
    target = app / "locale" / "en" / "LC_MESSAGES" / "django.po"
    if not len(fresh):
        target.unlink(missing_ok=True)
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        # No header: its dates would make every run a change.
        write_po(file, fresh, omit_header=True, include_lineno=False, sort_output=True, width=110)
    return len(missing(app, root))


def main(arguments: list[str]) -> int:
    lacking = 0
    for app in app_folders():
        if "--check" in arguments:
            words = missing(app)
            for text in words:
                click.echo(f"{app.relative_to(PACKAGE.parent)}: {text}")
            lacking += len(words)
        else:
            lacking += update(app)
    click.echo(f"{lacking} without English", err=True)
    return 1 if lacking else 0


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure(USE_I18N=False)
    django.setup()
    sys.exit(main(sys.argv[1:]))
