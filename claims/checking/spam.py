"""Whether what a stranger wrote looks like an advertisement. A mark, never a verdict."""

import re

#: A report names a few addresses to show what is wrong; advertisements name many.
MOST_LINKS = 4
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
#: Markup that a plain form does not ask for: HTML links, and those of bulletin boards.
_MARKUP = re.compile(r"<a\s|\[/?(?:url|link)\b", re.IGNORECASE)


def looks_like_spam(*texts: str) -> bool:
    """Say whether the texts, together, have many links or hold markup of links."""
    whole = "\n".join(texts)
    return len(_LINK.findall(whole)) > MOST_LINKS or bool(_MARKUP.search(whole))
