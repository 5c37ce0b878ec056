"""What a post says: without addresses and greetings to others, with its tags split.

People who ask "is this true?" paste posts. Their hashtags and names of accounts hold words
(`#FloodAlert2016`, `@harbour_news`), their addresses hold none, and who posted it and when
belongs to the post and not to the statement.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

#: How much a word counts that was said in the text, names an account, or signs the post.
SAID, NAMED, SIGNED = 1.0, 0.6, 0.3

#: What begins with a scheme or "www.", and the addresses of pictures without one.
_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.(?:twitter|x)\.com/|t\.co/)\S+")
_FORWARDED = re.compile(r"^\s*(?:RT|MT|via)\s+(?=@)", re.IGNORECASE)
#: "— The Harbour News (@harbour) May 3, 2021" at the end; a day may be missing.
_SIGNATURE = re.compile(r"[—–-]{1,2}\s*[^—–()@]{0,80}\(@\w{1,40}\)[^()@]{0,40}$")
_TAG = re.compile(r"(?P<mark>[#＃@＠])(?P<name>\w+)")
#: A new word begins at a capital after a small letter or before one, at a digit after a
#: letter, and at a letter after a digit.
_BEGINNING = re.compile(
    r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
    r"|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|_+"
)
#: One after the other, these are no words: the end of a "quoted post…" is cut anyhow.
_PARTS = 8


@dataclass(frozen=True)
class Piece:
    """A stretch of a post and how much its words count.

    ``tag``: the whole of a hashtag or name of an account, in small letters; else "".
    """

    text: str
    counts: float = SAID
    tag: str = ""


def pieces(post: str) -> Iterator[Piece]:
    """Yield what a post says, in its order; a plain sentence is one piece."""
    text = _ADDRESS.sub(" ", html.unescape(post))
    text = _FORWARDED.sub("", text)
    signature = _SIGNATURE.search(text)
    # What is nothing but a signature is what somebody said.
    cut = signature.start() if signature and text[: signature.start()].strip() else None
    yield from _split(text[:cut], SAID)
    if cut is not None:
        yield from _split(text[cut:], SIGNED)


def _split(text: str, counts: float) -> Iterator[Piece]:
    position = 0
    for tag in _TAG.finditer(text):
        if text[position : tag.start()].strip():
            yield Piece(text[position : tag.start()], counts)
        most = SAID if tag["mark"] in "#＃" else NAMED
        yield Piece(" ".join(words_of_tag(tag["name"])), min(counts, most), _bare(tag))
        position = tag.end()
    if text[position:].strip():
        yield Piece(text[position:], counts)


def _bare(tag: re.Match[str]) -> str:
    return tag["name"].replace("_", "").casefold()


def words_of_tag(name: str) -> list[str]:
    """Split a hashtag or a name of an account at its capitals, digits and low lines."""
    return [word for word in _BEGINNING.split(name, maxsplit=_PARTS) if word]
