"""What citations go back to: suggestions beside the field, words typed freely."""

from collections.abc import Sequence
from typing import Any

from claims.models import Citation

#: A browser shows a few of them at a time.
SUGGESTED = 100
_LIST = "known-origins"


class SuggestsOrigins:
    """Mixin of forms of citations: the page offers what is known as it is typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields  # type: ignore[attr-defined]
        if "origin" in fields:
            fields["origin"].widget.attrs["list"] = _LIST


def known_origins(claims: Sequence[int]) -> list[str]:
    """Return the origins that citations of these claims name, then their documents."""
    rows = Citation.objects.filter(claim__in=claims)
    named = rows.exclude(origin="").order_by("origin").values_list("origin", flat=True)
    titles = rows.order_by("document__title").values_list("document__title", flat=True)
    found = [*named.distinct()[:SUGGESTED], *titles.distinct()[:SUGGESTED]]
    return list(dict.fromkeys(found))[:SUGGESTED]
