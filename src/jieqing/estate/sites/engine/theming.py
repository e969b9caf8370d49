"""A site's colours: one colour chosen by the tenant, every shade derived, text on it always readable.

The tenant gives one primary colour; white text stands on it, so it must reach 4.5:1 against white (WCAG 2.2, 1.4.3). A
lighter one is answered with the nearest darker colour of the same hue, never silently changed. From the accepted colour
follow the shades for light and dark mode; each text shade keeps 4.5:1 on the grounds it stands on, whatever the
colour (property-tested). The sheet sets the kit's own tokens again and nothing else.

Refuses: anything that is not ``#RRGGBB``, a colour too light for white text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from jieqing.kernel.outcomes import Problem

Rgb = tuple[int, int, int]

CONTRAST_MIN = 4.5
HOUSE_PRIMARY = "#1257E0"
WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (0, 0, 0)
# The kit's grounds (frontend/src/css/tokens.css) that text in the primary colour stands on.
CANVAS: Rgb = (245, 246, 248)
DARK_SURFACE: Rgb = (26, 30, 36)
DARK_CANVAS: Rgb = (18, 21, 26)
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_STEPS = 200


def luminance(colour: Rgb) -> float:
    """Relative luminance of WCAG 2.2.

    Example:
        >>> luminance((255, 255, 255)), luminance((0, 0, 0))
        (1.0, 0.0)
    """
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio of WCAG 2.2, from 1 to 21; the order does not matter."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@dataclass(frozen=True, slots=True)
class Shades:
    """The tokens of one mode."""

    text: str
    fill: str
    fill_hover: str
    soft: str

    def declarations(self) -> str:
        return (
            f"--primary:{self.text};--primary-fill:{self.fill};--primary-fill-hover:{self.fill_hover};"
            f"--primary-soft:{self.soft};--on-primary:#FFFFFF"
        )


@dataclass(frozen=True, slots=True)
class Theme:
    """An accepted primary colour; `read_theme` is the way to get one from what somebody typed."""

    primary: str = HOUSE_PRIMARY

    def __post_init__(self) -> None:
        if not _HEX.fullmatch(self.primary) or contrast(to_rgb(self.primary), WHITE) < CONTRAST_MIN:
            raise ValueError(f"{self.primary} is no primary colour; use read_theme")

    @property
    def light(self) -> Shades:
        base = to_rgb(self.primary)
        soft = mix(base, WHITE, 10)
        return Shades(
            text=to_hex(_darkened(base, lambda shade: _reads_on(shade, WHITE, CANVAS, soft))),
            fill=self.primary,
            fill_hover=to_hex(mix(base, BLACK, 84)),
            soft=to_hex(soft),
        )

    @property
    def dark(self) -> Shades:
        base = to_rgb(self.primary)
        soft = mix(base, DARK_SURFACE, 22)
        return Shades(
            text=to_hex(_lightened(base, lambda shade: _reads_on(shade, DARK_SURFACE, DARK_CANVAS, soft))),
            fill=self.primary,
            fill_hover=to_hex(mix(base, BLACK, 84)),
            soft=to_hex(soft),
        )

    def sheet(self, scope: str = ":root") -> str:
        """The stylesheet; `scope` other than the root paints one part of a page, for a preview."""
        light, dark = self.light.declarations(), self.dark.declarations()
        inner = "" if scope == ":root" else f" {scope}"
        return (
            f"{scope}{{{light}}}\n"
            f':root[data-theme="dark"]{inner}{{{dark}}}\n'
            f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){inner}{{{dark}}}}}\n'
        )

    @property
    def sheet_name(self) -> str:
        """The file name of the sheet, which changes with every change of what it says."""
        digest = sha256(self.sheet().encode()).hexdigest()[:8]
        return f"{self.primary[1:].lower()}-{digest}.css"


def read_theme(text: str) -> Theme | Problem:
    """The theme of a colour that somebody chose.

    Example:
        >>> read_theme("#B3261E").primary, read_theme("#FFCC00").code
        ('#B3261E', 'site.colour_too_light')
    """
    chosen = text.strip().upper()
    if not _HEX.fullmatch(chosen):
        return Problem(
            code="site.colour_unreadable",
            zh=f"“{text[:40]}”不是颜色值。",
            en=f'"{text[:40]}" is not a colour.',
            todo_zh="请用 #RRGGBB 的形式，例如 #1257E0。",
            todo_en="Write it as #RRGGBB, for example #1257E0.",
        )
    if contrast(to_rgb(chosen), WHITE) >= CONTRAST_MIN:
        return Theme(chosen)
    nearest = nearest_darker(chosen)
    ratio = f"{contrast(to_rgb(chosen), WHITE):.1f}"
    return Problem(
        code="site.colour_too_light",
        zh=f"主色 {chosen} 太浅：白色文字在上面的对比度只有 {ratio}，低于 4.5。",
        en=f"The colour {chosen} is too light: white text on it has a contrast of {ratio}, below 4.5.",
        todo_zh=f"同色系中最接近的可用颜色是 {nearest}。",
        todo_en=f"The nearest colour of the same hue that works is {nearest}.",
        details={"proposed": nearest, "contrast": ratio},
    )


def nearest_darker(colour: str) -> str:
    """The lightest shade of this hue on which white text can be read."""
    return to_hex(_darkened(to_rgb(colour), lambda shade: contrast(shade, WHITE) >= CONTRAST_MIN))


def to_rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def to_hex(colour: Rgb) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)


def mix(colour: Rgb, other: Rgb, share: int) -> Rgb:
    """`share` per cent of the one, the rest of the other."""
    red, green, blue = (
        (a * share + b * (100 - share) + 50) // 100 for a, b in zip(colour, other, strict=True)
    )
    return red, green, blue


def _linear(value: float) -> float:
    result: float = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    return result


def _reads_on(shade: Rgb, *grounds: Rgb) -> bool:
    return all(contrast(shade, ground) >= CONTRAST_MIN for ground in grounds)


def _darkened(colour: Rgb, is_enough: Callable[[Rgb], bool]) -> Rgb:
    return _towards(colour, BLACK, is_enough)


def _lightened(colour: Rgb, is_enough: Callable[[Rgb], bool]) -> Rgb:
    return _towards(colour, WHITE, is_enough)


def _towards(colour: Rgb, end: Rgb, is_enough: Callable[[Rgb], bool]) -> Rgb:
    """The first shade on the way to black or white that is enough; the end itself always is."""
    for step in range(_STEPS + 1):
        red, green, blue = (
            a + (b - a) * step // _STEPS if b < a else a + ((b - a) * step + _STEPS - 1) // _STEPS
            for a, b in zip(colour, end, strict=True)
        )
        if is_enough((red, green, blue)):
            return red, green, blue
    return end
