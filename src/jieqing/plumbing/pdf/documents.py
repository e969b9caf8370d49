"""Typst behind one function: a template of ours, values of a room, and PDF/A-2b bytes that are always the same.

A template is code of ours; values travel beside it as JSON and reach the page as strings, never as markup, so a name such
as ``#include`` prints as it is spelt. Nothing else is readable to the compiler: no file of the machine, no network, no
package. Equal values give equal bytes (no clock, no random id), so a digest in evidence can be checked by making the
document again. ``dated`` stands in the file as the day it was made: given, never read from a clock.

Refuses: a character that no font here can draw (see ``typefaces``), and more text than ``TEXT_CHARS_MAX``, so that one
request cannot hold a worker.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

import typst

from jieqing.kernel.outcomes import JSON, Problem, ProblemKind
from jieqing.plumbing.pdf.typefaces import ChosenFonts, Typeface, choose_fonts, printable

TEXT_CHARS_MAX = 20_000_000
_HERE = Path(__file__).parent
_LIBRARY = "house.typ"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the site's name, and the lines beside it (licence, filing, address).

    ``logo`` is a PNG or JPEG that somebody has checked already; ``colour`` is ``#rrggbb`` for the line below.
    """

    name: str
    lines: tuple[str, ...] = ()
    footer: str = ""
    logo: bytes | None = None
    colour: str = "#1F2329"

    def as_dict(self) -> dict[str, JSON]:
        return {"name": self.name, "lines": list(self.lines), "footer": self.footer, "colour": self.colour}


@dataclass(frozen=True, slots=True)
class Document:
    """What to make. ``template`` is a Typst file of a room; it may import ``house.typ``.

    The template finds ``title``, ``lang`` (``zh`` or ``en``), ``letterhead`` and the room's ``values`` in ``doc``.
    """

    template: Path
    title: str
    dated: date
    values: Mapping[str, JSON]
    letterhead: Letterhead | None = None
    lang: str = "zh"
    typeface: Typeface = Typeface.SANS
    keywords: tuple[str, ...] = field(default=())


def render_pdf(document: Document) -> bytes | Problem:
    """Return the document as PDF/A-2b; a logo that cannot be decoded is left out rather than holding the document up."""
    try:
        return _render_pdf(document)
    except typst.TypstError:
        head = document.letterhead
        if head is None or head.logo is None:
            raise
        return _render_pdf(replace(document, letterhead=replace(head, logo=None)))


def _render_pdf(document: Document) -> bytes | Problem:
    prepared = _prepare(document)
    if isinstance(prepared, Problem):
        return prepared
    compiler, inputs = prepared
    made = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards="a-2b", timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("one document gives one file")
    return made


def render_png(document: Document, *, ppi: float = 110) -> list[bytes] | Problem:
    """Return the pages as pictures, for looking at before anything is issued."""
    prepared = _prepare(document)
    if isinstance(prepared, Problem):
        return prepared
    compiler, inputs = prepared
    made = compiler.compile(format="png", ppi=ppi, sys_inputs=inputs)
    pages = made if isinstance(made, list) else [made]
    return [page for page in pages if page is not None]


def _prepare(document: Document) -> "tuple[typst.Compiler, dict[str, str]] | Problem":
    told = _told(document)
    texts = list(_texts(told))
    if sum(map(len, texts)) > TEXT_CHARS_MAX:
        return Problem.of(TOO_LONG)
    fonts = choose_fonts(document.typeface, [*texts, *_words(document.template)])
    if isinstance(fonts, Problem):
        return fonts
    told["fonts"] = list(fonts.families)
    return _compiler(document.template, fonts), {"doc": json.dumps(told, ensure_ascii=False)}


def _told(document: Document) -> dict[str, JSON]:
    """What the template sees; every text of it can be drawn or was refused."""
    head = document.letterhead
    told: dict[str, JSON] = {
        "title": document.title,
        "dated": [document.dated.year, document.dated.month, document.dated.day],
        "lang": document.lang,
        "keywords": list(document.keywords),
        # Files given beside a template must be text, so a picture travels as numbers.
        "letterhead": {**head.as_dict(), "logo": list(head.logo) if head.logo else None} if head else None,
        "values": dict(document.values),
    }
    shaped = _shaped(told)
    assert isinstance(shaped, dict)
    return shaped


def _shaped(value: JSON) -> JSON:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _shaped(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_shaped(one) for one in value]
    return value


def _texts(value: JSON) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one)


@cache
def _words(template: Path) -> tuple[str, ...]:
    """The words of our own templates: a label in a character that a font lacks is a bug found here, not on paper."""
    return ((_HERE / _LIBRARY).read_text(encoding="utf-8"), template.read_text(encoding="utf-8"))


def _compiler(template: Path, fonts: ChosenFonts) -> "typst.Compiler":
    # Made for each document: it costs 0.2 ms with loaded fonts, and a used one has forgotten files given as bytes.
    files = {"main.typ": template.read_bytes(), _LIBRARY: (_HERE / _LIBRARY).read_bytes()}
    # The stubs do not know several files in one dict.
    return typst.Compiler(files, root=str(_HERE), font_paths=fonts.load())  # type: ignore[type-var]


TOO_LONG = ProblemKind(
    "pdf.too_long",
    "内容过长，无法制作成一份文件。",
    "There is too much content for one document.",
    "请缩短期间或分债务人制作。",
    "Choose a shorter period, or make one document for each debtor.",
)
