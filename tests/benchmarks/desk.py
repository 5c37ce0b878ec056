"""Prints what each page of the desk costs: CPU milliseconds, queries, bytes.

    python tests/benchmarks/desk.py --claims 100000

Every list as it opens, deep, narrowed by each filter, sorted by each column and
searched; every page of a row; confirmations, history, queues, look-ups. Median of
several requests by the process clock. A database server's own time is not in it.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.desk_fill import fill_desk  # noqa: E402, needs the path above
from tests.benchmarks.fill import set_up  # noqa: E402
from tests.benchmarks.pages import clocked  # noqa: E402

SEARCHED = ("bridge", "council mill", "nothing-has-this")
Page = tuple[str, str]


def lists() -> Iterator[Page]:
    """Yield every list of the desk in every way that an editor can ask for it."""
    from django.contrib import admin
    from django.urls import reverse

    for model, desk in admin.site._registry.items():
        name = str(model._meta.model_name)
        stem = reverse(f"admin:{model._meta.app_label}_{name}_changelist")
        yield f"{name} list", stem
        pages = model._default_manager.count() // desk.list_per_page
        yield f"{name} list, last page", f"{stem}?p={max(1, min(pages, 2000))}"
        for number, column in enumerate(desk.list_display, start=1):
            yield f"{name} list by {column}", f"{stem}?o={number}"
            yield f"{name} list by -{column}", f"{stem}?o=-{number}"
        yield from filtered(name, stem, desk)
        if desk.search_fields:
            for words in SEARCHED:
                yield f"{name} list, “{words}”", f"{stem}?q={words.replace(' ', '+')}"


def filtered(name: str, stem: str, desk: Any) -> Iterator[Page]:
    """Yield a list narrowed by the first choices of each of its filters."""
    from django.contrib.auth.models import User
    from django.test import RequestFactory

    request = RequestFactory().get(stem)
    request.user = User.objects.get(username="emil")
    narrowed = desk.get_changelist_instance(request)
    for filter_ in narrowed.filter_specs:
        is_queue = getattr(filter_, "parameter_name", "") == "queue"
        choices = [each for each in filter_.choices(narrowed) if not each["selected"]]
        for choice in choices[: None if is_queue else 2]:
            label = f"{name} list, {filter_.title}: {str(choice['display'])[:30]}"
            yield label, f"{stem}{choice['query_string']}"


def rows() -> list[tuple[str, Any]]:
    """Return the rows whose pages are opened, each with what it is called here."""
    from claims import models as of

    found = [
        ("claim, 20 citations", of.Claim.objects.get(pk=1)),
        ("claim", of.Claim.objects.order_by("-pk").first()),
        ("article, 500 claims", of.Article.objects.get(pk=1)),
        ("article", of.Article.objects.order_by("-pk").first()),
        *(
            (str(model._meta.verbose_name), model._default_manager.first())
            for model in (of.Source, of.Document, of.Citation, of.CorrectionRequest)
        ),
        *((str(row.state), row) for row in assessments()),
        ("topic", of.Topic.objects.first()),
        ("release", of.Release.objects.last()),
        ("event", of.Event.objects.last()),
    ]
    return [(name, row) for name, row in found if row is not None]


def assessments() -> list[Any]:
    from claims.models import Assessment
    from claims.workflow.words import AssessmentState

    rows = [
        Assessment.objects.filter(state=state).order_by("pk").first()
        for state in AssessmentState
    ]
    return [row for row in rows if row is not None]


def pages_of_rows() -> Iterator[Page]:
    """Yield the pages of single rows: change, history, preview, every confirmation."""
    from django.urls import reverse

    from claims.workflow.moves import MOVES

    for name, row in rows():
        model = str(row._meta.model_name)
        stem = f"admin:claims_{model}"
        yield f"{name}: page", reverse(f"{stem}_change", args=[row.pk])
        yield f"{name}: history", reverse(f"{stem}_history", args=[row.pk])
        lines = getattr(row, "history", None)
        if lines is not None and (known := lines.values_list("pk", flat=True).first()):
            line = reverse(f"{stem}_simple_history", args=[row.pk, known])
            yield f"{name}: as it was", line
        state = getattr(row, "state", "")
        for move in MOVES.values():
            if move.subject == model and move.starts_from(state):
                confirmed = reverse(f"{stem}_move", args=[row.pk, move.name])
                yield f"{name}: {move.name}", confirmed


def own_pages() -> Iterator[Page]:
    """Yield the pages of the desk that Django's admin has nothing of."""
    from django.urls import reverse

    from claims.models import Citation, CorrectionRequest, Document

    claim, article = [1], [1]
    yield "claim: preview", reverse("admin:claims_claim_preview", args=claim)
    yield "article: workspace", reverse("admin:claims_article_workspace", args=article)
    yield "article: sheet", reverse("admin:claims_article_sheet", args=article)
    yield "article: sheet.csv", reverse("admin:claims_article_csv", args=article)
    yield "article: dates", reverse("admin:claims_article_dates", args=article)
    yield "article: import", reverse("admin:claims_article_import")
    ids = ",".join(map(str, range(1, 21)))
    yield "claims: cite for 20", f"{reverse('admin:claims_claim_cite')}?ids={ids}"
    for name in ("submit", "sign_off"):
        sheet = reverse("admin:claims_assessment_sheet", args=[name])
        keys = [row.pk for row in assessments()]
        yield f"assessments: sheet of {name}", f"{sheet}?ids={','.join(map(str, keys))}"
    for model, page in (
        *((Document, "link"), (Document, "passages")),
        *((Citation, "quotation"), (CorrectionRequest, "settle")),
    ):
        name = str(model._meta.model_name)
        row = model._default_manager.first()
        if row is not None:
            found = reverse(f"admin:claims_{name}_{page}", args=[row.pk])
            yield f"{name}: {page}", found


