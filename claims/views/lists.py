"""Lists of the record: filtered, sorted and paged by their address alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models.record import PublishedClaim
from claims.reading.search_words import SearchWords, search_words
from claims.reading.status_words import Statuses, StatusWords, status_words

from .counts import RowCount
from .public import public_page
from .rows import Rows
from .searches import Searched

ROWS_PER_PAGE = 30
#: What every list takes beside its filters.
LIST_PARAMETERS = ("sort", "page")
MAX_PAGE_DIGITS = 9


@dataclass(frozen=True)
class FilterOn:
    """A filter that is on, in words, with the address of the list without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class ClaimItem:
    """A claim in a short list, with its status and what the list adds to it."""

    claim: PublishedClaim
    status: StatusWords
    notes: Sequence[str] = ()


def claim_items(
    claims: Iterable[PublishedClaim],
    statuses: Statuses,
    notes: Mapping[str, Sequence[str]] | None = None,
) -> list[ClaimItem]:
    """Return what ``claims/_claim_items.html`` shows; ``notes``: by public id."""
    added = notes or {}
    return [
        ClaimItem(row, status_words(statuses, row.status), added.get(row.pk, ()))
        for row in claims
    ]


@dataclass(frozen=True)
class SortLink:
    """A column's heading: its name, how the list is sorted by it, what a click does."""

    name: str
    label: str
    url: str = ""
    aria_sort: str = ""

    @property
    def is_sorted(self) -> bool:
        return self.aria_sort in ("ascending", "descending")


@dataclass(frozen=True)
class ListPage:
    """One page of a list."""

    number: int
    rows: list[Any]
    count: RowCount
    has_next: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * ROWS_PER_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def pages(self) -> int | None:
        """How many pages there are; ``None`` where nobody has counted them."""
        return last_page(self.count.number) if self.count.is_exact else None

    @property
    def is_only(self) -> bool:
        return self.number == 1 and not self.has_next


