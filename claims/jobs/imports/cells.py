"""What the text of one cell means: a text, a word of a list, a date, an address.

Each function returns the value, or raises ``ValueError`` with a sentence that says
what is wrong and what would be right.
"""

import datetime
import re
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from claims.checking.dates import edtf_bounds

MAX_URL_CHARACTERS = 2000
#: What PostgreSQL cannot hold, and halves of characters that are none.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
#: Host, path and query of an address (RFC 3986, appendix B).
_PARTS = re.compile(r"[^:/?#]+://([^/?#]*)([^?#]*)(\?[^#]*)?")
_is_url = URLValidator(schemes=["http", "https"])


def text(cell: str, most: int) -> str:
    """Return a text without space at its ends, its lines ended as everywhere here."""
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    cell = cell.strip()
    if len(cell) > most:
        raise ValueError(
            _("It has %(length)s characters; %(most)s are the most.")
            % {"length": len(cell), "most": most}
        )
    return cell


def refuse_unstorable(cell: str) -> None:
    """Refuse what no database can hold."""
    if found := _UNSTORABLE.search(cell):
        raise ValueError(
            _("Character %(place)s (U+%(code)s) is none that can be stored.")
            % {"place": found.start() + 1, "code": f"{ord(found[0]):04X}"}
        )


def storable(text: str) -> str:
    """Return a text that any database holds, to be shown to people."""
    return _UNSTORABLE.sub("\ufffd", text)


def word(cell: str, known: frozenset[str]) -> str:
    """Return one of the known words, however it is capitalised."""
    if cell in known:
        return cell
    folded = "_".join(cell.lower().split())
    for spelled in (folded, folded.replace("_", "-")):
        if spelled in known:
            return spelled
    raise ValueError(
        _("“%(word)s” is not one of: %(known)s.")
        % {"word": cell[:60], "known": ", ".join(sorted(known))}
    )


@lru_cache(4096)
def edtf(cell: str) -> str:
    """Return a date in EDTF, as precise as it is and no more."""
    cell = cell.strip()
    if len(cell) > 40:
        raise ValueError(_("That is too long for a date."))
    edtf_bounds(cell)
    return cell


def day(cell: str) -> str:
    """Return a day in the form 2026-03-31."""
    cell = cell.strip()
    try:
        return datetime.date.fromisoformat(cell).isoformat()
    except ValueError:
        raise ValueError(
            _("“%(cell)s” is not a day such as 2026-03-31.") % {"cell": cell[:40]}
        ) from None


@lru_cache(4096)
def url(cell: str) -> str:
    """Return an address of the web."""
    cell = cell.strip()
    try:
        if len(cell) > MAX_URL_CHARACTERS:
            raise ValueError
        _is_url(cell)
    except (ValidationError, ValueError):
        raise ValueError(
            _("“%(cell)s” is not an address such as https://news.example/river.")
            % {"cell": cell[:80]}
        ) from None
    return cell


def place_of(address: str) -> str:
    """Return what makes an address a page of its own.

    Scheme, “www.”, a closing slash, capitals of the host and what follows # are no
    other page.
    """
    found = _PARTS.match(address)
    if found is None:
        return address
    host, path, query = found.groups()
    return f"{host.lower().removeprefix('www.')}{path.rstrip('/')}{query or ''}"
