"""The log of editorial acts and the releases: to be read, by nobody to be changed."""

import json
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from claims.models import Event, Release

from .base import DeskAdmin

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
    """Rows that are only ever added, and not here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SubjectFilter(admin.SimpleListFilter):
    title = _("subject")
    parameter_name = "subject_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return SUBJECTS

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(subject_type=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
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
    sortable_by: ClassVar[Any] = ["sequence"]
    search_fields = ["subject_id", "verb", "actor_name"]
    search_help_text = _("Id of the subject, name of the actor, or the act.")
    ordering = ["-sequence"]
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

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Find whole words, as they are written: by an index each."""
        typed = search_term.strip()
        if not typed:
            return queryset, False
        verbs = [verb for verb in ACTS if typed.casefold() == act_in_words(verb)]
        found = (
            of_subject(typed)
            | Q(verb__in=[typed.lower(), *verbs])
            | Q(actor_name__in={typed, typed.lower()})
        )
        return queryset.filter(found), False

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
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ["sequence", "at", "act", "subject_type", "subject_id", "by"]
    list_filter = [SubjectFilter, "act"]
    sortable_by: ClassVar[Any] = ["sequence"]
    search_fields = ["subject_id", "by"]
    search_help_text = _("Id of the subject, or who released it.")
    ordering = ["-sequence"]
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

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        typed = search_term.strip()
        if not typed:
            return queryset, False
        found = of_subject(typed) | Q(by__in={typed, typed.lower()})
        return queryset.filter(found), False

    @admin.display(description=_("content"))
    def content_in_lines(self, release: Release) -> SafeString:
        text = json.dumps(release.parsed, ensure_ascii=False, indent=2)
        return format_html('<pre class="desk-content" dir="auto">{}</pre>', text)


def of_subject(public_id: str) -> Q:
    """Match what is about a row of any kind: an index begins with the kind."""
    kinds = [kind for kind, _label in SUBJECTS]
    return Q(subject_type__in=kinds, subject_id=public_id.lower())


def _in_a_line(value: Any) -> str:
    """Return a detail in a line; of a batch with hundreds of digests the beginning."""
    line = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return Truncator(line).chars(LINE_CHARACTERS)
