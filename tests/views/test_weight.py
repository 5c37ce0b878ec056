"""What a reader's first visit to a page brings over the wire."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from claims.models import PublishedSource
from tests.views.conftest import claim_with, town_article

MAX_BYTES = 120 * 1024
MAX_BLOCKING_FILES = 2
STATIC = re.compile(r'(?:href|src)="/static/([^"]+)"')
BLOCKING = re.compile(
    r'<link rel="stylesheet"(?![^>]*media="print")|<script(?![^>]*(?:module|defer))'
)
#: What is drawn already, or comes in a form of its own.
COMPRESSED = (".woff2", ".png")

PAGES = {
    "overview": lambda: reverse("overview"),
    "claims": lambda: reverse("claim_list"),
    "status page": lambda: claim_with(status="disputed").get_absolute_url(),
    "article": lambda: town_article().get_absolute_url(),
    "source": lambda: PublishedSource.objects.order_by("-said_by")[
        0
    ].get_absolute_url(),
    "corrections": lambda: reverse("correction_list"),
    "methodology": lambda: reverse("methodology"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_everything_is_light(town, name):
    response = town.get(PAGES[name](), headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    html = gzip.decompress(response.content).decode()
    files = {path: weight(path) for path in parts_of(html)}
    assert files
    assert len(response.content) + sum(files.values()) <= MAX_BYTES, files
    assert len(BLOCKING.findall(html)) <= MAX_BLOCKING_FILES


def parts_of(html: str) -> Iterator[str]:
    """Yield the files a page loads, those named in its style sheets included."""
    for path in STATIC.findall(html):
        yield path
        if path.endswith(".css"):
            folder = path.rpartition("/")[0]
            for url in re.findall(r"url\(([^)]+)\)", content(path).decode()):
                if not url.strip("\"'").startswith("data:"):
                    yield f"{folder}/{url.strip(chr(34))}"


def content(path: str) -> bytes:
    found = finders.find(path)
    assert found, path
    return Path(found).read_bytes()


def weight(path: str) -> int:
    """Return what whitenoise sends of a file: compressed where that helps."""
    whole = content(path)
    return len(whole if path.endswith(COMPRESSED) else gzip.compress(whole))
