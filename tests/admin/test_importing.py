"""The page "Import an article": three ways in, and an honest list of what was asked."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import Article, Document, Event, Import, Source, StoredCopy
from claims.workflow.roles import EDITORS, OBSERVERS, RESEARCHERS
from claims.workflow.words import ImportState
from tests.admin.pages import client_of
from tests.factories import make_article, make_user
from tests.intake.pages import PARAGRAPHS, news, pdf

pytestmark = pytest.mark.django_db

PAGE = "/admin/claims/article/import/"
TEXT = "River rises\r\n\r\n" + "\r\n\r\n".join(PARAGRAPHS)


@pytest.fixture
def desk() -> Any:
    return client_of(make_user(RESEARCHERS, username="rosa"))


def upload(raw: bytes, name: str = "river.html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw)


def nothing_is_there() -> bool:
    models = (Article, Document, Source, StoredCopy, Event, Import)
    return not any(model.objects.exists() for model in models)


def test_a_pasted_text_becomes_an_article(desk: Any) -> None:
    response = desk.post(
        PAGE, {"text": TEXT, "publisher": "The Elm Post", "published": "2026-03~"}
    )
    article = Article.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse(
        "admin:claims_article_workspace", args=[article.pk]
    )
    assert article.document.title == "River rises"
    assert article.document.published_edtf == "2026-03~"
    assert StoredCopy.objects.get().provenance == "pasted"
    assert {event.actor_name for event in Event.objects.all()} == {"rosa"}


@pytest.mark.parametrize("raw", [news(), pdf(["River rises"], [PARAGRAPHS[0]])])
def test_a_file_becomes_an_article(desk: Any, raw: bytes) -> None:
    assert desk.post(PAGE, {"file": upload(raw)}).status_code == 302
    assert Article.objects.get().document.title.startswith("River rises")
    assert StoredCopy.objects.get().provenance == "uploaded"


def test_what_to_look_at_is_said_on_the_next_page(desk: Any) -> None:
    broken = TEXT.replace("“", "â€œ")
    response = desk.post(PAGE, {"text": broken}, follow=True)
    said = [str(message) for message in response.context["messages"]]
    assert said[0] == "A new article."
    assert said[1].startswith("Broken encoding was repaired")


def test_who_was_noted_as_an_author_is_said(desk: Any) -> None:
    response = desk.post(PAGE, {"file": upload(news())}, follow=True)
    said = [str(message) for message in response.context["messages"]]
    assert said[0] == "A new article. Noted as authors: Ada Holm, Bo Lind."


def test_the_same_text_again_leads_to_the_article_that_is_there(desk: Any) -> None:
    desk.post(PAGE, {"text": TEXT})
    response = desk.post(PAGE, {"text": TEXT}, follow=True)
    assert "Known already, and unchanged." in response.content.decode()
    assert StoredCopy.objects.count() == 1


def test_an_address_is_noted_and_not_fetched(desk: Any) -> None:
    # Nothing can be fetched in a test; a page that tried would fail.
    url = "https://news.example/river"
    response = desk.post(PAGE, {"url": url, "title": "The river"}, follow=True)
    row = Import.objects.get()
    assert (row.url, row.title, row.state) == (url, "The river", ImportState.WANTED)
    assert row.wanted_by.username == "rosa"
    page = response.content.decode()
    assert url in page
    assert "wanted, not begun" in page
    assert not Article.objects.exists()


def test_the_page_says_what_came_of_it(desk: Any) -> None:
    user, article = make_user(), make_article()
    for state, reason in (("done", "A new article."), ("failed", "It took too long.")):
        Import.objects.create(
            url=f"https://news.example/{state}",
            wanted_by=user,
            state=state,
            reason=reason,
            article=article if state == "done" else None,
            warnings=["Broken encoding was repaired."] if state == "done" else [],
        )
    page = desk.get(PAGE).content.decode()
    for words in ("A new article.", "It took too long.", "Broken encoding", "failed"):
        assert words in page
    assert reverse("admin:claims_article_change", args=[article.pk]) in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "one of them"),
        ({"text": " \r\n "}, "one of them"),
        ({"text": "Words.", "url": "https://news.example/"}, "one of them"),
        ({"url": "http://localhost/"}, "its own network"),
        ({"url": "https://ada:secret@news.example/"}, "user name or password"),
        ({"text": "Words.", "published": "March"}, "is not a date such as"),
        ({"text": "Words.\0"}, "Null characters"),
    ],
)
def test_what_cannot_be_taken_is_said_and_changes_nothing(
    desk: Any, given: dict[str, str], sentence: str
) -> None:
    response = desk.post(PAGE, given)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert nothing_is_there()


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n", "This is an image"),
        ("Zoë".encode("latin-1"), "not in UTF-8"),
        (pdf([PARAGRAPHS[0]])[:-200], "cut off"),
        (b"<html></html>", "no text in it"),
    ],
)
def test_a_bad_file_is_refused_with_its_sentence(
    desk: Any, raw: bytes, sentence: str
) -> None:
    response = desk.post(PAGE, {"file": upload(raw), "title": "Kept as typed"})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Kept as typed" in page
    assert nothing_is_there()


def test_whoever_only_looks_imports_nothing() -> None:
    assert client_of(make_user(OBSERVERS)).post(PAGE, {"text": TEXT}).status_code == 403
    assert not Article.objects.exists()


def test_the_list_of_articles_leads_there() -> None:
    for group, leads in ((EDITORS, True), (OBSERVERS, False)):
        page = client_of(make_user(group)).get("/admin/claims/article/")
        assert (PAGE in page.content.decode()) is leads


def test_the_page_takes_few_queries(
    desk: Any, django_assert_max_num_queries: Any
) -> None:
    user = make_user()
    for number in range(30):
        Import.objects.create(
            url=f"https://news.example/{number}", wanted_by=user, article=make_article()
        )
    with django_assert_max_num_queries(8):
        desk.get(PAGE)
