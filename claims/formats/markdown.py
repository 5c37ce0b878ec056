"""Markdown of rationales, notices and the methodology, as HTML that is safe to show."""

import nh3
from markdown_it import MarkdownIt

_TAGS = frozenset(
    [
        "p",
        "br",
        "hr",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
    ]
)
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_ANY_DIRECTION = {tag: {"dir": "auto"} for tag in ("p", "li", "h2", "h3", "h4", "h5")}
_DEEPEST_HEADING = 6
_PARSER = MarkdownIt("commonmark", {"html": False})


class CleanHtml(str):
    """HTML that passed the allow-list; templates do not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def to_html(text: str, first_heading: int = 3) -> CleanHtml:
    """Return Markdown as clean HTML.

    HTML in the text is shown as text; images are dropped; links keep the schemes
    http, https and mailto. The highest heading of the text gets the level
    ``first_heading``, so that headings fit below those of the page.
    """
    tokens = _PARSER.parse(text)
    headings = [token for token in tokens if token.type.startswith("heading_")]
    highest = min((int(token.tag[1:]) for token in headings), default=1)
    for token in headings:
        level = int(token.tag[1:]) - highest + first_heading
        token.tag = f"h{min(level, _DEEPEST_HEADING)}"
    return CleanHtml(
        nh3.clean(
            _PARSER.renderer.render(tokens, _PARSER.options, {}),
            tags=set(_TAGS),
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener nofollow",
            set_tag_attribute_values=_ANY_DIRECTION,
        )
    )
