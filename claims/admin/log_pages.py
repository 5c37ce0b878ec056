"""Pages of the log and of the releases: the newest first, and from a number on older."""

from typing import Any

from django.core.paginator import EmptyPage
from django.http import HttpRequest

from .change_lists import BoundedPaginator, DeskChangeList

#: In an address: the list begins with this number.
BEGINS = "sequence__lte"


class LogPaginator(BoundedPaginator):
    """Pages as far as rows are counted; what is older is a list of its own."""

    @property
    def last(self) -> int:
        return max(self.counted // self.per_page, 1)

    @property
    def num_pages(self) -> int:
        return min(super().num_pages, self.last)

    def validate_number(self, number: Any) -> int:
        page = super().validate_number(number)
        if page > self.last:
            raise EmptyPage
        return page


class LogChangeList(DeskChangeList):
    """A list that says on its last page where older rows are."""

    @property
    def unsearched(self) -> int | None:
        """Return the first number that a search did not look at."""
        return getattr(self._request, "log_unsearched", None)

    def get_queryset(self, request: HttpRequest, *rest: Any) -> Any:
        self._request = request
        return super().get_queryset(request, *rest)

    @property
    def begins(self) -> str:
        """Return the number that the list begins with, when it is not the newest."""
        return str(self.params.get(BEGINS, ""))

    @property
    def newest(self) -> str:
        return self.get_query_string(remove=[BEGINS, "p"])

    @property
    def older(self) -> str:
        """Return the query of what is older than this list; "" where nothing is."""
        if self.page_num < self.paginator.num_pages:
            return ""
        number = self.unsearched
        if number is None and self.paginator.is_bounded:
            number = min(row.pk for row in self.result_list) - 1
        if number is None:
            return ""
        return self.get_query_string({BEGINS: number}, remove=["p"])