def other_pages() -> Iterator[Page]:
    """Yield the first page, add pages, and what menus with search ask for."""
    from django.contrib import admin
    from django.urls import reverse

    yield "what waits", reverse("admin:index")
    yield "daily mail", reverse("admin:reminders")
    for model, desk in admin.site._registry.items():
        stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield f"{model._meta.model_name}: add", reverse(f"{stem}_add")
        if model._meta.app_label != "claims":
            continue
        for field in desk.get_autocomplete_fields(None):
            asked = f"app_label=claims&model_name={model._meta.model_name}"
            for words in ("", "bridge"):
                yield (
                    f"{model._meta.model_name}: look up {field} “{words}”",
                    f"{reverse('admin:autocomplete')}?{asked}&field_name={field}"
                    f"&term={words}",
                )


def measure(client: Any, page: Page, requests: int) -> tuple[float, int, int, float]:
    """Return the median milliseconds, status, queries and kB of a page."""
    import statistics

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _name, path = page
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
        asked = len(queries)  # now: the next request empties the log
    size = len(response.getvalue()) / 1000
    times = [clocked(lambda: _read(client, path)) for _ in range(requests)]
    return statistics.median(times), response.status_code, asked, size


def _read(client: Any, path: str) -> None:
    client.get(path).getvalue()


def print_pages(pages: Iterator[Page], user: str, requests: int) -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username=user))
    print("  CPU ms  status  queries      kB  page")
    for page in pages:
        spent, status, queries, size = measure(client, page, requests)
        print(
            f"{spent:8.1f}  {status:6}  {queries:7}  {size:6.1f}  {page[0]}", flush=True
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=100_000, help="default: 100000")
    parser.add_argument(
        "--requests", type=int, default=5, help="for each page; default: 5"
    )
    parser.add_argument("--user", default="emil", help="an editor; default: emil")
    parser.add_argument("--only", default="", help="pages with these words in the name")
    parser.add_argument(
        "--database",
        help="address of a database; filled if its desk is empty. "
        "Default: a SQLite file that is thrown away",
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="claims-benchmark-") as folder:
        database = chosen.database or f"sqlite:///{folder}/desk.sqlite3"
        set_up(database, Path(folder))
        from claims.models import Claim

        if not Claim.objects.exists():
            fill_desk(chosen.claims)
        pages = (
            page
            for found in (pages_of_rows, own_pages, other_pages, lists)
            for page in found()
            if chosen.only in page[0]
        )
        print_pages(pages, chosen.user, chosen.requests)


if __name__ == "__main__":
    main()
