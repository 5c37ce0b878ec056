"""Searches of the desk's lists go through its index of claims, however many there are."""

import re
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models.identity import PUBLIC_ID_PATTERN
from claims.search import find_at_desk

HELP = gettext_lazy(
    "Words of the claim, of the article, of evidence, summary, reasons or notes, a "
    "source by any of its names, or a public id. “Quotation marks” hold words together, "
    "-word leaves out, begin* finds what begins so."
)


class FoundThroughClaims:
    """Mixin of ModelAdmin: rows of claims that the desk's index finds, or one by its id.

    ``claim_id_field``: leads from a row to the public id of its claim.
    """

    claim_id_field = "public_id"
    search_help_text: ClassVar[Any] = HELP

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        typed = search_term.strip()
        if not typed:
            return queryset, False
        if re.fullmatch(PUBLIC_ID_PATTERN, typed):
            named = queryset.filter(public_id=typed)
            if named.exists():
                return named, False
        is_menu = _is_menu(request)
        found = find_at_desk(f"{typed}*" if is_menu else typed)
        if found.has_more and not is_menu:
            sentence = _(
                "%(number)s of the newest claims with these words are listed, and there "
                "may be more: add a word."
            )
            number = number_format(len(found.keys), force_grouping=True)
            messages.warning(request, sentence % {"number": number})
        return found.narrow(queryset, self.claim_id_field), False


def _is_menu(request: HttpRequest) -> bool:
    """Say whether a menu asks, in which the last word is perhaps only begun."""
    match = request.resolver_match
    return match is not None and match.url_name == "autocomplete"
