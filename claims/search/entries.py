"""What an index holds of one thing: the terms of its texts, column by column."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from claims.checking.terms import terms_of

#: Stands between two texts of a column, so that no phrase reaches from one into the
#: next. A private character: no text folds to it, and nobody can look for it.
BOUNDARY = "\ue000"
#: Of each column. PostgreSQL knows 16,383 places of a text (Limitations of its manual).
MAX_TERMS = 4000


@dataclass(frozen=True)
class Entry:
    """An entry as it should be. ``moment``: when it changed; later ones are newer."""

    public_id: str
    moment: int
    columns: tuple[str, ...]  # as COLUMNS, terms and boundaries with spaces between

    @cached_property
    def digest(self) -> str:
        """Return 16 hexadecimal digits by which two contents are told apart."""
        text = "\n".join(self.columns).encode()
        return hashlib.blake2b(text, digest_size=8).hexdigest()

    @property
    def terms(self) -> set[str]:
        return distinct(self.columns)


def column(texts: Iterable[str]) -> str:
    """Return the terms of some texts, as a column holds them."""
    terms: list[str] = []
    for text in texts:
        found = terms_of(text) if text else []
        if found and terms:
            terms.append(BOUNDARY)
        terms += found
        if len(terms) > MAX_TERMS:
            break
    return " ".join(terms[:MAX_TERMS])


def joined(columns: Iterable[str]) -> str:
    """Return several columns as one."""
    terms = f" {BOUNDARY} ".join(each for each in columns if each).split(" ")
    return " ".join(terms[:MAX_TERMS])


def distinct(columns: Iterable[str]) -> set[str]:
    """Return each term of these columns once."""
    return set(" ".join(columns).split()) - {BOUNDARY}
