"""What trafilatura drops or does not name, put back where the page has it.

Headline, deck, captions, credits and block quotations: checkers look there first.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml.html import HtmlElement

from .metadata import Metadata
from .readings import BLOCK_QUOTE, CAPTION, CREDIT, DECK, HEADLINE, Part

_SKIPPED = {
    *("script", "style", "template", "noscript", "nav", "footer", "form", "aside"),
    *("head", "svg", "iframe", "button", "select", "dialog"),
}
_WHOLE = {"html", "body", "main", "article"}
_BLOCKS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dd", "dt", "td", "blockquote"),
    *("figcaption", "figure", "div", "section", "article", "main"),
    *("ul", "ol", "dl", "table", "pre"),
}
_CAPTION = re.compile(r"caption", re.I)
_CREDIT = re.compile(r"credit|copyright|photographer|photo-?by|img-?source", re.I)
_PICTURE = re.compile(r"image|photo|picture|figure|media|caption", re.I)
_DECK = re.compile(
    r"(?:^|[\s_-])(?:deck|dek|standfirst|subtitle|sub-?head(?:line|ing)?|summary|"
    r"strapline)",
    re.I,
)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:related|newsletter|promo|recirc|most-?read|trending|advert\w*|"
    r"comments?|share|sharing)(?:$|[\s_-])",
    re.I,
)
#: A class says "caption" of one caption, and sometimes of a whole page.
_CAPTION_CHARACTERS = 1000
#: As many pictures as stand below the last paragraph and are the article's own.
_AT_THE_END = 2
#: Words this long do not stand in another block by chance.
_CERTAIN_CHARACTERS = 30


def collapsed(element: Any) -> str:
    """Return the words of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def completed(found: list[Part], tree: HtmlElement, metadata: Metadata) -> list[Part]:
    """Return the blocks found, with roles and missing blocks from the page itself.

    What was found stays, in its order; what is added comes after the block that stands
    before it on the page. The tree is taken apart.
    """
    headline = _headline(tree, metadata)
    found = [part for part in found if not _is_pulled(part, found)]
    walk = _Walk(found, metadata, headline)
    for element in _leaves(tree):
        walk.see(element)
    parts = walk.parts()
    if headline is None and metadata.title:
        parts = [part for part in parts if part.words != metadata.title]
        parts.insert(0, Part(HEADLINE, metadata.title))
    return parts


def _is_pulled(part: Part, found: list[Part]) -> bool:
    """Say whether a quotation only repeats, in large letters, words of the text."""
    return part.role == BLOCK_QUOTE and any(
        part.words in other.words for other in found if other is not part
    )


def _headline(tree: HtmlElement, metadata: Metadata) -> Any:
    """Return the h1 most like the title; sites put their own name in one as well."""
    wanted = set(metadata.title.casefold().split())

    def shared(element: Any) -> int:
        return len(wanted & set(collapsed(element).casefold().split()))

    candidates = [each for each in tree.iterfind(".//h1") if collapsed(each)]
    return max(candidates, key=shared, default=None)


class _Walk:
    """One walk over the page, in reading order, beside the blocks that were found."""

    def __init__(self, found: list[Part], metadata: Metadata, headline: Any) -> None:
        self._found = found
        self._described = metadata.description.rstrip("…. ")
        self._headline = headline
        self._places: dict[str, list[int]] = defaultdict(list)
        for number, part in enumerate(found):
            self._places[part.words].append(number)
        self._all = "\n".join(part.words for part in found)
        self._roles: dict[int, str] = {}
        self._added: dict[int, list[Part]] = defaultdict(list)
        self._seen: set[str] = set()
        self._at = -1
        self._begun = False
        self._in_text = False

    def see(self, element: Any) -> None:
        words = collapsed(element)
        if not words:
            return
        is_headline = element is self._headline
        self._begun = self._begun or is_headline
        role = HEADLINE if is_headline else self._role_of(element, words)
        place = self._next_place(words)
        if place is not None:
            self._begun, self._at = True, place
            if role:
                self._roles[place] = role
            else:
                self._in_text = True
        elif role and self._begun and words not in self._seen:
            self._add(role, words)
        self._seen.add(words)

    def parts(self) -> list[Part]:
        """Return everything. Much after the last block is another article's."""
        parts = list(self._added[-1])
        last = len(self._found) - 1
        for number, part in enumerate(self._found):
            parts.append(replace(part, role=self._roles.get(number, part.role)))
            if number < last or len(self._added[last]) <= _AT_THE_END:
                parts += self._added[number]
        return parts

    def _next_place(self, words: str) -> int | None:
        later = [place for place in self._places.get(words, []) if place > self._at]
        return later[0] if later else None

    def _add(self, role: str, words: str) -> None:
        if words in self._all and len(words) > _CERTAIN_CHARACTERS:
            return  # part of a block that was found
        self._added[self._at].append(Part(role, words))

    def _role_of(self, element: Any, words: str) -> str:
        if _is_credit(element):
            return CREDIT
        if _is_caption(element, words):
            return CAPTION
        above = (element, *element.iterancestors())
        if any(each.tag == "blockquote" for each in above):
            return BLOCK_QUOTE
        if self._begun and not self._in_text and self._is_deck(element, words):
            return DECK
        return ""

    def _is_deck(self, element: Any, words: str) -> bool:
        if _DECK.search(_names(element)) or _DECK.search(_names(element.getparent())):
            return True
        if element.tag == "p":
            return False
        is_next = element.tag == "h2" and element.getprevious() is self._headline
        return is_next or (bool(self._described) and words.startswith(self._described))


def _is_credit(element: Any) -> bool:
    if not _CREDIT.search(_names(element)):
        return False
    above = list(element.iterancestors())
    # Parted from its caption it stands alone; elsewhere it must be a picture's.
    return not above or any(
        each.tag == "figure" or _PICTURE.search(_names(each))
        for each in above
        if each.tag not in _WHOLE
    )


def _is_caption(element: Any, words: str) -> bool:
    if element.tag == "figcaption":
        return True
    if element.tag in _WHOLE or len(words) > _CAPTION_CHARACTERS:
        return False
    return bool(_CAPTION.search(_names(element)))


def _names(element: Any) -> str:
    if element is None:
        return ""
    return " ".join(filter(None, map(element.get, ("class", "itemprop", "id"))))


def _leaves(element: Any) -> Iterator[Any]:
    """Yield the blocks that hold words and no further block, in reading order."""
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return
    if element.tag not in _WHOLE and _ELSEWHERE.search(_names(element)):
        return
    if _is_caption(element, collapsed(element)):
        yield from _parted(element)
    elif any(each.tag in _BLOCKS for each in element.iterdescendants()):
        for child in list(element):
            yield from _leaves(child)
    else:
        yield element


def _parted(caption: Any) -> list[Any]:
    """Take the credits out of a caption; return it and them."""
    credits = [
        each
        for each in caption.iterdescendants()
        if isinstance(each.tag, str) and _CREDIT.search(_names(each))
    ]
    outer = [each for each in credits if not set(each.iterancestors()) & set(credits)]
    for credit in outer:
        credit.drop_tree()
    return [caption, *outer]
