"""The article sheet: every claim with place, evidence and signature, no secret name."""

import csv
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from claims.models import Claim
from claims.workflow.roles import EDITORS, OBSERVERS, RESEARCHERS
from tests import factories
from tests.admin.pages import address_of, client_of, move_address

pytestmark = pytest.mark.django_db

TEXT = "Mill burns down. The old mill burned in 1911. Nobody was hurt. The mill today."
WORDS = {
    "headline": "Mill burns down.",
    "first": "The old mill burned in 1911.",
    "second": "Nobody was hurt.",
    "caption": "The mill today.",
}
BLOCKS = [("headline", 0, 16), ("body", 17, 45), ("body", 46, 62), ("caption", 63, 78)]


def article_in_blocks() -> Any:
    """Make an article of a headline, two paragraphs and a caption."""
    document = factories.make_document(title="The mill", kind="article-newspaper")
    blocks = [dict(zip(("role", "start", "end"), each, strict=True)) for each in BLOCKS]
    factories.make_copy(document, TEXT, blocks)
    return factories.make_article(document=document, slug="the-mill", text="")


def table(article: Any, user: Any = None) -> list[dict[str, str]]:
    """Return the CSV of an article as rows by column."""
    client = client_of(user or factories.make_user(OBSERVERS))
    response = client.get(address_of(article, "csv"))
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8")
    return list(csv.DictReader(text.splitlines(keepends=True)))


def page(article: Any) -> str:
    client = client_of(factories.make_user(OBSERVERS))
    return client.get(address_of(article, "sheet")).content.decode()


def test_a_row_tells_place_source_evidence_and_signature():
    article = article_in_blocks()
    author = factories.make_user(RESEARCHERS, first_name="Ada", last_name="Byron")
    editor = factories.make_user(EDITORS, username="emil")
    document = factories.make_document(title="Fire brigade's book")
    claim = factories.make_claim(
        article, text="The mill burned in 1911.", wording=WORDS["first"]
    )
    factories.make_link(claim, source=None, attribution_check="relayed")
    factories.make_citation(claim, document=document, locator="12")
    factories.make_search(claim, looked_in="Town register", looked_for="a fire")
    factories.make_assessment(claim, "published", author=author, editor=editor)

    (row,) = table(article)

    assert row == {
        "No.": "1",
        "Public id": claim.public_id,
        "Place": "body, paragraph 1",
        "In the article": WORDS["first"],
        "Claim": "The mill burned in 1911.",
        "Source": f"{claim.source.name} ← nobody named",
        "Voice": "attributed to somebody",
        "Did they say it?": "second-hand only",
        "Status": "Verified",
        "Evidence": "supports: Fire brigade's book, page 12\n"
        "searched: Town register, for a fire, March 2, 2026",
        "Assessment": "1, Verified: published",
        "Author": "Ada Byron",
        "Signed off by": "emil",
        "Signed off on": date_format(timezone.localdate()),
        "Further assessment": "",
    }


def test_page_and_file_tell_the_same():
    article = factories.make_article()
    claim = factories.make_full_claim(article)
    factories.make_assessment(claim, "signed_off")

    shown = page(article)

    for column, cell in table(article)[0].items():
        for line in cell.splitlines():
            assert line in shown.replace("&#x27;", "'"), column


def test_claims_stand_in_the_order_of_the_article_with_their_places():
    article = article_in_blocks()
    for name in ("caption", "second", "headline", "first"):
        factories.make_claim(article, wording=WORDS[name], text=name)
    factories.make_claim(article, text="nowhere").appearances.all().delete()

    rows = table(article)

    assert [(row["No."], row["Claim"], row["Place"]) for row in rows] == [
        ("1", "headline", "headline"),
        ("2", "first", "body, paragraph 1"),
        ("3", "second", "body, paragraph 2"),
        ("4", "caption", "caption"),
        ("5", "nowhere", ""),
    ]


