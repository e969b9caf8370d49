"""What somebody uploads as a logo comes out as a plain picture or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.estate.sites.engine.logos import BYTES_MAX, Logo, read_logo
from jieqing.estate.sites.tests.pictures import chunk, jpeg, png, segment
from jieqing.kernel.outcomes import Problem


def test_a_plain_picture_passes() -> None:
    for data, kind in ((png(40, 30), "image/png"), (jpeg(40, 30), "image/jpeg")):
        found = read_logo(data)
        assert isinstance(found, Logo), found
        assert (found.media_type, found.width, found.height) == (kind, 40, 30)
        assert read_logo(found.data) == found, "what was checked once passes again, unchanged"


@pytest.mark.parametrize(
    "data",
    [
        png(extra=chunk(b"tEXt", b"Comment\0<script>alert(1)</script>")) + b"<script>evil</script>",
        jpeg(extra=segment(0xFE, b"<script>") + segment(0xE1, b"Exif\0\0<script>GPS"))
        + b"PK\x03\x04<script>",
    ],
)
def test_what_does_not_draw_is_left_behind(data: bytes) -> None:
    found = read_logo(data)
    assert isinstance(found, Logo)
    assert b"script" not in found.data and b"GPS" not in found.data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "site.logo_kind"),
        (b"GIF89a" + bytes(50), "site.logo_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "site.logo_svg"),
        (b"  <?xml version='1.0'?><svg/>", "site.logo_svg"),
        (bytes(BYTES_MAX + 1), "site.logo_too_large"),
        (png(8, 8), "site.logo_size"),
        (png()[:-20], "site.logo_broken"),
        (png(pixels=bytes(50_000_000)), "site.logo_broken"),
        (png(pixels=bytes(10)), "site.logo_broken"),
        (png(extra=chunk(b"JUNK", b"")), "site.logo_broken"),
        (png(60000, 60000, pixels=b""), "site.logo_size"),
        (png().replace(b"IDAT", b"IDAX"), "site.logo_broken"),
        (jpeg()[:-2], "site.logo_broken"),
        (b"\xff\xd8\xff\xe0<script>", "site.logo_broken"),
        (jpeg(4000, 32), "site.logo_size"),
    ],
)  # fmt: skip
def test_hostile_or_wrong_files_are_refused(data: bytes, code: str) -> None:
    found = read_logo(data)
    assert isinstance(found, Problem) and found.code == code


@given(st.sampled_from([png(), jpeg()]), st.integers(0, 200), st.binary(max_size=8))
def test_no_damaged_file_is_a_fault(picture: bytes, at: int, damage: bytes) -> None:
    at = min(at, len(picture))
    assert isinstance(read_logo(picture[:at] + damage + picture[at + len(damage) :]), (Logo, Problem))
