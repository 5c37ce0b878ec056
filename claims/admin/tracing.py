"""What a desk save leaves behind: the names of the changed fields, as an edit."""

from typing import Any

from django.http import HttpRequest

from claims.jobs.quotations import check_soon
from claims.models import Article, Assessment, Citation, Claim, Document, Source
from claims.moves import record_edit

Subject = Claim | Source | Document | Article
#: Whoever edits one of these has the claim's quotations compared again.
QUOTING = frozenset(
    f"citation.{name}"
    for name in ("added", "quotation", "document", "locator", "locator_kind")
)


def subject_of(row: Any) -> Subject | None:
    """Return what an edit of this row is an edit of; ``None``: it leaves no event."""
    if isinstance(row, (Assessment, Citation)):
        return row.claim
    if isinstance(row, (Claim, Source, Document, Article)):
        return row
    return None


def changed_names(form: Any, formsets: list[Any], *, is_new: bool) -> list[str]:
    """Return the changed fields as "model.field", whole rows as "model.added"."""
    own = str(form.instance._meta.model_name)
    names = [f"{own}.{name}" for name in form.changed_data]
    if is_new:
        names.append(f"{own}.added")
    for formset in formsets:
        names.extend(_part_names(formset))
    return names


def _part_names(formset: Any) -> list[str]:
    part = str(formset.model._meta.model_name)
    names = [f"{part}.added"] * bool(formset.new_objects)
    names += [f"{part}.removed"] * bool(formset.deleted_objects)
    for row, fields in formset.changed_objects:
        names.extend(f"{part}.{name}" for name in fields)
        names.extend(f"{part}.{name}" for name in getattr(row, "stamped_fields", ()))
    return names


def cited_documents(form: Any, formsets: list[Any]) -> list[Document]:
    """Return the documents of citations that were added, or now name another one."""
    forms = [form, *(part for formset in formsets for part in formset.forms)]
    return [
        part.instance.document
        for part in forms
        if isinstance(part.instance, Citation)
        and part.instance.pk
        and "document" in part.changed_data
    ]


def leave_trace(request: HttpRequest, row: Any, names: list[str], verb: str) -> None:
    subject = subject_of(row)
    if subject is not None:
        record_edit(subject, request.user, names, verb=verb)
    if isinstance(subject, Claim) and QUOTING.intersection(names):
        check_soon(Citation.objects.filter(claim=subject))
