"""Dependent dates: once an article's date is corrected, those counted from it too."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from claims.jobs.dates import (
    DatesError,
    Decision,
    Dependent,
    decide_dates,
    dependent_dates,
    doubt_dates,
)
from claims.models import Article, Claim
from claims.reading.edtf_words import day_in_words, edtf_in_words
from claims.workflow.desk_words import DateChoice

from .effects import effects_of

#: More than this nobody decides in one go; the rest comes after.
ROWS_SHOWN = 200


@dataclass(frozen=True)
class Row:
    """One date on the page: as it stands, what it would be now, and what follows."""

    claim: Claim
    stands: str
    now: str
    basis: str
    choice: str
    effects: list[str]


class CorrectedDates:
    """Mixin of DocumentAdmin: a corrected date puts those counted from it in doubt."""

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)  # type: ignore[misc]
        if change and "published_edtf" in form.changed_data:
            before = form.initial["published_edtf"]
            request.desk_doubted = doubt_dates(obj, before, request.user)  # type: ignore[attr-defined]

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response: HttpResponse = super().response_change(request, obj)  # type: ignore[misc]
        if number := getattr(request, "desk_doubted", 0):
            words = ngettext(
                "%(number)s date of a claim was counted from the article's date.",
                "%(number)s dates of claims were counted from the article's date.",
                number,
            )
            page = reverse("admin:claims_article_dates", args=[obj.article.pk])
            link = format_html('<a href="{}">{}</a>', page, _("Confirm them"))
            sentence = words % {"number": number}
            messages.warning(request, format_html("{} {}", sentence, link))
        return response


class DependentDates:
    """Mixin of ArticleAdmin: the page on which dependent dates are decided."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.dates_view)  # type: ignore[attr-defined]
        own = path("<path:object_id>/dates/", view, name="claims_article_dates")
        return [own, *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def dates_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not request.user.has_perms(("claims.view_article", "claims.change_claim")):
            raise PermissionDenied
        article = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if article is None:
            raise Http404
        if request.method != "POST":
            return self._dates_page(request, article)
        posted = request.POST
        try:
            decisions = list(_decisions(posted))
            taken = decide_dates(
                article, posted.get("published", ""), decisions, request.user
            )
        except DatesError as error:
            fresh = Article.objects.select_related("document").get(pk=article.pk)
            return self._dates_page(request, fresh, str(error))
        messages.success(
            request,
            _("Decided: %(taken)s taken anew, %(kept)s kept.")
            % {"taken": taken, "kept": len(decisions) - taken},
        )
        left = article.claims.dates_in_doubt().exists()
        name = "dates" if left else "change"
        return Redirect(reverse(f"admin:claims_article_{name}", args=[article.pk]))

    def _dates_page(
        self, request: HttpRequest, article: Article, refusal: str = ""
    ) -> HttpResponse:
        dependent = dependent_dates(article)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Dates to confirm"),
            "subtitle": str(article),
            "opts": Article._meta,
            "original": article,
            "refusal": refusal,
            "published": article.document.published_edtf,
            "published_in_words": edtf_in_words(article.document.published_edtf),
            "rows": list(_rows(dependent[:ROWS_SHOWN], request.POST)),
            "left_out": max(len(dependent) - ROWS_SHOWN, 0),
        }
        status = 409 if refusal else 200
        return TemplateResponse(request, "admin/dates.html", context, status=status)


def _decisions(posted: QueryDict) -> Iterator[Decision]:
    """Read what was decided of each claim; ``DatesError`` where it was not."""
    for public_id in posted.getlist("claim"):
        if "\0" in public_id:
            continue
        version = posted.get(f"version_{public_id}", "")
        choice = posted.get(f"choice_{public_id}", "")
        if choice not in DateChoice.values or not version.isdecimal():
            raise DatesError(
                _("Say of each date whether the new one is taken or the old one kept.")
            )
        yield Decision(public_id, int(version[:9]), DateChoice(choice))


def _rows(dependent: list[Dependent], posted: QueryDict) -> Iterator[Row]:
    effects = effects_of(row.claim for row in dependent)
    for row in dependent:
        claim, now = row.claim, row.now
        usual = DateChoice.TAKE if now else DateChoice.KEEP
        yield Row(
            claim=claim,
            stands=date_in_words(claim.said_edtf, claim.said_from, claim.said_to),
            now=date_in_words(now.edtf, now.earliest, now.latest) if now else "",
            basis=now.basis if now else "",
            choice=posted.get(f"choice_{claim.public_id}", usual),
            effects=effects[claim.pk],
        )


def date_in_words(
    edtf: str, earliest: datetime.date | None, latest: datetime.date | None
) -> str:
    """Return a date with its bounds: “2016 (1 January 2016 to 31 December 2016)”."""
    words = edtf_in_words(edtf)
    if "/" in edtf or earliest is None or latest is None or earliest == latest:
        return words
    return _("%(date)s (%(first)s to %(last)s)") % {
        "date": words,
        "first": day_in_words(earliest),
        "last": day_in_words(latest),
    }
