"""What no template may hold: inline scripts or styles, doubtful escapes, other sites."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
STYLES = sorted((settings.BASE_DIR / "claims" / "static" / "claims").glob("*.css"))


def name_of(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_holds_nothing_inline(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=", text, re.IGNORECASE)
    for tag in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in tag
    assert "|safe" not in text
    assert "autoescape off" not in text
    assert not re.search(r'(?:src|href)="https?://', text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_partial_says_what_it_shows(path):
    if path.name.startswith("_") and "claims" in path.parts:
        assert "{#" in path.read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_a_style_sheet_turns_with_the_direction_of_the_text(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?:margin|padding|border)-(?:left|right)\b", text)
    assert not re.search(r"text-align:\s*(?:left|right)", text)
    assert "http" not in text
