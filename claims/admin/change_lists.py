"""Lists of the desk: their pages and counts stay cheap, however many rows there are."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from claims.models.bounded import COUNTED, count_up_to

#: An action is carried out on so many rows at once: each is an act of its own.
ACTED_ON = 1000


def number_of(rows: Any, link: str) -> Any:
    """Count the rows that name a row by ``link``; asked for the rows of a page only."""
    linked = rows.filter(**{link: OuterRef("pk")}).order_by().values(link)
    return Coalesce(Subquery(linked.annotate(n=Count("pk")).values("n")), 0)


class BoundedPaginator(Paginator):
    """Pages of a query: first the keys of a page in order, then its rows alone.

    Sorting keys is a fraction of sorting rows with all that belongs to them. Pages
    beyond what is counted can be reached, one after the other or by number.
    """

    object_list: Any
    counted = COUNTED
    #: The last page that is known to be there, once a page was read.
    reached = 0

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, or one more than are counted."""
        return count_up_to(self.object_list, self.counted)

    @property
    def is_bounded(self) -> bool:
        return self.count > self.counted

    @property
    def num_pages(self) -> int:
        counted = min(self.count, self.counted)
        return max(-(-counted // self.per_page), self.reached, 1)

    def validate_number(self, number: Any) -> int:
        page = int(number)
        if page < 1:
            raise EmptyPage
        return page if self.is_bounded else super().validate_number(page)

    def page(self, number: Any) -> Page:
        page = self.validate_number(number)
        first = (page - 1) * self.per_page
        keys = list(self._keys()[first : first + self.per_page + 1])
        if not keys and page > 1:
            raise EmptyPage
        self.reached = page + (len(keys) > self.per_page)
        rows = self.object_list.filter(pk__in=keys[: self.per_page])
        return Page(rows, page, self)

    def _keys(self) -> Any:
        return self.object_list.values_list("pk", flat=True)


class LookUpPaginator(BoundedPaginator):
    """What a menu with search asks for: a page, and whether there is another."""

    count = 0
    is_bounded = True

    @property
    def num_pages(self) -> int:
        return self.reached


class DeskChangeList(ChangeList):
    """A list whose order an index can give, in both directions."""

    paginator: BoundedPaginator

    @property
    def counted(self) -> str:
        """Return how many rows there are in words; beyond a bound, that they are more."""
        if not self.paginator.is_bounded:
            return str(self.paginator.count)
        return _("more than %(number)s") % {
            "number": number_format(self.paginator.counted, force_grouping=True)
        }

    @property
    def may_select_all(self) -> bool:
        return bool(self.result_count <= ACTED_ON)

    def get_ordering_field(self, field_name: Any) -> Any:
        """Sort by no column that is not offered for it, whatever is typed."""
        offered: Any = self.sortable_by
        return super().get_ordering_field(field_name) if field_name in offered else None

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[Any]:
        """Break ties in the direction of the first column, as its index does."""
        ordering = list(super().get_ordering(request, queryset))
        if ordering[1:] and ordering[-1] == "-pk" and not _descends(ordering[:1]):
            ordering[-1] = "pk"
        return ordering


def _descends(ordering: Sequence[Any]) -> bool:
    return any(
        part.descending if isinstance(part, OrderBy) else str(part).startswith("-")
        for part in ordering
    )
