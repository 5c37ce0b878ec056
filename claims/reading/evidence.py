"""Which evidence a page shows first, and what each piece does for the claim."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from claims.workflow.words import Question, Stance

from .page_parts import Citation

#: How many pieces stand open on a page; the others are folded below them.
BEST = 3


def best_first(
    citations: Sequence[Citation],
) -> tuple[tuple[Citation, ...], tuple[Citation, ...]]:
    """Part citations into the best few and the others.

    What speaks about truth comes first, beginning with one piece for each side, so
    that evidence that disagrees is never folded away; then the statement itself. One
    that would be left over alone joins the best.
    """
    first = {row.stance: row.anchor for row in reversed(citations)}

    def rank(row: Citation) -> int:
        if row.question == Question.TRUTH and row.stance != Stance.CONTEXT:
            return 0 if first[row.stance] == row.anchor else 1
        return 2 if row.stance == Stance.IS_THE_STATEMENT else 3

    ordered = sorted(citations, key=rank)
    best = len(ordered) if len(ordered) == BEST + 1 else BEST
    return tuple(ordered[:best]), tuple(ordered[best:])


def what_it_does(stance: str) -> str:
    """Return what a piece of evidence does for the claim, as a short sentence."""
    return _DOES[stance]()


_DOES: dict[str, Callable[[], str]] = {
    "is_the_statement": lambda: _("This is the statement itself."),
    "repeats_it": lambda: _("It repeats the statement."),
    "differs": lambda: _("It differs from what was reported."),
    "supports": lambda: _("It supports the claim."),
    "supports_in_part": lambda: _("It supports a part of the claim."),
    "contradicts": lambda: _("It contradicts the claim."),
    "context": lambda: _("It gives context."),
}