def last_page(count: int) -> int:
    return max(-(-count // ROWS_PER_PAGE), 1)


def list_context(
    request: HttpRequest, filterset: Searched, table_class: Any, **options: Any
) -> dict[str, Any]:
    """Return the context of ``claims/_list.html``: table, filters and notes."""
    notes = list(_filter_faults(filterset))
    sort = _sort(request, table_class, notes)
    query = filterset.found.query if filterset.found else None
    table = table_class(filterset.qs, order_by=sort, query=query, **options)
    filters_on = list(_filters_on(request, filterset))
    rows = filterset.rows(sort, table.data.data)
    page = table.page = _page(request.GET.get("page") or "1", rows, notes)
    notes += filterset.notes()
    order = sort or ("" if filterset.matches else table.usual_order)
    heads = [_sort_link(request, table, column, order) for column in table.columns]
    return {
        "table": table,
        **_fields(filterset),
        "filters_on": filters_on,
        "found": _found(page),
        "search": _search_words(filterset, order),
        "heads": heads,
        "sorted_by": next((head for head in heads if head.is_sorted), None),
        "notes": notes,
        "sort": sort,
        "page": page,
        "previous_url": _page_url(request, page, -1),
        "next_url": _page_url(request, page, +1),
        "canonical_query": _canonical_query(page, filters_on, sort),
    }


def list_page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with a list; ``name`` is that of its address and of its template."""
    return public_page(
        request,
        f"claims/{name}.html",
        context,
        canonical=f"{reverse(name)}{context['canonical_query']}",
        is_demo=any(row.is_demo for row in context["page"].rows),
    )


def address(request: HttpRequest, **changes: str | None) -> str:
    """Return this list's address with parameters changed, ``None`` to drop one."""
    query: QueryDict = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _filter_faults(filterset: Any) -> Iterator[str]:
    for name, errors in filterset.form.errors.items():
        label = filterset.form.fields[name].label
        for error in errors:
            yield _("The filter “%(label)s” is left out: %(error)s") % {
                "label": label,
                "error": error,
            }


def _sort(request: HttpRequest, table_class: Any, notes: list[str]) -> str:
    wanted = request.GET.get("sort", "")
    column = table_class.base_columns.get(wanted.removeprefix("-"))
    if wanted and (column is None or column.orderable is False):
        notes.append(
            _("This list cannot be sorted that way; it is in its usual order.")
        )
        return ""
    return wanted


def _page(wanted: str, rows: Rows, notes: list[str]) -> ListPage:
    """Return the page asked for, or the nearest one that can be shown, with a note."""
    number = _number(wanted)
    if number is None:
        notes.append(_("That is not the number of a page; this is the first."))
        number = 1
    count = rows.count
    if number < 1:
        notes.append(_("There is no such page; this is the first."))
        number = 1
    if count.is_exact and number > last_page(count.number):
        notes.append(_("There is no such page; this is the last."))
        number = last_page(count.number)
    found = _rows(rows, number)
    if found is None:
        notes.append(
            _(
                "So far into a list this long we cannot lead; this is its first page. "
                "Narrow it with more filters, such as the days when it was said."
            )
        )
        number, found = 1, _rows(rows, 1)
    elif not found and number > 1:
        notes.append(_("There is no such page; this is the first."))
        number, found = 1, _rows(rows, 1)
    shown = (found or [])[:ROWS_PER_PAGE]
    return ListPage(number, shown, count, len(found or []) > ROWS_PER_PAGE)


def _rows(rows: Rows, number: int) -> list[Any] | None:
    """Return the rows of a page and one more, which tells whether another follows."""
    return rows.page((number - 1) * ROWS_PER_PAGE, ROWS_PER_PAGE + 1)


def _number(text: str) -> int | None:
    """Return the number of a page; ``None`` if it is none. So long a one is no page."""
    try:
        return int(text[:MAX_PAGE_DIGITS])
    except ValueError:
        return None


def _fields(filterset: Any) -> dict[str, Any]:
    """Return the words to look for apart from the other filters.

    Some filters are set by links of other pages, and shown only once they are.
    """
    fields = {field.name: field for field in filterset.form}
    unasked = {"topic", "document", "relayed"}
    return {
        "words_field": fields.pop("words"),
        "more_fields": [
            field
            for name, field in fields.items()
            if name not in unasked or field.value()
        ],
    }


def _search_words(filterset: Searched, order: str) -> SearchWords | None:
    found = filterset.found
    return search_words(found, is_sorted=bool(order)) if found else None


def _found(page: ListPage) -> str:
    """Say how many rows there are, and which of them this page shows."""
    number = page.count.number
    shown = {
        "number": number_format(number, force_grouping=True),
        "first": number_format(page.first, force_grouping=True),
        "last": number_format(page.last, force_grouping=True),
    }
    if page.is_only and (page.count.is_exact or not page.rows):
        return ngettext("%(number)s found.", "%(number)s found.", number) % shown
    if not page.count.is_exact and page.count.has_others:
        found = _("More than %(number)s found; this page shows %(first)s to %(last)s.")
        return found % shown
    if not page.count.is_exact:
        found = _("At least %(number)s found; this page shows %(first)s to %(last)s.")
        return found % shown
    return (
        ngettext(
            "%(number)s found; this page shows %(first)s to %(last)s.",
            "%(number)s found; this page shows %(first)s to %(last)s.",
            number,
        )
        % shown
    )


def _filters_on(request: HttpRequest, filterset: Any) -> Iterator[FilterOn]:
    form = filterset.form
    for name, value in form.cleaned_data.items():
        if value in (None, ""):
            continue
        choices = dict(getattr(form.fields[name], "choices", ()))
        yield FilterOn(
            label=str(form.fields[name].label),
            value=str(choices.get(value, value)),
            url=address(request, **{name: None, "page": None}),
        )


def _sort_link(request: HttpRequest, table: Any, column: Any, order: str) -> SortLink:
    label = str(column.header)
    if not column.orderable:
        return SortLink(column.name, label)
    if order.removeprefix("-") != column.name:
        state, following = "none", column.order_by_alias.next
    elif order == column.name:
        state, following = "ascending", f"-{column.name}"
    else:
        state, following = "descending", column.name
    url = address(request, sort=following, page=None)
    return SortLink(column.name, label, url, state)


def _page_url(request: HttpRequest, page: ListPage, step: int) -> str:
    number = page.number + step
    if number < 1 or (step > 0 and not page.has_next):
        return ""
    return address(request, page=str(number) if number > 1 else None)


def _canonical_query(page: Any, filters_on: list[FilterOn], sort: str) -> str:
    plain = not filters_on and not sort
    return f"?page={page.number}" if plain and page.number > 1 else ""
