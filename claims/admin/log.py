"""The log of editorial acts and the releases: to be read, by nobody to be changed."""

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from claims.models import Event, Release
from claims.models.releases import SubjectType

from .base import DeskAdmin
from .log_pages import BEGINS, LogChangeList, LogPaginator
from .log_search import begins_so, by_name, by_person, newest_of, of_subject
from .lookups import key_from

LINE_CHARACTERS = 400
SUBJECTS = [
    ("claim", _("claim")),
    ("article", _("article")),
    ("source", _("source")),
    ("document", _("document")),
    ("correctionrequest", _("correction request")),
    ("claimimport", _("import of claims")),
]


#: The acts of events, in words; others are shown as they are called.
ACTS = {
    "created": _("created"),
    "edited": _("edited"),
    "loaded": _("loaded from a file"),
    "imported": _("imported"),
    "import_undone": _("import undone"),
    "captured": _("stored copy fetched"),
    "copy_sealed": _("stored copy sealed"),
    "submitted": _("assessment submitted"),
    "returned": _("assessment returned"),
    "signed_off": _("assessment signed off"),
    "voided": _("signature voided by an edit"),
    "published": _("published"),
    "withdrawn": _("withdrawn"),
    "discarded": _("discarded"),
    "listed": _("listed"),
    "released": _("released"),
    "cleared": _("cleared"),
    "held_back": _("held back"),
    "hold_ended": _("no longer held back"),
    "recheck_begun": _("put under re-check"),
    "recheck_ended": _("re-check ended"),
    "retracted": _("retracted"),
    "taken_down": _("taken down"),
    "restored": _("taken up again"),
    "sealed": _("earlier releases sealed"),
    "dates_doubted": _("dates of claims to be confirmed"),
    "date_kept": _("date kept as it stands"),
    "anchored": _("passages found again in a newer copy"),
    "anchor_decided": _("place in a newer copy decided"),
    "review_set": _("day of the next look set"),
    "news_settled": _("new information settled"),
    "pair_decided": _("said whether two claims are the same"),
    "assessment_shared": _("assessment drafted from that of the same claim"),
    "quotation_seen": _("quotation compared by eye"),
    "link_overruled": _("link watch overruled"),
    "link_lifted": _("link watch no longer overruled"),
    "link_settled": _("notice of a link settled"),
    "request_settled": _("correction request settled"),
    "request_erased": _("correction request emptied"),
}


def act_in_words(verb: str) -> str:
    return str(ACTS.get(verb, verb.replace("_", " ")))


class ReadOnlyAdmin(DeskAdmin):
    """Rows that are made and changed elsewhere."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LogAdmin(ReadOnlyAdmin):
    """Rows that are only ever added: the newest first, in long lists."""

    paginator = LogPaginator
    sortable_by: ClassVar[Any] = []
    ordering = ["-sequence"]
    search_fields = ["=sequence"]  # says that there is a search: see below

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return LogChangeList

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == BEGINS or super().lookup_allowed(lookup, value, request)

    def meanings(self, typed: str) -> Iterator[Q]:
        """Yield what the words of a search may mean, each along an index."""
        raise NotImplementedError

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        typed = search_term.strip()
        if not typed:
            return queryset, False
        rows = self.model.objects.all()
        begins = key_from(request.GET.get(BEGINS, ""))
        if begins is not None:
            rows = rows.filter(**{BEGINS: begins})
        newest = newest_of(rows, self.meanings(typed))
        request.log_unsearched = newest.older  # type: ignore[attr-defined]
        return queryset.filter(pk__in=newest.keys), False


class SubjectFilter(admin.SimpleListFilter):
    title = _("subject")
    parameter_name = "subject_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return SUBJECTS

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(subject_type=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(LogAdmin):
    list_display = [
        "sequence",
        "at",
        "actor_name",
        "act",
        "subject",
        "details_in_words",
    ]
    list_display_links = ["sequence"]
    list_filter = [SubjectFilter]
    search_help_text = _(
        "The beginning of a person's name, of an act, or of the id of the subject; or "
        "the number of an event."
    )
    fields = [
        "sequence",
        "at",
        "actor_name",
        "act",
        "subject",
        "details_in_words",
        "body",
        "previous_hash",
        "hash",
    ]
    readonly_fields: ClassVar[Any] = fields

    def meanings(self, typed: str) -> Iterator[Q]:
        yield from number_of(typed)
        yield from of_subject(typed, [kind for kind, _label in SUBJECTS])
        for verb in {typed.lower(), *verbs_beginning(typed)}:
            yield Q(verb=verb)
        yield from by_name(typed, Event, "actor_name")
        yield from by_person(typed)

    @admin.display(description=_("act"))
    def act(self, event: Event) -> str:
        return act_in_words(event.verb)

    @admin.display(description=_("subject"))
    def subject(self, event: Event) -> str:
        kind = dict(SUBJECTS).get(event.subject_type, event.subject_type)
        return f"{kind} {event.subject_id}"

    @admin.display(description=_("details"))
    def details_in_words(self, event: Event) -> str:
        return "; ".join(
            f"{name}: {_in_a_line(value)}" for name, value in event.details.items()
        )


@admin.register(Release)
class ReleaseAdmin(LogAdmin):
    list_display = ["sequence", "at", "act", "subject_type", "subject_id", "by"]
    list_filter = [SubjectFilter, "act"]
    search_help_text = _(
        "The beginning of the id of the subject, or of the name of who released it; or "
        "the number of a release."
    )
    fields = [
        "sequence",
        "subject_type",
        "subject_id",
        "number",
        "act",
        "by",
        "at",
        "second_person",
        "notice",
        "digest",
        "sealed_at",
        "content_in_lines",
    ]
    readonly_fields: ClassVar[Any] = fields

    def meanings(self, typed: str) -> Iterator[Q]:
        yield from number_of(typed)
        yield from of_subject(typed, SubjectType.values)
        yield from by_name(typed, Release, "by")

    @admin.display(description=_("content"))
    def content_in_lines(self, release: Release) -> SafeString:
        text = json.dumps(release.parsed, ensure_ascii=False, indent=2)
        return format_html('<pre class="desk-content" dir="auto">{}</pre>', text)


def number_of(typed: str) -> Iterator[Q]:
    number = key_from(typed)
    if number is not None:
        yield Q(sequence=number)


def verbs_beginning(typed: str) -> list[str]:
    """Return the acts whose name, or any word of it, begins so."""
    return [verb for verb in ACTS if begins_so(act_in_words(verb), typed)]


def _in_a_line(value: Any) -> str:
    """Return a detail in a line; of a batch with hundreds of digests the beginning."""
    line = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return Truncator(line).chars(LINE_CHARACTERS)
