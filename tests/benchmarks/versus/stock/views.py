"""The two pages of the stock project: the list of claims, and one claim."""

import django_filters
import django_tables2 as tables
from django.views.generic import DetailView
from django_filters.views import FilterView

from .models import Claim

STATUSES = [
    (name, name)
    for name in (
        "unverified",
        "in-review",
        "verified",
        "partly-verified",
        "misleading",
        "refuted",
        "disputed",
        "outdated",
        "unverifiable",
        "not-rated",
    )
]


class ClaimTable(tables.Table):
    text = tables.Column(linkify=("claim_detail", [tables.A("public_id")]))

    class Meta:
        model = Claim
        fields = ("text", "status", "attribution_check", "source", "said_on")


class ClaimFilter(django_filters.FilterSet):
    """A select with 2,000 sources or articles would be no use: they are given by slug."""

    words = django_filters.CharFilter(field_name="text", lookup_expr="icontains")
    status = django_filters.ChoiceFilter(choices=STATUSES)
    source = django_filters.CharFilter(field_name="source__slug")
    article = django_filters.CharFilter(field_name="article__slug")

    class Meta:
        model = Claim
        fields = ["words", "status", "source", "article"]


class ClaimList(tables.SingleTableMixin, FilterView):
    queryset = Claim.objects.select_related("source")
    table_class = ClaimTable
    filterset_class = ClaimFilter
    template_name = "stock/claim_list.html"
    table_pagination = {"per_page": 30}


class ClaimDetail(DetailView):
    queryset = Claim.objects.select_related("source", "article").prefetch_related(
        "citations__document"
    )
    slug_field = slug_url_kwarg = "public_id"
    template_name = "stock/claim_detail.html"
