"""The colours of the public site can be read on every ground, light and dark."""

import re
from itertools import product
from pathlib import Path

import pytest

SHEET = Path("claims/static/claims/site.css")
GROUNDS = ("paper", "tint", "highlight")
WORDS = (
    *("ink", "strong", "quiet", "accent", "accent-hover"),
    *("positive", "mixed", "negative", "neutral", "open"),
)
#: WCAG 2.2, 1.4.3 (text) and 1.4.11 (edges of fields).
TEXT, EDGE = 4.5, 3


def palettes() -> dict[str, dict[str, str]]:
    sheet = SHEET.read_text()
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", sheet)
    plain = dict(re.findall(r"^ {2}--([\w-]+): (#\w{6});", sheet, re.MULTILINE))
    return {
        "light": {name: light for name, light, _dark in pairs},
        "dark": {name: dark for name, _light, dark in pairs},
        "without light-dark()": plain,
    }


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", palettes())
def test_words_can_be_read_on_every_ground(name: str) -> None:
    palette = palettes()[name]
    faint = [
        (word, ground)
        for word, ground in product(WORDS, GROUNDS)
        if contrast(palette[word], palette[ground]) < TEXT
    ]
    assert faint == []
    assert contrast(palette["rule-strong"], palette["paper"]) >= EDGE


def test_light_colours_are_the_same_with_and_without_light_dark() -> None:
    every = palettes()
    assert every["light"] == every["without light-dark()"]


def test_black_on_white_is_the_most_there_is() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
