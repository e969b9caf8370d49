"""The fonts that documents are set in, and the promise that none of them prints a box.

Noto Sans SC and Noto Serif SC come by npm, whole (30,000 characters each), and the front-end build lays them in
``frontend/dist/print``; nothing of the machine is needed. Names hold rarer characters than any web font: every text of a
document is looked up beforehand. What our fonts lack, a Noto CJK of the machine may draw; what nobody draws is refused
with a sentence that names the characters. A document that needed no such help is the same bytes on every machine.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import typst

from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.plumbing import paths
from jieqing.plumbing.pdf.coverage import Coverage, read_coverage

# Where Linux distributions and macOS put them; a folder that does not exist helps nobody and harms nobody.
_MACHINE_FOLDERS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/noto-cjk",
    "/Library/Fonts",
)
_SHOWN_MAX = 10


class Typeface(StrEnum):
    """``SANS`` for tables and statements, ``SERIF`` for letters and legal documents."""

    SANS = "sans"
    SERIF = "serif"


_FILES = {Typeface.SANS: "NotoSansSC_400Regular.ttf", Typeface.SERIF: "NotoSerifSC_400Regular.ttf"}
_FAMILIES = {Typeface.SANS: "Noto Sans SC", Typeface.SERIF: "Noto Serif SC"}
_MACHINE_FILES = {Typeface.SANS: "NotoSansCJK-Regular.ttc", Typeface.SERIF: "NotoSerifCJK-Regular.ttc"}
_MACHINE_FAMILIES = {Typeface.SANS: "Noto Sans CJK SC", Typeface.SERIF: "Noto Serif CJK SC"}


@dataclass(frozen=True, slots=True)
class ChosenFonts:
    """Families in order of preference, and the folders that hold them."""

    families: tuple[str, ...]
    folders: tuple[Path, ...]

    def load(self) -> "typst.Fonts":
        return _loaded(self.folders)


def choose_fonts(typeface: Typeface, texts: Iterable[str]) -> ChosenFonts | Problem:
    """Return the fonts that can draw every character of the texts."""
    folder = print_folder()
    own = folder / _FILES[typeface]
    if not own.is_file():
        return Problem.of(FONTS_MISSING)
    characters = {character for text in texts for character in text if not character.isspace()}
    lacking = {one for one in characters if not _coverage(own).has(one)}
    chosen = ChosenFonts((_FAMILIES[typeface],), (folder,))
    if not lacking:
        return chosen
    machine = _machine_font(typeface)
    helped = {one for one in lacking if machine and _coverage(machine).has(one)}
    if machine is None or helped != lacking:
        shown = sorted(lacking - helped)[:_SHOWN_MAX]
        return Problem.of(
            CHARACTERS_MISSING,
            characters=" ".join(f"{one} (U+{ord(one):04X})" for one in shown),
            count=len(lacking - helped),
        )
    return ChosenFonts((*chosen.families, _MACHINE_FAMILIES[typeface]), (folder, machine.parent))


def printable(text: str) -> str:
    """Return the text without what has no shape: control and format characters and variation selectors.

    A direction override could make a name read backwards on paper, and a control character could not be drawn at all.

    Example:
        >>> printable("甲\\u202e乙\\x00丙\\tA")
        '甲乙 丙 A'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shape(character) for character in unicodedata.normalize("NFC", text))


def print_folder() -> Path:
    return paths.frontend_dist() / "print"


@cache
def fonts_digest() -> str:
    """Which font files documents are made with: stands in evidence beside a document's own digest."""
    digest = hashlib.sha256()
    for file in sorted(print_folder().glob("*.ttf")):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _shape(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return character if character == "\n" else " "
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return "" if is_selector or category in ("Cf", "Cs", "Co", "Cn") else character


def _machine_font(typeface: Typeface) -> Path | None:
    for folder in _MACHINE_FOLDERS:
        found = Path(folder) / _MACHINE_FILES[typeface]
        if found.is_file():
            return found
    return None


@cache
def _coverage(font: Path) -> Coverage:
    return read_coverage(font)


@cache
def _loaded(folders: tuple[Path, ...]) -> "typst.Fonts":
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(one) for one in folders]
    )


FONTS_MISSING = ProblemKind(
    "pdf.fonts_missing",
    "制作文件所需的字体还没有安装。",
    "The fonts that documents are set in are not installed.",
    "请在程序目录运行 make setup 后重试；数据没有改变。",
    "Run make setup in the program's folder and try again; nothing was changed.",
)
CHARACTERS_MISSING = ProblemKind(
    "pdf.characters_missing",
    "有 {count} 个字现有字体无法印出：{characters}。为避免印成方框，文件没有生成。",
    "{count} characters cannot be drawn by any font here: {characters}. The document was not made, so that none is a box.",
    "请核对名称中的这些字；确为生僻字的，请在服务器安装 Noto CJK 字体后重试。",
    "Check these characters in the names; if they are right, install the Noto CJK fonts on the server and try again.",
)
