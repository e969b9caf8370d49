"""A site's colours: text can be read, whatever colour somebody chose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.estate.sites.engine.theming import (
    CANVAS,
    CONTRAST_MIN,
    DARK_CANVAS,
    DARK_SURFACE,
    WHITE,
    Theme,
    contrast,
    nearest_darker,
    read_theme,
    to_rgb,
)
from jieqing.kernel.outcomes import Problem

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


@given(COLOURS)
def test_every_colour_is_a_theme_or_leads_to_one(colour: str) -> None:
    found = read_theme(colour)
    if isinstance(found, Problem):
        assert found.code == "site.colour_too_light"
        proposed = found.details["proposed"]
        assert isinstance(read_theme(str(proposed)), Theme)
        assert str(proposed) in found.todo_zh and str(proposed) in found.todo_en
    else:
        assert contrast(to_rgb(found.primary), WHITE) >= CONTRAST_MIN


@given(COLOURS)
def test_text_in_every_shade_can_be_read(colour: str) -> None:
    theme = Theme(nearest_darker(colour))
    light, dark = theme.light, theme.dark
    for ground in (WHITE, CANVAS, to_rgb(light.soft)):
        assert contrast(to_rgb(light.text), ground) >= CONTRAST_MIN
    for ground in (DARK_SURFACE, DARK_CANVAS, to_rgb(dark.soft)):
        assert contrast(to_rgb(dark.text), ground) >= CONTRAST_MIN
    for fill in (light.fill, light.fill_hover, dark.fill, dark.fill_hover):
        assert contrast(to_rgb(fill), WHITE) >= CONTRAST_MIN


def test_the_proposal_keeps_the_hue_and_is_the_lightest_that_works() -> None:
    assert nearest_darker("#FF0000") != "#FF0000"
    red, green, blue = to_rgb(nearest_darker("#FFCC00"))
    assert red > green > blue == 0
    assert 4.5 <= contrast((red, green, blue), WHITE) < 4.7


@pytest.mark.parametrize("text", ["", "red", "#12", "#1257E0;}", "url(x)", "#GGGGGG", "1257E0", "#1257E0FF"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    found = read_theme(text)
    assert isinstance(found, Problem) and found.code == "site.colour_unreadable"


def test_a_sheet_sets_only_our_tokens_and_changes_its_name_with_its_colour() -> None:
    one, other = Theme("#B3261E"), Theme("#0E7490")
    assert one.sheet_name != other.sheet_name and one.sheet_name == Theme("#B3261E").sheet_name
    assert one.sheet().count("--primary:") == 3 and "url" not in one.sheet()
    assert one.sheet(".preview").startswith(".preview{")


def test_a_theme_cannot_be_made_of_a_light_colour() -> None:
    with pytest.raises(ValueError, match="read_theme"):
        Theme("#FFFFFF")
