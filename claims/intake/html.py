"""Web pages: the article found by trafilatura, and what it drops put back."""

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from .credits import set_apart
from .decoding import page_of
from .errors import IntakeError
from .metadata import Metadata, metadata_of
from .page_parts import collapsed, completed
from .readings import (
    BLOCK_QUOTE,
    BODY,
    HEADLINE,
    LABEL,
    Part,
    Reading,
    check_size,
    joined,
    repaired,
)
from .repair import Repairs

EXTRACTOR = "trafilatura"
#: Elements of a page; a browser stumbles at about as many.
_MAX_ELEMENTS = 200_000
#: Where the text is looked for on pages that trafilatura finds nothing on.
_PLACES = ("article", "main", "body")
_BLOCKS = ("p", "li", "blockquote", "h2", "h3", "h4", "td", "pre")
_LIKE_HTML = re.compile(r"<\s*(?:!doctype|html|head|body|article|div|p|h1)\b", re.I)


def read_html(raw: bytes, url: str, charset: str = "") -> Reading:
    """Read a web page.

    ``url``: where it was fetched from, or ""; ``charset``: as the HTTP header gave it.
    Scripts, remote parts and a base element are never followed. Raises ``IntakeError``.
    """
    check_size(raw)
    page, warnings = page_of(raw, charset)
    if not _LIKE_HTML.search(page):
        raise IntakeError("This is no web page.")
    tree = _tree(page)
    metadata = metadata_of(tree, url)
    try:
        parts = completed(_found(page), tree, metadata)
    except RecursionError:
        raise IntakeError("The page is nested too deeply to be read.") from None
    repairs = Repairs()
    parts, notes = set_apart(repaired(parts, repairs))
    text, blocks = joined(parts)
    mended = _mended(metadata, repairs)
    headlines = [part.words for part in parts if part.role == HEADLINE]
    undated = () if metadata.published else ("The page does not say when it appeared.",)
    return Reading(
        title=headlines[0] if headlines else mended.title,
        text=text,
        blocks=blocks,
        extractor=EXTRACTOR,
        extractor_version=version(EXTRACTOR),
        byline=mended.byline,
        publisher=mended.publisher,
        published=metadata.published,
        language=metadata.language,
        canonical_url=metadata.canonical_url,
        warnings=(
            *warnings,
            *metadata.warnings,
            *repairs.warnings,
            *notes,
            *undated,
        ),
    )


def _tree(page: str) -> HtmlElement:
    # As bytes: lxml refuses texts that declare an encoding.
    parser = HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = document_fromstring(page.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        _refuse_part(parser)
        raise IntakeError("This is no web page.") from None
    _refuse_part(parser)
    if sum(1 for _element in tree.iter()) > _MAX_ELEMENTS:
        raise IntakeError("The page has too many elements to be an article.")
    return tree


def _refuse_part(parser: Any) -> None:
    """Refuse a page of which libxml2 read only the beginning.

    It stops at 256 levels and at 10 MB in one place, and says so in its log alone.
    """
    for entry in parser.error_log:
        if entry.level == etree.ErrorLevels.FATAL and "depth" in entry.message:
            raise IntakeError("The page is nested too deeply to be read.")
        if entry.level == etree.ErrorLevels.FATAL:
            raise IntakeError("The page is too large to be read whole.")


def _mended(metadata: Metadata, repairs: Repairs) -> Metadata:
    return replace(
        metadata,
        title=repairs.of(metadata.title),
        byline=repairs.of(metadata.byline),
        publisher=repairs.of(metadata.publisher),
    )


def _found(page: str) -> list[Part]:
    """Return the blocks of the article, as trafilatura finds them."""
    # Imported here: it takes half a second. By their modules, because the package
    # itself brings functions that fetch.
    from trafilatura.core import bare_extraction

    found: Any = bare_extraction(
        _tree(page), include_comments=False, include_tables=True, with_metadata=False
    )
    parts = list(_parts_in(found.body)) if found is not None else []
    return parts or _plainly(_tree(page))


def _parts_in(element: Any, role: str = BODY) -> Iterator[Part]:
    """Yield the blocks of trafilatura's own XML: p, head, quote, list, table."""
    for child in element:
        if child.tag in ("list", "table"):
            yield from _parts_in(child, role)
        elif child.tag == "quote":
            inner = list(_parts_in(child, BLOCK_QUOTE))
            yield from inner or _part(BLOCK_QUOTE, child)
        elif child.tag == "row":
            cells = [collapsed(cell) for cell in child]
            yield from _worded(role, "\t".join(filter(None, cells)))
        elif child.tag == "head":
            yield from _part(LABEL, child)
        else:
            yield from _part(role, child)


def _part(role: str, element: Any) -> Iterator[Part]:
    yield from _worded(role, collapsed(element))


def _worded(role: str, words: str) -> Iterator[Part]:
    if words:
        yield Part(role, words)


def _plainly(tree: HtmlElement) -> list[Part]:
    """Return the paragraphs of a page too short or odd for trafilatura."""
    for place in _PLACES:
        for container in tree.iterfind(f".//{place}"):
            parts = [
                Part(LABEL if element.tag.startswith("h") else BODY, words)
                for element in container.iter(*_BLOCKS)
                if not any(True for _each in element.iterdescendants(*_BLOCKS))
                and (words := collapsed(element))
            ]
            if parts:
                return parts
    return []
