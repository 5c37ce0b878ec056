"""The whole path: cited, published, changed behind our back, told, and shown honestly."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.jobs.link_watch import Way, looking
from claims.models import Document, NewInformation
from claims.workflow.roles import EDITORS
from tests.admin.pages import client_of
from tests.factories import (
    make_citation,
    make_claim,
    make_copy,
    make_document,
    make_passage,
    make_user,
    publish_claim,
)
from tests.intake.pages import pdf
from tests.links import FrozenClock, Hosts, way_to
from tests.scripted import page, scripted

pytestmark = pytest.mark.django_db

DAY = 24 * 3600
URL = "http://news.example/shops"
WORDS = "Two of three shops have closed since 2019."
BEFORE, AFTER = "The council met on Monday. ", " Nobody objected to the plan."
#: As a publishing system would send it; read by the child process, as in earnest.
ARTICLE = """<!doctype html><html lang="en"><head><title>Shops | The Elm Post</title></head>
<body><nav>Home News</nav><article><h1>Shops close in Elmbrook</h1>
<p>The council met on Monday. {words} Nobody objected to the plan.</p>
<p>The mayor said that the town would look for new tenants before the summer.</p>
<p>Rents have fallen by a tenth within two years, the council's own figures say.</p>
</article><footer>The Elm Post</footer></body></html>"""


def article(words: str) -> bytes:
    return page(ARTICLE.format(words=words).encode())


def look(way: Way, days: float) -> list[str]:
    way.sleep(days * DAY)
    with looking(way) as (_links, looks):
        return [each.finding.kind.value for each in looks]


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Any) -> None:
    settings.TRACKER_DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


def test_a_page_that_no_longer_says_it_is_told_and_our_copy_is_named() -> None:
    claim, document = make_claim(), make_document(url=URL)
    copy = make_copy(document, BEFORE + WORDS + AFTER, provenance="captured")
    passage = make_passage(copy, WORDS)
    make_citation(claim, document=document, quotation=WORDS, passage=passage)
    publish_claim(claim)
    Document.objects.exclude(pk=document.pk).update(url="")
    clock = FrozenClock()
    hosts = Hosts(clock)
    changed = WORDS.replace("Two of three", "Half of all")
    hosts.scripts["news.example/shops"] = [article(WORDS), article(changed)]
    with scripted(hosts) as server:
        usual = Way()
        way = way_to(server, clock, read=usual.read, threads=1)
        assert look(way, 0) == ["ok"]
        reader = Client()
        address = reverse("claim_detail", args=[claim.public_id])
        assert "The page was online on" in reader.get(address).content.decode()
        assert [look(way, days) for days in (7, 3, 3)] == [["deviated"]] * 3

    body = reader.get(address).content.decode()
    assert "the words we quoted were no longer there on 15 March 2026" in body
    assert "We keep a copy of 2 March 2026; the words quoted are these." in body
    assert WORDS in body
    assert changed not in body
    desk = client_of(make_user(EDITORS))
    assert (
        "The quoted words are gone from the page"
        in (
            desk.get(reverse("admin:claims_document_link", args=[document.pk]))
        ).content.decode()
    )
    assert "Links to look at" in desk.get("/admin/").content.decode()
    assert NewInformation.objects.filter(claim=claim).exists()
    assert document.copies.count() == 2
    assert changed in document.newest_copy.text


def test_the_words_of_a_pdf_file_are_looked_for_too() -> None:
    document = make_document(url="http://news.example/report.pdf")
    make_citation(document=document, quotation="Two of three shops have closed")
    clock = FrozenClock()
    hosts = Hosts(clock)
    report = page(pdf([BEFORE, WORDS]), **{"Content-Type": "application/pdf"})
    hosts.scripts["news.example/report.pdf"] = [report]
    with scripted(hosts) as server:
        way = way_to(server, clock, read=Way().read, threads=1)
        with looking(way) as (_links, looks):
            (looked,) = looks
    assert looked.finding.reason == "quotations_stand"
