"""When a claim was said: as the file says, or as its words mean by the article's date."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from claims.checking.dates import Bounds, edtf_bounds, resolve

from .contents import Content

MAX_BASIS = 300
#: What a date of the file rests on, where it does not say.
STATED = "stated in the imported file"


@dataclass(frozen=True)
class SaidOn:
    """Words, EDTF and basis of a claim's date; ``remark``: what was read into it."""

    words: str
    edtf: str
    basis: str
    bounds: Bounds
    remark: str = ""


def date_of(content: Content, published: str) -> SaidOn:
    """Return the date of a claim in an article that appeared on ``published`` (EDTF).

    Words without a date are resolved, as the desk proposes it; a remark says so.
    """
    names = ("said_words", "said_edtf", "said_basis")
    words, edtf, basis = (content.get(name, "") for name in names)
    return _said_on(words, edtf, basis, published)


@lru_cache(4096)
def _said_on(words: str, edtf: str, basis: str, published: str) -> SaidOn:
    if edtf:
        return SaidOn(words, edtf, basis or STATED, edtf_bounds(edtf))
    resolved = resolve(words, published or None) if words else None
    if resolved is None:
        return SaidOn(words, "", basis, Bounds(None, None))
    remark = _("“%(words)s” is read as %(edtf)s: %(basis)s.") % {
        "words": words,
        "edtf": resolved.edtf,
        "basis": resolved.basis.rstrip("."),
    }
    basis = basis or resolved.basis[:MAX_BASIS]
    bounds = Bounds(resolved.earliest, resolved.latest)
    return SaidOn(words, resolved.edtf, basis, bounds, remark)
