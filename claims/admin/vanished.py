"""Rows that were posted but removed by a colleague meanwhile: kept as new rows."""

from typing import Any

Row = dict[str, list[str]]


def keep_vanished_rows(formset: Any) -> set[int]:
    """Renumber the posted rows so that vanished ones come after those still there.

    Each vanished row loses its key and is marked for deletion, so that it stays removed
    unless the user decides otherwise. Returns the indexes of vanished rows.
    """
    total, initial = formset.total_form_count(), formset.initial_form_count()
    rows = [_take(formset, index) for index in range(total)]
    key = formset.model._meta.pk.name
    present = {
        str(pk)
        for pk in formset.model._default_manager.filter(
            **{formset.fk.name: formset.instance}
        ).values_list("pk", flat=True)
    }
    kept = [row for row in rows[:initial] if row.get(key, [""])[0] in present]
    gone = [row for row in rows[:initial] if row.get(key, [""])[0] not in present]
    for row in gone:
        row[key], row["DELETE"] = [""], ["on"]
    for index, row in enumerate([*kept, *gone, *rows[initial:]]):
        for name, values in row.items():
            formset.data.setlist(f"{formset.prefix}-{index}-{name}", values)
    formset.data[f"{formset.prefix}-INITIAL_FORMS"] = str(len(kept))
    formset.__dict__.pop("management_form", None)  # read anew: it is cached
    formset.__dict__.pop("forms", None)
    return set(range(len(kept), len(kept) + len(gone)))


def _take(formset: Any, index: int) -> Row:
    """Take the posted values of one row out of the data."""
    prefix = f"{formset.prefix}-{index}-"
    names = [name for name in formset.data if name.startswith(prefix)]
    return {name.removeprefix(prefix): formset.data.pop(name) for name in names}
