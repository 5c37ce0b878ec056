"""The page of a stale save: both texts side by side, nothing lost, sent again at once.

Three values are compared for each field: what was stored when the page was opened (its
fingerprint came along), what is stored now, and what was posted. Where only a colleague
changed a field, theirs is proposed; where only this user did, or both, the posted one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from django.forms import CharField, URLField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.checking.differences import Part

from .forms import OpenedForm, fingerprint, values_of
from .meanwhile import Meanwhile, keep_rows
from .readable import readable
from .word_changes import word_changes

#: Posted names that belong to the request, not to what is to be saved.
_OF_THE_REQUEST = {"csrfmiddlewaretoken", "version"}
_BUTTONS = ("_save", "_continue", "_addanother", "_saveasnew")


@dataclass(frozen=True)
class Compared:
    """One field: what is stored, what was posted, and the widget with the proposal.

    ``parts``: of two prose texts that share words, what differs. Without ``verdict``
    there is nothing to compare, only something to decide.
    """

    label: str
    stored: str
    posted: str
    verdict: str
    bound: Any
    parts: list[Part] = field(default_factory=list)


@dataclass
class Group:
    """The differing fields of the page itself or of one row on it."""

    title: str
    note: str = ""
    fields: list[Compared] = field(default_factory=list)
    #: What a colleague's new row holds: label and words.
    lines: list[tuple[str, str]] = field(default_factory=list)


def conflict_page(
    model_admin: Any, request: HttpRequest, form: Any, formsets: list[Any]
) -> HttpResponse:
    """Show what was posted beside what is stored now; status 409."""
    row = form.instance
    meanwhile = {formset.prefix: keep_rows(formset) for formset in formsets}
    groups = [_compare(form, str(capfirst(row._meta.verbose_name)))]
    for formset in formsets:
        groups += _row_groups(formset, meanwhile[formset.prefix])
    groups = [group for group in groups if group.fields or group.note]
    media = model_admin.media + form.media
    for formset in formsets:
        media += formset.media
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("A colleague saved this page after you opened it"),
        "subtitle": str(row),
        "opts": model_admin.opts,
        "original": row,
        "groups": groups,
        "carried": list(_carried(form, formsets, groups)),
        "media": media,
    }
    return TemplateResponse(request, "admin/conflict.html", context, status=409)


def _row_groups(formset: Any, meanwhile: Meanwhile) -> Iterator[Group]:
    name = str(capfirst(formset.model._meta.verbose_name))
    for index, form in enumerate(formset.forms):
        if not hasattr(form, "opened_with"):
            continue
        if index in meanwhile.added:
            yield _all_stored(form, f"{name}: {_('new, your colleague’s')}")
        elif index in meanwhile.removed:
            yield _all_posted(form, f"{name}: {_('removed by a colleague')}")
        elif form.instance.pk:
            yield _compare(form, f"{name}: {form.instance}")
        elif form.has_changed():
            yield _all_posted(form, f"{name}: {_('new, yours')}")


def _compare(form: OpenedForm, title: str) -> Group:
    """Compare a form with what is stored, and set its data to the proposal."""
    group = Group(title)
    opened = _fingerprints(form.data.get(form.add_prefix("opened"), ""))
    for name in form.shown_fields():
        stored, posted = form.stored(name), form.typed(name)
        if stored == posted:
            continue
        verdict = _("Both of you changed it: yours is proposed.")
        if opened.get(name) == fingerprint(posted):
            verdict = _("Only your colleague changed it: theirs is proposed.")
            _put(form, name, stored)
        elif opened.get(name) == fingerprint(stored):
            verdict = _("Only you changed it.")
        group.fields.append(_compared(form, name, stored, posted, verdict))
    if form.data.get(form.add_prefix("DELETE")):
        _decide_removal(form, group)
    _typed(form)[form.add_prefix("opened")] = form.opened_with()
    return group


def _decide_removal(form: OpenedForm, group: Group) -> None:
    """Ask again about a row the user removes, when it is no longer as they saw it."""
    group.note = _("You remove this row.")
    if group.fields:
        group.note = _("You remove this row. Untick “Delete” to keep it.")
        group.fields.append(_compared(form, "DELETE", "", "", ""))


def _all_stored(form: OpenedForm, title: str) -> Group:
    group = Group(title, note=_("It stays as it is."))
    for name in form.shown_fields():
        if stored := form.stored(name):
            words = readable(form.fields[name], stored)
            group.lines.append((str(form[name].label), words))
    return group


def _all_posted(form: OpenedForm, title: str) -> Group:
    group = Group(title)
    for name in form.shown_fields():
        posted = form.typed(name)
        if posted:
            group.fields.append(_compared(form, name, "", posted, _("Only yours.")))
    if form.data.get(form.add_prefix("DELETE")) and "DELETE" in form.fields:
        group.note = _("It stays removed unless you untick “Delete”.")
        group.fields.append(_compared(form, "DELETE", "", "", ""))
    return group


def _compared(
    form: OpenedForm, name: str, stored: str, posted: str, verdict: str
) -> Compared:
    form_field = form.fields[name]
    return Compared(
        label=str(form[name].label),
        stored=readable(form_field, stored),
        posted=readable(form_field, posted),
        verdict=verdict,
        bound=form[name],
        parts=_word_changes(form_field, stored, posted),
    )


def _word_changes(form_field: Any, stored: str, posted: str) -> list[Part]:
    """Return what differs between two prose texts, where anything is the same."""
    is_prose = isinstance(form_field, CharField) and not isinstance(
        form_field, URLField
    )
    if not (is_prose and stored and posted):
        return []
    parts = word_changes(stored, posted)
    shared = any(part.kind == "same" and part.text.strip() for part in parts)
    return parts if shared else []


def _fingerprints(text: str) -> dict[str, str]:
    return dict(part.split(":", 1) for part in text.split() if ":" in part)


def _typed(form: OpenedForm) -> QueryDict:
    """Return what was posted, as the copy that may be written."""
    return cast(QueryDict, form.data)


def _put(form: OpenedForm, name: str, text: str) -> None:
    """Set the posted value of a field from its one text."""
    values = values_of(form.fields[name], text)
    _typed(form).setlist(form.add_prefix(name), values)


def _carried(
    form: Any, formsets: list[Any], groups: list[Group]
) -> Iterator[tuple[str, str]]:
    """Yield every posted name and value that the page does not show in a widget."""
    shown = {compared.bound.html_name for group in groups for compared in group.fields}
    prefixes = tuple(f"{formset.prefix}-" for formset in formsets)
    for data, is_ours in [
        (form.data, lambda name: not name.startswith(prefixes)),
        *(
            (formset.data, lambda name, own=f"{formset.prefix}-": name.startswith(own))
            for formset in formsets
        ),
    ]:
        for name, values in data.lists():
            if not is_ours(name) or name in shown | _OF_THE_REQUEST:
                continue
            if name not in _BUTTONS:
                yield from ((name, value) for value in values)
