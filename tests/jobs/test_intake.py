"""Importing: once, whole, and never over what is there."""

import datetime
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from claims.fetch import Fetched, FetchError, Reason
from claims.formats.warc import read_warc
from claims.intake import IntakeError, Kind, kind_of, read_html, read_text
from claims.jobs.intake import Imported, Outcome, Stated, read_original, store
from claims.jobs.originals import Original, agent, from_address, from_file
from claims.models import Article, Document, Event, PublishedArticle, Source, StoredCopy
from claims.models.copies import sha256_of
from claims.workflow.words import ArticleState, Display, Provenance
from tests.factories import NOON, make_article, make_copy, make_source, make_user
from tests.intake.pages import PARAGRAPHS, news, pdf

pytestmark = pytest.mark.django_db

URL = "https://www.elmpost.example/2026/03/river?from=mail"
CANONICAL = "https://www.elmpost.example/2026/03/river"
TEXT = "River rises\n\n" + "\n\n".join(PARAGRAPHS)


def pasted(text: str = TEXT) -> Original:
    return Original(text.encode(), Provenance.PASTED, NOON)


def captured(raw: bytes | None = None, url: str = URL, **fields: Any) -> Original:
    return Original(
        raw or news(),
        Provenance.CAPTURED,
        NOON,
        **{"url": url, "asked_url": url, "http_status": 200, **fields},
    )


def imported(original: Original, actor: Any = "somebody", **stated: str) -> Imported:
    """Import as the command does, but read here: starting a child takes a second."""
    reading = (
        read_html(original.raw, original.url)
        if kind_of(original.raw, original.content_type) is Kind.PAGE
        else read_text(original.raw)
    )
    return store(original, reading, Stated(**stated), actor)


def everything() -> list[int]:
    models = (Article, Document, Source, StoredCopy, Event)
    return [model.objects.count() for model in models]


def test_a_page_becomes_an_article_with_its_copy() -> None:
    user = make_user()
    done = imported(captured(), user)

    assert done.outcome is Outcome.NEW
    article, document = done.article, done.article.document
    assert (article.state, article.display) == (ArticleState.OPEN, Display.EXCERPTS)
    assert article.slug == "river-rises-at-elmbrook"
    assert document.title == "River rises at Elmbrook"
    assert (document.url, document.canonical_url) == (URL, CANONICAL)
    assert (document.published_edtf, document.published_basis) == (
        "2026-03-05",
        "stated by the page",
    )
    assert document.published_from == datetime.date(2026, 3, 5)
    assert document.language == "en-GB"
    assert (document.publisher.name, document.publisher.kind) == (
        "The Elm Post",
        "outlet",
    )
    assert not PublishedArticle.objects.exists()


def test_a_copy_keeps_both_hashes_and_where_it_is_from() -> None:
    copy = imported(captured(content_type="text/html")).copy
    raw = news()
    assert copy.raw_sha256 == hashlib.sha256(raw).hexdigest()
    assert copy.text_sha256 == sha256_of(copy.text)
    with copy.file.open("rb") as file:
        assert file.read() == raw
    assert (copy.number, copy.provenance, copy.http_status) == (1, "captured", 200)
    assert (copy.media_type, copy.final_url) == ("text/html", URL)
    assert (copy.extractor, copy.retrieved_at) == ("trafilatura", NOON)
    assert copy.extractor_version
    assert copy.role_at(0) == "headline"
    copy.full_clean()


def test_an_import_is_in_the_log() -> None:
    user = make_user()
    done = imported(captured(), user)
    told = [(each.subject_type, each.verb) for each in Event.objects.all()]
    assert told == [
        *[("source", "created")] * 3,
        ("document", "imported"),
        ("article", "imported"),
    ]
    event = Event.objects.get(verb="imported", subject_type="document")
    assert event.actor_id == str(user.pk)
    assert event.details["fields"] == ["contribution.added", "storedcopy.added"]
    assert "Elm" not in event.body
    assert (
        done.article.public_id == Event.objects.get(subject_type="article").subject_id
    )


def test_what_a_person_states_goes_before_what_was_read() -> None:
    done = imported(
        captured(),
        title="The river",
        publisher="Elm Weekly",
        published="2026-03~",
        language="en",
    )
    document = done.article.document
    assert (document.title, document.publisher.name) == ("The river", "Elm Weekly")
    assert (document.published_edtf, document.language) == ("2026-03~", "en")
    assert document.published_basis == "stated by whoever imported it"


def test_a_text_without_headline_is_called_by_its_first_words() -> None:
    document = imported(pasted(PARAGRAPHS[0])).article.document
    assert document.title == (
        "The Elm rose by 40 centimetres in a single night, the river…"
    )
    assert (document.publisher, document.published_edtf, document.url) == (None, "", "")
    assert imported(pasted("Four words, no more.")).article.document.title == (
        "Four words, no more."
    )


