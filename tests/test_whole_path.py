"""Citations that hold, from end to end, against one scripted server.

Cited at the desk → a copy stored → the quotation compared → published → the page changes
behind our back → *deviated* → the editor told → readers get the words that were quoted.
"""

import datetime
import hashlib
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from claims.admin.waiting import queues_for
from claims.jobs.captures import run_captures
from claims.jobs.link_watch import Way, looking
from claims.jobs.originals import from_address
from claims.jobs.patience import Pace
from claims.models import Capture, Citation, Claim, Document, LinkNotice, StoredCopy
from claims.workflow.roles import EDITORS
from tests.admin.pages import client_of, form_on
from tests.factories import make_claim, make_document, make_user, publish_claim
from tests.links import FrozenClock, Hosts, way_to
from tests.scripted import page, redirect, scripted

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
URL = "http://news.example/shops"
WORDS = "Two of three shops have closed since 2019."
#: Typed by somebody whose keyboard has other marks, and no narrow space.
TYPED = "Two of three shops  have closed since 2019."
CHANGED = WORDS.replace("Two of three", "Half of all")
ARTICLE = """<!doctype html><html lang="en"><head><title>Shops | The Elm Post</title></head>
<body><nav>Home News</nav><article><h1>Shops close in Elmbrook</h1>
<p>The council met on Monday. {words} Nobody objected to the plan.</p>
<p>The mayor said that the town would look for new tenants before the summer.</p>
<p>Rents have fallen by a tenth within two years, the council's own figures say.</p>
</article><footer>The Elm Post</footer></body></html>"""


def article(words: str) -> bytes:
    return page(ARTICLE.format(words=words).encode())


@pytest.fixture
def claim(settings: Any, tmp_path: Any) -> Claim:
    settings.TRACKER_DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return make_claim()


@pytest.fixture
def editor() -> Any:
    return make_user(EDITORS)


def shown(response: Any) -> str:
    return " ".join(response.content.decode().split())


def cite(desk: Client, claim: Claim, document: Document) -> Citation:
    """Cite the page at the desk, as an editor does."""
    address = f"{reverse('admin:claims_citation_add')}?claim={claim.pk}"
    typed = {"claim": claim.pk, "document": document.pk, "position": 1}
    typed |= {"question": "truth", "stance": "supports", "form": "passage"}
    typed |= {"quotation": TYPED, "locator_kind": "paragraph", "locator": "1"}
    response = desk.post(address, form_on(desk.get(address)) | typed)
    assert response.status_code == 302, shown(response)
    return Citation.objects.get(claim=claim, document=document)


def test_a_citation_holds_when_its_page_does_not(
    claim: Claim, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    desk = client_of(editor)
    document = make_document(url=URL, title="Shops close in Elmbrook")
    clock = FrozenClock()
    hosts = Hosts(clock)
    hosts.scripts["news.example/shops"] = [redirect("/shops/2026")]
    hosts.scripts["news.example/shops/2026"] = [article(WORDS)]
    soon = partial(django_capture_on_commit_callbacks, execute=True)
    with scripted(hosts) as server:
        way = way_to(server, clock, read=Way().read, threads=1)

        # Cited, and a copy is wanted at once.
        with soon():
            citation = cite(desk, claim, document)
        assert Capture.objects.get().document == document
        assert not citation.quote_checks.exists()

        # Stored, with what proves how it came, and the quotation compared.
        with soon():
            _store(way, clock)
        _check_warc(document.copies.get())
        check = citation.quote_checks.current().get()
        assert (check.verdict, check.is_accepted) == ("typographic", True)

        # Published: readers learn that it was compared.
        publish_claim(claim)
        reader, address = Client(), reverse("claim_detail", args=[claim.public_id])
        before = shown(reader.get(address))
        assert "We have not checked yet whether the page is online." in before
        assert ": the same words." in before

        # The page is well, and then it says something else.
        assert _look(way, 0) == ["ok"]
        hosts.scripts["news.example/shops/2026"] = [article(CHANGED)]
        with soon():
            assert [_look(way, days) for days in (7, 3, 3)] == [["deviated"]] * 3

    # The editor is told, once, and sees both texts.
    assert LinkNotice.objects.unsettled().get(document=document).kind == "deviated"
    waiting = {
        row.queue.slug for row in queues_for(editor, clock.now().date()) if row.rows
    }
    assert {"links-to-look-at", "new-information", "quotations-to-look-at"} <= waiting
    claim_page = reverse("admin:claims_claim_change", args=[claim.pk])
    assert "Compared with copy 2: altered." in shown(desk.get(claim_page))
    beside = reverse("admin:claims_citation_quotation", args=[citation.pk])
    assert "in the copy: </span>all" in shown(desk.get(beside))
    assert document.copies.count() == 2
    _check_warc(document.newest_copy)

    # Readers get the stored words first, and are told that the page has others.
    after = shown(reader.get(address))
    assert "the words we quoted were no longer there on" in after
    assert "We keep a copy of" in after
    assert ": the same words. Our copy of" in after
    assert WORDS in after
    assert CHANGED not in after
    assert 'data-originalurl="http://news.example/shops"' in after


def _store(way: Way, clock: FrozenClock) -> None:
    get = partial(from_address, fetch=way.fetch)
    pace = Pace(now=lambda: 0.0, sleep=clock.sleep)
    (row,) = run_captures(get=get, pace=pace, clock=clock.now)
    assert row.state == "stored", row.reason


def _look(way: Way, days: float) -> list[str]:
    way.sleep(days * DAY.total_seconds())
    with looking(way) as (_links, looks):
        return [each.finding.kind.value for each in looks if each.url == URL]


def _check_warc(copy: StoredCopy | None) -> None:
    """Read the WARC file back with the program that others use."""
    assert copy is not None
    path = copy.warc.path
    assert Checker(Namespace(inputs=[path], verbose=False)).process_all() == 0
    with Path(path).open("rb") as file:
        bodies = [
            record.content_stream().read()
            for record in ArchiveIterator(file)
            if record.rec_type == "response"
        ]
    assert copy.raw_sha256 in {hashlib.sha256(body).hexdigest() for body in bodies}
    assert copy.redirects == [{"url": URL, "status": 302}]
