"""What differs between two texts, as the desk shows it: history and conflict page."""

from claims.checking.differences import Part, shortened, words_changed

#: A change of space alone would not be seen.
_SIGNS = str.maketrans({"\n": "↵\n", " ": "␣", "\t": "⇥"})


def word_changes(old: str, new: str) -> list[Part]:
    """Return the changed words with those around them, spaces made visible."""
    parts = words_changed(old.replace("\r\n", "\n"), new.replace("\r\n", "\n"))
    return [_visible(part) for part in shortened(parts)]


def _visible(part: Part) -> Part:
    if part.kind in ("removed", "added") and part.text.isspace():
        return Part(part.kind, part.text.translate(_SIGNS))
    return part