def test_a_publisher_is_found_by_any_of_its_names() -> None:
    known = make_source(
        name="The Elm Post Ltd", kind="outlet", aliases=["THE  Elm Post"]
    )
    known.aliases = ["the elm post"]
    known.save()
    assert imported(captured()).article.document.publisher == known


def test_a_protected_source_is_never_found_by_its_name() -> None:
    make_source(name="The Elm Post", kind="outlet", is_protected=True)
    made = imported(captured()).article.document.publisher
    assert not made.is_protected
    person = make_source(name="Elm Weekly")
    other = imported(pasted(), publisher="Elm Weekly").article.document.publisher
    assert other != person


# Its authors


def authors_of(done: Imported) -> list[tuple[int, str, str]]:
    rows = done.article.document.contributions.select_related("source")
    return [(row.position, row.source.name, row.role) for row in rows]


def by(byline: str, **stated: str) -> Imported:
    reading = replace(read_text(TEXT.encode()), byline=byline)
    return store(pasted(), reading, Stated(**stated), "somebody")


def test_the_persons_of_a_byline_are_noted_as_authors() -> None:
    user = make_user()
    done = imported(captured(), user)
    assert authors_of(done) == [(1, "Ada Holm", "author"), (2, "Bo Lind", "author")]
    assert [source.kind for source in done.authors] == ["person", "person"]
    assert done.warnings == ()
    for source in done.authors:
        event = Event.objects.get(subject_id=source.public_id)
        assert (event.verb, event.actor_id) == ("created", str(user.pk))
        assert source.history.get().history_user == user


def test_a_person_who_is_here_is_found_by_any_name() -> None:
    known = make_source(name="Dr Ada Holm", aliases=["ada  holm", "Ada Holm"])
    make_source(name="Bo Lind", kind="person")
    done = by("Bo Lind, Ada Holm and Dr Ada Holm")
    assert [name for _n, name, _role in authors_of(done)] == ["Bo Lind", "Dr Ada Holm"]
    assert done.authors[1] == known
    assert not Event.objects.filter(verb="created").exists()


def test_a_protected_source_is_never_noted_nor_is_its_name_given_to_another() -> None:
    make_source(name="Ada Holm", is_protected=True)
    done = by("By Ada Holm and Bo Lind")
    assert [name for _n, name, _role in authors_of(done)] == ["Bo Lind"]
    (remark,) = done.warnings
    assert "“Ada Holm” is not noted as an author" in remark
    assert Source.objects.filter(name="Ada Holm").count() == 1


def test_two_persons_of_one_name_are_for_a_person_to_tell_apart() -> None:
    make_source(name="Ada Holm")
    make_source(name="Ada Holm")
    done = by("By Ada Holm")
    assert authors_of(done) == []
    assert "the name of several sources" in done.warnings[0]


@pytest.mark.parametrize("byline", ["Oak Hill", "Elm Valley"])
def test_the_name_of_an_outlet_is_no_person(byline: str) -> None:
    make_source(name="Oak Hill", kind="outlet")
    done = by(f"By {byline}", publisher="Elm Valley")
    assert authors_of(done) == []
    assert not Source.objects.filter(kind="person").exists()


def test_an_article_without_persons_has_no_author() -> None:
    done = by("Elm Post staff")
    assert authors_of(done) == []
    event = Event.objects.get(verb="imported", subject_type="document")
    assert event.details["fields"] == ["storedcopy.added"]


def test_authors_of_a_known_article_stay_as_they_are() -> None:
    first = imported(captured())
    page = news(**{"Ada Holm": "Cy Roe", "3.4 million": "3.6 million"})
    second = imported(captured(page))
    assert (second.outcome, second.authors) == (Outcome.COPY_ADDED, ())
    assert [name for _n, name, _role in authors_of(first)] == ["Ada Holm", "Bo Lind"]


def test_an_import_that_fails_makes_no_author() -> None:
    with pytest.raises(IntakeError):
        by("By Ada Holm", published="March")
    assert not Source.objects.exists()


# Again


def test_the_same_article_again_is_unchanged() -> None:
    first = imported(captured())
    before = everything()
    second = imported(captured())
    assert (second.outcome, second.article, second.copy) == (
        Outcome.UNCHANGED,
        first.article,
        first.copy,
    )
    assert everything() == before


@pytest.mark.parametrize(
    "url",
    [URL, CANONICAL, "https://www.elmpost.example/other"],
    ids=["same address", "its own address", "another address, naming its own"],
)
def test_a_changed_article_gets_another_copy(url: str) -> None:
    first = imported(captured())
    changed = news(**{"3.4 million": "3.6 million"})
    second = imported(captured(changed, url), title="Another title")

    assert second.outcome is Outcome.COPY_ADDED
    assert second.article == first.article
    assert (second.copy.number, "3.6 million" in second.copy.text) == (2, True)
    first.copy.refresh_from_db()
    assert "3.4 million" in first.copy.text
    assert Document.objects.get().title == "River rises at Elmbrook"
    assert Document.objects.get().version == first.article.document.version + 2


