"""Rows that a colleague removed or added while a page was open: both are kept.

The posted rows are renumbered: first those still there, then the colleague's new ones,
then those the colleague removed, which would be new rows again, then the user's own.
"""

from dataclasses import dataclass
from typing import Any

Row = dict[str, list[str]]


@dataclass(frozen=True)
class Meanwhile:
    """The indexes of a formset's rows that a colleague removed, and added."""

    removed: range
    added: range


def keep_rows(formset: Any) -> Meanwhile:
    """Bring the posted rows and those there now together, in the formset's data.

    A removed row loses its key and is marked for deletion, so that it stays removed
    unless the user decides otherwise. An added one is posted as it is stored, so that
    what all rows must be together is judged with it.
    """
    total, initial = formset.total_form_count(), formset.initial_form_count()
    rows = [_take(formset, index) for index in range(total)]
    key = formset.model._meta.pk.name
    posted = [row.get(key, [""])[0] for row in rows[:initial]]
    present = {str(row.pk): row for row in _rows_there_now(formset)}
    kept = [row for row in rows[:initial] if row.get(key, [""])[0] in present]
    gone = [row for row in rows[:initial] if row.get(key, [""])[0] not in present]
    for row in gone:
        row[key], row["DELETE"] = [""], ["on"]
    # Keys only rise: a page that shows the newest rows alone misses no other.
    newest = max((int(pk) for pk in posted if pk.isdecimal()), default=0)
    added = [_as_posted(formset, row) for row in present.values() if row.pk > newest]
    _put(formset, [*kept, *added, *gone, *rows[initial:]], len(kept) + len(added))
    ends = len(kept), len(kept) + len(added), len(kept) + len(added) + len(gone)
    return Meanwhile(removed=range(ends[1], ends[2]), added=range(ends[0], ends[1]))


def _rows_there_now(formset: Any) -> Any:
    owner = {formset.fk.name: formset.instance}
    return formset.model._default_manager.filter(**owner).order_by("pk")


def _take(formset: Any, index: int) -> Row:
    """Take the posted values of one row out of the data."""
    prefix = f"{formset.prefix}-{index}-"
    names = [name for name in formset.data if name.startswith(prefix)]
    return {name.removeprefix(prefix): formset.data.pop(name) for name in names}


def _as_posted(formset: Any, row: Any) -> Row:
    """Return a stored row as a browser would post it untouched."""
    form = formset.form(instance=row)
    values = {name: form.posted_values(name) for name in form.shown_fields()}
    keys = {
        formset.model._meta.pk.name: [str(row.pk)],
        formset.fk.name: [str(formset.instance.pk)],
        "opened": [form.opened_with()],
    }
    return {**values, **keys}


def _put(formset: Any, rows: list[Row], initial: int) -> None:
    """Write the rows into the data in this order, and let the formset read them."""
    for index, row in enumerate(rows):
        for name, values in row.items():
            formset.data.setlist(f"{formset.prefix}-{index}-{name}", values)
    formset.data[f"{formset.prefix}-INITIAL_FORMS"] = str(initial)
    formset.data[f"{formset.prefix}-TOTAL_FORMS"] = str(len(rows))
    for cached in ("management_form", "forms", "_queryset", "_newest", "_object_dict"):
        formset.__dict__.pop(cached, None)