def test_a_claim_of_another_article_is_told_at_its_place_in_this_one():
    here, there = article_in_blocks(), factories.make_article()
    claim = factories.make_claim(there)
    factories.make_appearance(claim, here, WORDS["second"], placement="body")

    (row,) = table(here)

    assert (row["Public id"], row["In the article"]) == (
        claim.public_id,
        WORDS["second"],
    )
    assert WORDS["second"] not in table(there)[0]["In the article"]


def test_what_was_dropped_is_left_out_and_what_was_retracted_is_said():
    article = factories.make_article()
    states = ("working", "discarded", "retracted", "taken_down")
    for state in states:
        claim = factories.make_claim(article, text=state)
        Claim.objects.filter(pk=claim.pk).update(state=state)

    statuses = {row["Claim"]: row["Status"] for row in table(article)}

    assert statuses == {"working": "Not checked yet", "retracted": "retracted"}


def test_a_further_assessment_stands_beside_the_published_one():
    first = factories.publish_claim()
    factories.make_assessment(first.claim, "submitted", "refuted")

    (row,) = table(first.claim.article)

    assert row["Assessment"] == "1, Verified: published"
    assert row["Further assessment"] == "2, Refuted: submitted"


def test_protected_names_give_way_to_their_labels_everywhere():
    article = factories.make_article(text="Orla Quince says the bridge is safe.")
    source = factories.make_source(
        name="Orla Quince",
        aliases=["O’Quince"],
        is_protected=True,
        public_label="a nurse",
    )
    claim = factories.make_claim(
        article,
        text="ORLA QUÍNCE says so.",
        source=source,
        wording="Orla Quince says the bridge is safe.",
    )
    factories.make_citation(
        claim, document=factories.make_document(title="Letter of O’Quince")
    )

    (row,) = table(article)
    shown = page(article)

    assert row["Source"] == "a nurse"
    assert row["Claim"] == "[a nurse] says so."
    assert row["In the article"] == "[a nurse] says the bridge is safe."
    assert "Letter of [a nurse]" in row["Evidence"]
    sheet = shown[shown.index('id="content"') :]
    for name in ("orla", "quince", "quínce"):
        assert name not in sheet.lower()
        assert name not in "".join(row.values()).lower()
    assert "Protected sources stand under their public label." in sheet


def test_file_is_an_attachment_that_runs_nothing():
    article = factories.make_article(slug="mill")
    factories.make_claim(article, text='=HYPERLINK("http://x.example")')
    client = client_of(factories.make_user(OBSERVERS))

    response = client.get(address_of(article, "csv"))

    assert response.streaming
    assert response["Content-Disposition"] == 'attachment; filename="mill.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    body = b"".join(response.streaming_content)
    assert not body.startswith(b"\xef\xbb\xbf")
    assert table(article)[0]["Claim"] == '\'=HYPERLINK("http://x.example")'


@pytest.mark.parametrize("view", ["sheet", "csv"])
def test_sheet_costs_the_same_with_one_claim_and_with_twelve(view):
    article = factories.make_article()
    client = client_of(factories.make_user(EDITORS))
    numbers = []
    for more in (1, 11):
        for _ in range(more):
            factories.make_assessment(factories.make_full_claim(article), "signed_off")
        with CaptureQueriesContext(connection) as seen:
            list(client.get(address_of(article, view)))
        numbers.append(len(seen))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("view", ["sheet", "csv"])
def test_sheet_is_read_only_and_of_articles_that_are_there(view):
    article = factories.make_claim().article
    client = client_of(factories.make_user(EDITORS))
    address = address_of(article, view)

    assert client.post(address).status_code == 405
    assert client.get(address.replace(str(article.pk), "999999")).status_code == 404
    assert client_of(factories.make_user()).get(address).status_code == 403
    assert client_of(None).get(address).status_code == 302
    both = client.get(address_of(article)).content.decode()
    assert f'href="{address}"' in both
    assert move_address(article, "release") in both
