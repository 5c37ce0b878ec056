"""Tables of the lists: which columns, how their cells look, how they sort."""

from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from claims.models.documents import DocumentKind
from claims.models.record import (
    PublishedArticle,
    PublishedClaim,
    PublishedDocument,
    PublishedSource,
)
from claims.models.sources import SourceKind
from claims.reading.edtf_words import edtf_in_words
from claims.reading.found_in import found_in
from claims.reading.status_words import Statuses, StatusWords, status_words
from claims.reading.wording import (
    check_in_a_word,
    moment_in_words,
    number_of_claims,
    progress_sentence,
    said_sentence,
)
from claims.search import Query, missing_in, places_of
from claims.search.highlights import Place
from claims.templatetags.claim_pages import symbol
from claims.templatetags.claim_tables import marked


class RecordTable(tables.Table):
    """A table drawn by ``django_tables2/record.html``, which renders a cell once.

    Every ``render_…`` takes the record and nothing else. ``usual_order``: how its rows
    come when nobody asked for an order. ``query``: what was looked for, to be marked.
    """

    usual_order = ""

    class Meta:
        template_name = "django_tables2/record.html"
        empty_text = ""

    def __init__(self, *args: Any, query: Query | None = None, **kwargs: Any) -> None:
        self.query = query if query and query.wanted else None
        super().__init__(*args, **kwargs)

    def marked(self, text: str) -> str:
        """Return a text with what was looked for marked in it."""
        if self.query is None:
            return text
        return marked(text, places_of(text, self.query.wanted))


class ClaimTable(RecordTable):
    usual_order = "-changed_at"
    text = tables.Column(_("Claim"), orderable=False)
    status = tables.Column(
        _("Is it true?"), order_by=("status", "-sequence", "public_id")
    )
    attribution_check = tables.Column(
        _("Did they say it?"),
        order_by=("attribution_check", "-sequence", "public_id"),
    )
    source_name = tables.Column(_("Source"), order_by=("source_name", "public_id"))
    said_from = tables.Column(_("Said"), initial_sort_descending=True)
    changed_at = tables.Column(
        _("Changed"),
        order_by=("sequence", "-public_id"),
        initial_sort_descending=True,
    )

    class Meta(RecordTable.Meta):
        caption = _("Claims")

    def __init__(self, *args: Any, statuses: Statuses, **kwargs: Any) -> None:
        self.statuses = statuses
        self.contents: dict[str, Any] = {}
        self.drawn: dict[str, SafeString] = {}
        self.address = reverse("claim_detail", args=["-"])
        super().__init__(*args, **kwargs)

    def render_text(self, record: PublishedClaim) -> SafeString:
        url = self.address.replace("-", record.pk)
        text = self.marked(record.text)
        return format_html(
            '<a href="{}" dir="auto">{}</a>{}', url, text, self.found_in(record)
        )

    def found_in(self, record: PublishedClaim) -> SafeString | str:
        """Show where else the claim was found, when its own words lack something."""
        if self.query is None or record.pk not in self.contents:
            return ""
        found = found_in(self.query, record.text, self.contents[record.pk])
        return _found_beside(found.label, found.text, found.places) if found else ""

    def render_status(self, record: PublishedClaim) -> SafeString:
        slug = record.status
        if slug not in self.drawn:
            self.drawn[slug] = _drawn(status_words(self.statuses, slug))
        return self.drawn[slug]

    def render_source_name(self, record: PublishedClaim) -> SafeString:
        name = self.marked(record.source_name)
        return format_html('<span dir="auto">{}</span>', name)

    def render_attribution_check(self, record: PublishedClaim) -> str:
        return check_in_a_word(record.attribution_check)

    def render_said_from(self, record: Any) -> str:
        return edtf_in_words(record.said_edtf or "")

    def render_changed_at(self, record: PublishedClaim) -> str:
        return moment_in_words(record.changed_at)

    def read_contents(self) -> None:
        """Read what a search may have found beside the claims of this page."""
        if self.query is not None:
            shown = [record.pk for record in self.page.rows]
            rows = PublishedClaim.objects.filter(pk__in=shown).order_by()
            self.contents = dict(rows.values_list("pk", "content"))

    def order_said_from(
        self, rows: QuerySet[Any], is_descending: bool
    ) -> tuple[QuerySet[Any], bool]:
        return rows.order_by(*undated_last("said_from", is_descending)), True


