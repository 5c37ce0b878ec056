"""What a quotation check proposes for *did they say it?*; a person decides."""

from .words import AttributionCheck, Stance

#: By what the citation is to the statement, when its words are those of the document.
_SEEN = {
    Stance.IS_THE_STATEMENT: AttributionCheck.CONFIRMED,
    Stance.REPEATS_IT: AttributionCheck.RELAYED,
    Stance.DIFFERS: AttributionCheck.ALTERED,
}
#: Verdicts of words that are nearly there, but say something else.
_DIFFERING = frozenset({"altered", "spliced", "elision_hides"})


def proposed_check(
    stance: str, verdict: str, *, holds: bool
) -> AttributionCheck | None:
    """Return the attribution check that a comparison suggests, or ``None``.

    ``stance``: of the citation; on truth it proposes nothing. ``verdict``: of
    ``check_quotation``. ``holds``: whether the words are those of the document, by the
    program or by eye. That words are absent proposes nothing: *not found* is for a
    person who searched.
    """
    if stance not in _SEEN:
        return None
    if holds:
        return _SEEN[Stance(stance)]
    return AttributionCheck.ALTERED if verdict in _DIFFERING else None
