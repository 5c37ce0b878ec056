"""What a web page says about itself: title, byline, publisher, date, address."""

import contextlib
import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report)$")
_JSON_LD_CHARACTERS = 500_000
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?=[T\s]|$)", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MAX_URL_CHARACTERS = 2000
#: Meta names, in order of trust.
_META = {
    "title": ("og:title", "twitter:title", "dc.title", "citation_title"),
    "byline": ("author", "parsely-author", "dc.creator", "citation_author"),
    "publisher": ("og:site_name", "dc.publisher", "citation_publisher"),
    "published": (
        *("article:published_time", "og:article:published_time", "parsely-pub-date"),
        *("citation_publication_date", "dc.date.issued", "dc.date", "pubdate"),
        *("publish-date", "publishdate", "date"),
    ),
    "description": ("og:description", "description", "twitter:description"),
}


@dataclass(frozen=True)
class Metadata:
    """Facts about a page; empty texts where it says nothing. ``published``: EDTF."""

    title: str = ""
    byline: str = ""
    publisher: str = ""
    published: str = ""
    description: str = ""
    language: str = ""
    canonical_url: str = ""
    warnings: tuple[str, ...] = ()


def metadata_of(tree: HtmlElement, url: str) -> Metadata:
    """Read a page's JSON-LD (schema.org), its meta elements and its links."""
    stated = _json_ld(tree)
    meta = _meta_of(tree)

    def first(name: str) -> str:
        return next((meta[key] for key in _META[name] if meta.get(key)), "")

    canonical, warnings = _canonical_url(tree, meta, url)
    return Metadata(
        title=_text(stated.get("headline")) or first("title") or _title_of(tree),
        byline=_persons(stated.get("author")) or _byline(first("byline")),
        publisher=_people(stated.get("publisher")) or first("publisher"),
        published=_published(stated, meta, tree),
        description=first("description"),
        language=_language(tree, meta, stated),
        canonical_url=canonical,
        warnings=warnings,
    )


def edtf_of(text: str) -> str:
    """Return the day, month or year a machine date begins with; "" for none."""
    match = _ISO_DATE.match(text.strip())
    if match is None:
        return ""
    try:
        datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return ""
    return match[0]


def _json_ld(tree: HtmlElement) -> dict[str, Any]:
    """Return the first article that the page describes in JSON-LD."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        text = script.text or ""
        if len(text) > _JSON_LD_CHARACTERS:
            continue
        with contextlib.suppress(ValueError, RecursionError):
            for each in _things(json.loads(text)):
                if _ARTICLE_TYPES.search(_type_of(each)):
                    return each
    return {}


def _things(stated: Any) -> Iterator[dict[str, Any]]:
    if isinstance(stated, list):
        for each in stated:
            yield from _things(each)
    elif isinstance(stated, dict):
        yield stated
        yield from _things(stated.get("@graph", []))


def _type_of(thing: dict[str, Any]) -> str:
    named = thing.get("@type", "")
    if isinstance(named, list):
        named = next((each for each in named if _ARTICLE_TYPES.search(str(each))), "")
    return str(named)


def _persons(stated: Any) -> str:
    """Return the names of authors; where several are listed, without organisations."""
    if isinstance(stated, list):
        stated = [each for each in stated if not _is_organisation(each)]
    return _people(stated)


def _is_organisation(stated: Any) -> bool:
    return isinstance(stated, dict) and str(stated.get("@type")).endswith(
        "Organization"
    )


def _people(stated: Any) -> str:
    """Return names, with semicolons, of people or bodies in any form they come."""
    if isinstance(stated, list):
        return "; ".join(filter(None, map(_people, stated)))
    if isinstance(stated, dict):
        return _people(stated.get("name"))
    return _byline(_text(stated))


def _byline(text: str) -> str:
    """Return a name; nothing for the address of a profile."""
    return "" if "://" in text else re.sub(r"^[Bb]y\s+", "", text)


def _text(stated: Any) -> str:
    return " ".join(stated.split()) if isinstance(stated, str) else ""


def _meta_of(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iterfind(".//meta[@content]"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = _text(element.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _title_of(tree: HtmlElement) -> str:
    return _text(tree.findtext(".//title") or "")


def _published(stated: dict[str, Any], meta: dict[str, str], tree: HtmlElement) -> str:
    candidates = [_text(stated.get("datePublished"))]
    candidates += [meta.get(name, "") for name in (*_META["published"],)]
    candidates.append(meta.get("datepublished", ""))
    candidates += [
        element.get("datetime", "")
        for element in tree.iterfind(".//time[@datetime]")
        if element.get("itemprop") == "datePublished" or element.get("pubdate")
    ]
    times = {
        each.get("datetime", "")[:10] for each in tree.iterfind(".//article//time")
    }
    if len(times) == 1:
        candidates += times
    return next(filter(None, map(edtf_of, candidates)), "")


def _language(tree: HtmlElement, meta: dict[str, str], stated: dict[str, Any]) -> str:
    candidates = (
        tree.get("lang", ""),
        tree.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        _text(stated.get("inLanguage")),
        meta.get("og:locale", ""),
    )
    for each in candidates:
        tag = str(each).strip().replace("_", "-")
        if len(tag) <= 20 and _LANGUAGE.fullmatch(tag):
            return tag
    return ""


def _canonical_url(
    tree: HtmlElement, meta: dict[str, str], url: str
) -> tuple[str, tuple[str, ...]]:
    """Return the address the page calls its own, when it is of the same site.

    Articles are told apart by it: a page must not name another site's.
    """
    links = [
        link.get("href", "")
        for link in tree.iterfind(".//link[@rel]")
        if "canonical" in link.get("rel", "").lower().split()
    ]
    named = next(filter(None, [*links, meta.get("og:url", "")]), "")
    try:
        address = urljoin(url, named.strip()) if named else ""
        parts, own = urlsplit(address), urlsplit(url)
        host, own_host = parts.hostname or "", own.hostname or ""
    except ValueError:
        return "", ()
    web = parts.scheme in ("http", "https") and "@" not in parts.netloc
    if not host or not web or len(address) > _MAX_URL_CHARACTERS:
        return "", ()
    if own_host and _site(host) != _site(own_host):
        return "", (
            f"The page calls an address at {host} its own; it was not taken over.",
        )
    return parts._replace(fragment="").geturl(), ()


def _site(host: str) -> str:
    """Return a host without the prefixes for telephones and the web itself."""
    return re.sub(r"^(?:www|m|mobile|amp)\.", "", host.lower())
