"""What can stand against marking, each in a sentence with its remedy."""

from collections.abc import Sequence

from claims.models import Source


class MarkingError(Exception):
    """Nothing was done; the message says why and what to do."""


class NewSourceError(MarkingError):
    """A name is new, but very like one that is here: a person says which it is."""

    def __init__(self, name: str, similar: Sequence[Source]) -> None:
        self.name, self.similar = name, tuple(similar)
        others = ", ".join(f"“{source}”" for source in similar)
        super().__init__(f"“{name}” is new here, but very like {others}.")
