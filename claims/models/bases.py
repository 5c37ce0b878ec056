"""Claims that rest on others, and the circles in which none may rest on itself."""

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .claims import Claim

#: So much of each claim of a circle is quoted.
QUOTED_CHARACTERS = 60


def circle_refusal(claim: Claim, bases: Iterable[Claim]) -> str:
    """Say, naming each claim, that resting a claim on these would close a circle.

    "" when it would not. Two people who each close one half at the same moment are
    not seen here; news goes one step at a time, so such a circle misleads nobody.
    """
    circle = circle_through(claim, bases)
    if not circle:
        return ""
    if len(circle) == 1:
        return _("A claim cannot rest on itself.")
    rows = Claim.objects.in_bulk(circle)
    quoted = [f"“{Truncator(rows[pk].text).chars(QUOTED_CHARACTERS)}”" for pk in circle]
    steps = [
        _("%(claim)s on %(basis)s") % {"claim": one, "basis": other}
        for one, other in zip(quoted, [*quoted[1:], quoted[0]], strict=True)
    ]
    return _("In a circle, claims would rest on themselves: %(steps)s.") % {
        "steps": ", ".join(steps)
    }


def circle_through(claim: Claim, bases: Iterable[Claim]) -> list[int]:
    """Return the keys of the shortest circle: the claim, what it rests on, and so on."""
    resting: dict[int, int] = {}
    found = {basis.pk: claim.pk for basis in bases}
    while found:
        resting |= found
        if claim.pk in resting:
            return _way_to(claim.pk, resting)
        edges = Claim.depends_on.through.objects.filter(from_claim__in=found)
        pairs = edges.order_by("pk").values_list("to_claim", "from_claim")
        found = {basis: one for basis, one in pairs if basis not in resting}
    return []


def _way_to(key: int, resting: dict[int, int]) -> list[int]:
    """Follow who rests on whom from a claim back to itself."""
    way = [resting[key]]
    while way[-1] != key:
        way.append(resting[way[-1]])
    return way[::-1]