def test_a_text_that_is_here_is_known_from_anywhere() -> None:
    first = imported(captured())
    again = imported(pasted(first.copy.text))
    assert (again.outcome, again.article) == (Outcome.UNCHANGED, first.article)


def test_an_article_that_goes_back_to_an_earlier_text_gets_a_copy() -> None:
    imported(captured())
    imported(captured(news(**{"3.4 million": "3.6 million"})))
    assert imported(captured()).copy.number == 3


def test_an_article_made_by_hand_is_known_by_its_address() -> None:
    article = make_article()
    article.document.url = URL
    article.document.save()
    number = article.newest_copy.number
    done = imported(captured())
    assert (done.article, done.copy.number) == (article, number + 1)


def test_a_document_that_is_no_article_is_no_article() -> None:
    make_copy(text="Some words of ours.")
    assert imported(pasted("Some words of ours.")).outcome is Outcome.NEW


def test_two_pages_of_one_title_are_two_articles() -> None:
    first = imported(captured())
    page = news(
        **{
            '<link rel="canonical" href="/2026/03/river">': "",
            "3.4 million": "7 million",
        }
    )
    other = imported(captured(page, "https://other.example/a"))
    assert other.article != first.article
    assert other.article.slug != first.article.slug
    assert other.article.document.publisher == first.article.document.publisher


# What is refused


@pytest.mark.parametrize(
    ("original", "stated"),
    [
        (pasted("A text with a wrong date."), {"published": "March"}),
        (pasted("A text with a wrong language."), {"language": "a" * 21}),
        (captured(news(Elmbrook="Ashford"), "https://no_such_thing"), {}),
    ],
)
def test_what_is_not_valid_changes_nothing(
    original: Original, stated: dict[str, str]
) -> None:
    before = everything()
    with pytest.raises(IntakeError) as caught:
        imported(original, **stated)
    assert str(caught.value).endswith(".")
    assert everything() == before
    digest = hashlib.sha256(original.raw).hexdigest()
    assert not default_storage.exists(f"copies/{digest[:2]}/{digest}")


def test_a_pdf_is_imported_as_it_is() -> None:
    raw = pdf(["River rises"], [PARAGRAPHS[0]])
    original = Original(raw, Provenance.UPLOADED, NOON)
    done = store(original, read_original(original), Stated(), "somebody")
    assert (done.copy.media_type, done.copy.extractor) == ("application/pdf", "pypdf")
    assert (done.copy.page_count, done.copy.warc.name) == (2, "")


# Where it comes from


def answering(status: int = 200, **fields: Any) -> Any:
    def fetch(url: str, *, agent: str) -> Fetched:
        headers = (("content-type", "text/html; charset=utf-8"),)
        defaults = {"url": CANONICAL, "redirects": (), "headers": headers}
        defaults |= {"body": news(), "fetched_at": NOON, "peer": "93.184.215.14"}
        return Fetched(**{**defaults, "status": status, **fields})

    return fetch


def test_an_address_is_fetched_with_what_came() -> None:
    original = from_address(URL, fetch=answering())
    assert (original.url, original.asked_url) == (CANONICAL, URL)
    assert original.content_type == "text/html; charset=utf-8"
    assert (original.provenance, original.http_status) == ("captured", 200)
    done = imported(original)
    assert done.article.document.url == CANONICAL
    with done.copy.warc.open("rb") as file:
        facts = read_warc(file)
    assert (facts.faults, facts.payload_sha256) == ((), done.copy.raw_sha256)
    assert done.copy.size == len(news())


@pytest.mark.parametrize("status", [204 + 100, 404, 410, 500])
def test_a_page_that_is_not_there_is_not_imported(status: int) -> None:
    with pytest.raises(IntakeError, match=str(status)):
        from_address(URL, fetch=answering(status))


def test_what_cannot_be_fetched_says_so() -> None:
    with pytest.raises(FetchError) as caught:
        from_address("http://127.0.0.1/")
    assert caught.value.reason is Reason.REFUSED


def test_we_introduce_ourselves_with_an_address() -> None:
    assert agent().startswith("ClaimTracker/")
    assert "(+http://claims.example/about/; errors@claims.example)" in agent()


def test_we_introduce_ourselves_without_an_address_too(settings: Any) -> None:
    settings.TRACKER_REPORT_EMAIL = ""
    assert agent().endswith("(+http://claims.example/about/)")


def test_a_file_is_read_no_further_than_it_may_be(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"a" * (26 * 2**20))
    original = from_file(path, NOON)
    assert len(original.raw) == 25 * 2**20 + 1
    with pytest.raises(IntakeError, match="25 MB"):
        read_original(original)
