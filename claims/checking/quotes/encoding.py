"""Broken encoding in a text or quotation (``â€”`` for ``—``), repaired where it stands."""

import re
from collections.abc import Iterator

import ftfy.bad_codecs

from claims.checking.text import Edit

ftfy.bad_codecs.ok()  # registers the codec below


def _shown(first: int, last: int) -> str:
    """Return bytes as windows-1252 shows them, as a class of a pattern."""
    signs = bytes(range(first, last + 1)).decode("sloppy-windows-1252")
    return f"[{re.escape(signs)}]"


#: Letters in UTF-8 (RFC 3629, section 4), each byte as one sign. The last byte of “à”
#: shows as a no-break space, which often is a plain one by now.
_NEXT = _shown(0x80, 0xBF)
_LETTER = (
    f"(?:{_shown(0xC2, 0xDF)}{_NEXT}|{_shown(0xE0, 0xEF)}{_NEXT}{{2}}"
    f"|{_shown(0xF0, 0xF4)}{_NEXT}{{3}})"
)
_BROKEN = re.compile(rf"{_LETTER}+|Ã  ?(?=\S)")
_LEADS = "ÂÃâÐÑØÙÎÏàãäåæçèéð"


def is_broken(text: str) -> bool:
    """Whether something in the text is broken encoding."""
    return any(lead in text for lead in _LEADS) and bool(_BROKEN.search(text))


def repairs(text: str) -> Iterator[Edit]:
    """Yield what can be repaired: rows of characters that are UTF-8 in disguise."""
    for match in _BROKEN.finditer(text):
        if match[0].startswith("Ã "):
            yield match.start(), match.end(), "à " if match[0] == "Ã  " else "à"
            continue
        try:
            repaired = match[0].encode("sloppy-windows-1252").decode("utf-8")
        except UnicodeError:  # an overlong form, or half of a surrogate pair
            continue
        yield match.start(), match.end(), repaired
