"""Lists of the record: filtered, sorted and paged by their address alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models.record import PublishedClaim
from claims.reading.search_words import SearchWords, search_words
from claims.reading.status_words import Statuses, StatusWords, status_words

from .found_claims import FoundData
from .public import public_page

ROWS_PER_PAGE = 30


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


class CountedPaginator(Paginator):
    """A paginator that is told how many rows there are, where that is known cheaply."""

    def __init__(self, *args: Any, known_count: int | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if known_count is not None:
            self.count = known_count


def list_context(
    request: HttpRequest,
    filterset: Any,
    table_class: Any,
    count_all: Callable[[], int] | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Return the context of ``claims/_list.html``: table, filters and notes.

    ``count_all``: counts the whole list, without filters, faster than its rows.
    """
    notes = list(_filter_faults(filterset))
    sort = _sort(request, table_class, notes)
    searched = getattr(filterset, "found_claims", None)
    rows = filterset.qs if searched is None else FoundData(searched)
    table = table_class(rows, order_by=sort, **options)
    filters_on = list(_filters_on(request, filterset))
    known_count = count_all() if count_all and not filters_on else None
    if searched is not None:
        known_count = len(searched)
        notes += searched.notes()
    _paginate(request, table, notes, known_count)
    order = sort or ("" if searched is not None else table.usual_order)
    heads = [_sort_link(request, table, column, order) for column in table.columns]
    return {
        "table": table,
        **_fields(filterset),
        "filters_on": filters_on,
        "found": _found(table.page, is_exact=searched is None or searched.is_exact),
        "search": _search_words(filterset, sort),
        "heads": heads,
        "sorted_by": next((head for head in heads if head.is_sorted), None),
        "notes": notes,
        "sort": sort,
        "page": table.page,
        "previous_url": _page_url(request, table.page, -1),
        "next_url": _page_url(request, table.page, +1),
        "canonical_query": _canonical_query(table.page, filters_on, sort),
    }


def list_page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with a list; ``name`` is that of its address and of its template."""
    return public_page(
        request,
        f"claims/{name}.html",
        context,
        canonical=f"{reverse(name)}{context['canonical_query']}",
        is_demo=any(row.is_demo for row in context["page"].object_list.data),
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


def _paginate(
    request: HttpRequest, table: Any, notes: list[str], known_count: int | None
) -> None:
    show = partial(
        table.paginate,
        CountedPaginator,
        per_page=ROWS_PER_PAGE,
        known_count=known_count,
    )
    try:
        show(page=request.GET.get("page") or 1)
    except PageNotAnInteger:
        show(page=1)
        notes.append(_("That is not the number of a page; this is the first."))
    except EmptyPage:
        show(page=table.paginator.num_pages)
        notes.append(_("There is no such page; this is the last."))


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


def _search_words(filterset: Any, sort: str) -> SearchWords | None:
    found = getattr(filterset, "found", None)
    return search_words(found, is_sorted=bool(sort)) if found else None


def _found(page: Any, *, is_exact: bool) -> str:
    """Say how many rows there are, and which of them this page shows."""
    number = page.paginator.count
    if not is_exact:
        return _(
            "At least %(number)s found; this page shows %(first)s to %(last)s."
        ) % {
            "number": number_format(number, force_grouping=True),
            "first": page.start_index(),
            "last": page.end_index(),
        }
    if page.paginator.num_pages == 1:
        return ngettext("%(number)s found.", "%(number)s found.", number) % {
            "number": number
        }
    return ngettext(
        "%(number)s found; this page shows %(first)s to %(last)s.",
        "%(number)s found; this page shows %(first)s to %(last)s.",
        number,
    ) % {"number": number, "first": page.start_index(), "last": page.end_index()}


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


def _page_url(request: HttpRequest, page: Any, step: int) -> str:
    number = page.number + step
    if not 1 <= number <= page.paginator.num_pages:
        return ""
    return address(request, page=str(number) if number > 1 else None)


def _canonical_query(page: Any, filters_on: list[FilterOn], sort: str) -> str:
    plain = not filters_on and not sort
    return f"?page={page.number}" if plain and page.number > 1 else ""