class SourceTable(RecordTable):
    usual_order = "name"
    name = tables.Column(_("Source"), order_by=("name", "public_id"))
    kind = tables.Column(_("Kind"), order_by=("kind", "name", "public_id"))
    said_by = tables.Column(
        _("Said by"),
        order_by=("said_by", "public_id"),
        initial_sort_descending=True,
    )
    relayed_by = tables.Column(_("Relayed by"), orderable=False)

    class Meta(RecordTable.Meta):
        caption = _("Sources")

    def render_name(self, record: PublishedSource) -> SafeString:
        url = record.get_absolute_url()
        name = self.marked(record.name)
        other = self.also_written(record)
        return format_html('<a href="{}" dir="auto">{}</a>{}', url, name, other)

    def also_written(self, record: PublishedSource) -> SafeString | str:
        """Show another name of the source that has what this one lacks."""
        if self.query is None:
            return ""
        missing = missing_in(record.name, self.query.wanted)
        for alias in record.content["aliases"]:
            if places := places_of(alias, missing):
                return _found_beside(_("Also written"), alias, places)
        return ""

    def render_kind(self, record: PublishedSource) -> str:
        return str(SourceKind(record.kind).label)

    def render_said_by(self, record: PublishedSource) -> str:
        if not record.said_by:
            return pgettext("number of claims", "none")
        return said_sentence(record.said_by, record.said_by_decided)

    def render_relayed_by(self, record: PublishedSource) -> str:
        if not record.relayed_by:
            return pgettext("number of claims", "none")
        return number_of_claims(record.relayed_by)


class DocumentTable(RecordTable):
    usual_order = "title"
    title = tables.Column(_("Document"), order_by=("title", "public_id"))
    kind = tables.Column(_("Kind"), order_by=("kind", "title", "public_id"))
    publisher_name = tables.Column(_("Publisher"), orderable=False)
    published_from = tables.Column(_("Published"), initial_sort_descending=True)
    use_count = tables.Column(_("Cited by"), orderable=False)
    link_state = tables.Column(_("Link"), order_by=("link_state", "public_id"))

    class Meta(RecordTable.Meta):
        caption = _("Documents")

    def render_title(self, record: PublishedDocument) -> SafeString:
        url = record.get_absolute_url()
        title = self.marked(record.title)
        return format_html('<a href="{}" dir="auto">{}</a>', url, title)

    def render_publisher_name(self, record: Any) -> str:
        return self.marked(record.publisher_name)

    def render_kind(self, record: PublishedDocument) -> str:
        return str(DocumentKind(record.kind).label)

    def render_published_from(self, record: PublishedDocument) -> str:
        return edtf_in_words(record.content["published_edtf"])

    def render_use_count(self, record: PublishedDocument) -> str:
        return number_of_claims(record.use_count)

    def render_link_state(self, record: PublishedDocument) -> str:
        return record.get_link_state_display()

    def order_published_from(
        self, rows: QuerySet[Any], is_descending: bool
    ) -> tuple[QuerySet[Any], bool]:
        return rows.order_by(*undated_last("published_from", is_descending)), True


class ArticleTable(RecordTable):
    usual_order = "-released_at"
    title = tables.Column(_("Article"), order_by=("title", "public_id"))
    publisher_name = tables.Column(_("Publisher"), orderable=False)
    claim_count = tables.Column(_("Progress"), orderable=False)
    released_at = tables.Column(
        _("Released"),
        order_by=("released_at", "-public_id"),
        initial_sort_descending=True,
    )

    class Meta(RecordTable.Meta):
        caption = _("Articles")

    def render_title(self, record: PublishedArticle) -> SafeString:
        url = record.get_absolute_url()
        title = self.marked(record.title)
        return format_html('<a href="{}" dir="auto">{}</a>', url, title)

    def render_publisher_name(self, record: Any) -> str:
        return self.marked(record.publisher_name)

    def render_claim_count(self, record: PublishedArticle) -> str:
        return progress_sentence(record.tallies)

    def render_released_at(self, record: PublishedArticle) -> str:
        return moment_in_words(record.released_at)


def _found_beside(label: Any, text: str, places: list[Place]) -> SafeString:
    return format_html(
        '<span class="found-in">{}: <span dir="auto">{}</span></span>',
        label,
        marked(text, places),
    )


def _drawn(status: StatusWords) -> SafeString:
    return format_html(
        '<span class="status tone-{}">{} {}</span>',
        status.tone,
        symbol(status.symbol, status.tone),
        status.label,
    )


def undated_last(column: str, is_descending: bool) -> tuple[Any, str]:
    """Sort by a day; rows without one come last either way, on every database."""
    field = F(column)
    if is_descending:
        return field.desc(nulls_last=True), "public_id"
    return field.asc(nulls_last=True), "-public_id"
