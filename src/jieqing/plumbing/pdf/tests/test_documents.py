"""Documents: values print literally, equal values give equal bytes, no character becomes a box."""

import hashlib
import struct
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.pdf import Document, Letterhead, render_pdf, typefaces
from jieqing.plumbing.pdf.coverage import read_coverage
from jieqing.plumbing.pdf.typefaces import Typeface, choose_fonts, printable

PLAIN = Path(__file__).parent / "plain.typ"
HOSTILE = (
    "#panic()", "#include \"/etc/passwd\"", "$x^2$", "*粗* _斜_", "[括号] {花括号}", "`原样`", "= 标题", "- 列表 + 编号",
    "<label> @ref", "\\u{4e2d} \\ 换行", "// 注释 /* 注释 */", "~ -- --- ...", "https://example.invalid/a", "'单' \"双\"",
    "#sys.inputs.doc", "#read(\"main.typ\")", "=cmd|' /C calc'!A0", "甲#乙$丙*丁[戊]`己",
)  # fmt: skip


def document(*lines: str, rows: Sequence[Sequence[str]] = (("甲", "1.00"),), **more) -> Document:
    return Document(
        template=PLAIN,
        title="试样",
        dated=date(2026, 11, 22),
        values={"lines": lines, "rows": rows},
        letterhead=Letterhead("江南精密机械有限公司", ("备案号 苏A-1",), "页脚"),
        **more,
    )


def made(*lines: str, **more) -> bytes:
    found = render_pdf(document(*lines, **more))
    assert isinstance(found, bytes), found
    return found


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in pages)


def squeezed(text: str) -> str:
    """Extraction puts line ends and blanks where the page has them."""
    return "".join(text.split())


@pytest.mark.parametrize("name", HOSTILE)
def test_what_looks_like_markup_prints_as_it_is_spelt(name: str):
    text = squeezed(text_of(made(f"公司{name}厂", rows=[[name, "1.00"]])))
    assert text.count(squeezed(name)) == 2


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="gbk", exclude_categories=("Cc", "Zs")), min_size=1, max_size=30))
def test_any_name_in_gbk_prints_whole_or_is_refused(name: str):
    found = render_pdf(document(name))
    if isinstance(found, Problem):
        assert found.code == "pdf.characters_missing"
    else:
        # Extraction may answer with a compatibility twin of a character; the count of characters cannot lie.
        assert len(squeezed(text_of(found))) >= len(squeezed(printable(name)))


def test_equal_values_give_equal_bytes():
    first, second = made("甲", "乙"), made("甲", "乙")
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()
    assert made("甲", "丙") != first
    assert first.startswith(b"%PDF-1.7") and b"pdfaid" in first


def test_the_letterhead_and_the_page_count_are_on_the_page():
    text = squeezed(text_of(made("甲")))
    assert all(part in text for part in ("江南精密机械有限公司", "备案号苏A-1", "页脚", "第1页·共1页"))


@pytest.mark.parametrize("typeface", list(Typeface))
def test_rare_characters_of_names_are_drawn_or_refused(typeface: Typeface, monkeypatch: pytest.MonkeyPatch):
    # 㛃 and 䶮 are in our fonts; 𠮷 needs the machine's Noto CJK; a character nobody draws is refused by name.
    assert isinstance(render_pdf(document("㛃䶮", typeface=typeface)), bytes)
    monkeypatch.setattr(typefaces, "_MACHINE_FOLDERS", ())
    refused = render_pdf(document("𠮷野", typeface=typeface))
    assert isinstance(refused, Problem) and refused.code == "pdf.characters_missing"
    assert "𠮷 (U+20BB7)" in refused.zh and refused.details["count"] == 1


def test_the_machine_may_help_with_a_rare_character():
    chosen = choose_fonts(Typeface.SANS, ["𠮷野家"])
    if isinstance(chosen, Problem):
        pytest.skip("this machine has no Noto CJK")
    assert "𠮷野家" in squeezed(text_of(made("𠮷野家")))


def test_missing_fonts_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(typefaces, "print_folder", lambda: tmp_path)
    refused = render_pdf(document("甲"))
    assert isinstance(refused, Problem) and refused.code == "pdf.fonts_missing"


def test_what_has_no_shape_is_left_out():
    assert printable("李\u202e某\u200b\ufe0f\x07") == "李某 "
    assert "李某" in squeezed(text_of(made("李\u202e某\u200b")))


def test_coverage_knows_its_own_characters():
    found = read_coverage(typefaces.print_folder() / "NotoSansSC_400Regular.ttf")
    assert found.has("鑫") and found.has("䶮") and not found.has("𠮷") and not found.has("\u0e01")
    assert found.count > 30_000


@pytest.mark.parametrize("bytes_", [b"", b"ttcf", b"\0\1\0\0" + b"\0" * 40])
def test_what_is_no_font_is_told_apart(bytes_: bytes, tmp_path: Path):
    (tmp_path / "x.ttf").write_bytes(bytes_)
    with pytest.raises(ValueError, match=r"cut short|cmap"):
        read_coverage(tmp_path / "x.ttf")


def with_logo(logo: bytes | None) -> Document:
    head = Letterhead("江南", logo=logo, colour="#00806A")
    return replace(document("甲"), letterhead=head)


def test_a_logo_is_drawn_and_a_broken_one_left_out():
    drawn, plain = render_pdf(with_logo(png())), render_pdf(with_logo(None))
    assert isinstance(drawn, bytes) and b"/Image" in drawn
    assert render_pdf(with_logo(b"\x89PNG broken")) == plain
    assert render_pdf(with_logo(b"\xff\xd8 broken")) == plain


def png() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + bytes(8) for _ in range(8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
