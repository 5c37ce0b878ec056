"""What every desk page has: no delete, guarded saves, a trace of each edit."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, models, transaction
from django.forms import Script, Textarea
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from claims.jobs.captures import want_missing
from claims.models import Citation, Claim
from claims.models.identity import Versioned
from claims.workflow.roles import REMOVABLE_MODELS

from .change_lists import ACTED_ON, BoundedPaginator, DeskChangeList
from .conflicts import conflict_page
from .forms import COLLISION, DeskForm, OpenedForm
from .lookups import AllowedLookups
from .menus import Menus
from .tracing import changed_names, cited_documents, leave_trace, subject_of
from .waiting import next_waiting

#: In an address: show an empty row in every section, for a browser without scripts.
BLANK = "blank"

TOO_MANY = _(
    "Nothing was done: at most %(number)s rows are changed at once. Narrow the list "
    "with the filters, or tick rows on its pages."
)

_FIELDS: Any = {
    models.TextField: {"widget": Textarea(attrs={"rows": 3, "cols": 80})},
    models.URLField: {"assume_scheme": "https"},
}


class DeskInline(Menus):
    """Mixin of inlines: rows of ``REMOVABLE_MODELS`` may go, with an event."""

    form: Any = OpenedForm
    extra = 0
    formfield_overrides: Any = _FIELDS

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.opts.model_name in REMOVABLE_MODELS and (  # type: ignore[attr-defined]
            super().has_delete_permission(request, obj)  # type: ignore[misc]
        )

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return max(self.extra, 1) if BLANK in request.GET else self.extra

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Carry what the row was opened with, where it can be written."""
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        if not self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return fieldsets
        (name, options), *others = fieldsets
        fields = [*(f for f in options["fields"] if f != "opened"), "opened"]
        return [(name, {**options, "fields": fields}), *others]


class StackedParts(DeskInline, admin.StackedInline):
    pass


class DeskAdmin(AllowedLookups, Menus, admin.ModelAdmin):
    form = DeskForm
    formfield_overrides: ClassVar[Any] = _FIELDS
    list_per_page = 50
    list_max_show_all = 200
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions_on_top = True
    save_on_top = False
    change_form_template = "admin/desk_form.html"

    class Media:
        js = [
            Script("claims/desk_unsaved.js", type="module"),
            Script("claims/desk_sections.js", type="module"),
            Script("claims/desk_autocomplete.js", type="module"),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return DeskChangeList

    def response_action(  # type: ignore[override]
        self, request: HttpRequest, queryset: Any
    ) -> HttpResponse | None:
        """Act on what is ticked, and on a whole list only while it is short."""
        everything = request.POST.get("select_across") not in ("0", "", None)
        if everything and queryset[: ACTED_ON + 1].count() > ACTED_ON:
            messages.warning(request, TOO_MANY % {"number": ACTED_ON})
            return None
        return super().response_action(request, queryset)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave what the page carries for itself out of the fields it shows."""
        fields = super().get_fields(request, obj)
        return [name for name in fields if name not in ("opened", "version")]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "desk_refusal", "")
        return form

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if context.get("original") is not None:
            context["next_waiting"] = next_waiting(request, context["original"])
        context["blank_rows"] = BLANK in request.GET
        return super().render_change_form(request, context, *args, **kwargs)

    # Saving

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            return self._save_page(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody was quicker by a moment. Seen anew, validation can say so.
            request.desk_refusal = COLLISION  # type: ignore[attr-defined]
            return self._save_page(request, object_id, form_url, extra_context)

    def _save_page(
        self, request: HttpRequest, object_id: str | None, *rest: Any
    ) -> Any:
        """Save all or nothing, and only over the version that was opened."""
        with transaction.atomic():
            row = self.get_object(request, unquote(object_id)) if object_id else None
            if row is None or not self.has_change_permission(request, row):
                return super().changeform_view(request, object_id, *rest)
            self.lock_owner(row)
            is_stale = not self._raise_version(request, row)
            if not is_stale:
                response = super().changeform_view(request, object_id, *rest)
            if is_stale or not getattr(request, "desk_saved", False):
                transaction.set_rollback(True)
        return self._refuse_stale(request, row.pk) if is_stale else response

    def _raise_version(self, request: HttpRequest, row: Any) -> bool:
        """Count this save; False when the page was opened on an older version."""
        if not isinstance(row, Versioned):
            return True
        seen = request.POST.get("version", "")
        return seen.isdecimal() and type(row).raise_version(row.pk, int(seen[:9]))

    def _refuse_stale(self, request: HttpRequest, pk: Any) -> HttpResponse:
        row = self.get_object(request, str(pk))
        form = self.get_form(request, row, change=True)(
            request.POST.copy(), instance=row
        )
        formsets, _inlines = self._create_formsets(  # type: ignore[attr-defined]
            request, row, change=True
        )
        return conflict_page(self, request, form, formsets)

    def lock_owner(self, row: Any) -> None:
        """Lock the claim first, as moves do; a part of it raises its version."""
        subject = subject_of(row)
        if isinstance(row, Citation):
            Claim.raise_version(row.claim_id)
        elif isinstance(subject, Claim):
            Claim.objects.select_for_update(no_key=True).get(pk=subject.pk)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: bool
    ) -> None:
        for part in formset.forms:
            if part.has_changed() and part not in formset.deleted_forms:
                self.stamp_part(request, part)
        super().save_formset(request, form, formset, change)

    def stamp_part(self, request: HttpRequest, part: Any) -> None:
        """Note who and when on a changed row; raise the version of its own page."""
        if part.instance.pk and isinstance(part.instance, Versioned):
            part.instance.version += 1

    def save_related(
        self, request: HttpRequest, form: Any, formsets: list[Any], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        names = changed_names(form, formsets, is_new=not change)
        names += getattr(form.instance, "stamped_fields", [])
        want_missing(cited_documents(form, formsets), request.user)
        leave_trace(
            request, form.instance, names, self.verb_of(form.instance, change=change)
        )
        request.desk_saved = True  # type: ignore[attr-defined]

    def verb_of(self, row: Any, *, change: bool) -> str:
        return "created" if not change and subject_of(row) is row else "edited"
