"""The page of dependent dates: from the corrected document to the last decision."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Article, Claim, Event
from claims.workflow.roles import OBSERVERS, RESEARCHERS
from tests.admin.pages import address_of, client_of, form_on, open_form, save
from tests.factories import (
    fresh_from_database,
    make_article,
    make_assessment,
    make_claim,
    make_document,
    make_user,
    publish_claim,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Any:
    return client_of(make_user(RESEARCHERS, username="rosa"))


def dated(article: Article, **fields: Any) -> Claim:
    said = {"said_words": "last month", "said_edtf": "2026-02~", "said_basis": "March"}
    return make_claim(article, **{**said, **fields})


def corrected(desk: Any, article: Article, edtf: str = "2026-04") -> Any:
    return save(desk, article.document, published_edtf=edtf)


def dates_of(article: Article) -> str:
    return address_of(article, "dates")


def words_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def said_on(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_a_corrected_document_leads_to_the_dates_it_put_in_doubt(desk):
    article = make_article()
    dated(article)
    dated(article)
    response = desk.get(corrected(desk, article)["Location"])
    assert f'href="{dates_of(article)}"' in said_on(response)[-1]
    assert said_on(response)[-1].startswith("2 dates of claims were counted")
    assert Claim.objects.dates_in_doubt().count() == 2
    event = Event.objects.get(verb="dates_doubted")
    assert event.actor_name == "rosa"


def test_another_field_of_the_document_puts_nothing_in_doubt(desk):
    article = make_article()
    dated(article)
    response = desk.get(save(desk, article.document, title="Other")["Location"])
    assert len(said_on(response)) == 1
    assert not Claim.objects.dates_in_doubt().exists()


def test_a_document_that_is_refused_puts_nothing_in_doubt(desk):
    article = make_article()
    dated(article)
    response = save(desk, article.document, published_edtf="2026-04", title="")
    assert response.status_code == 200
    assert not Claim.objects.dates_in_doubt().exists()
    assert not Event.objects.filter(verb="dates_doubted").exists()


def test_a_document_of_no_article_is_corrected_as_ever(desk):
    document = make_document(published_edtf="2026-03", published_basis="cover")
    assert save(desk, document, published_edtf="2026-04").status_code == 302


def test_each_date_is_shown_as_it_stands_and_as_it_would_be(desk):
    article = make_article()
    claim = dated(article)
    corrected(desk, article)
    page = words_of(desk.get(dates_of(article)))
    for words in (
        claim.text,
        '“<span dir="auto">last month</span>”',
        "about February 2026 (1 February 2026 to 28 February 2026)",
        "March 2026 (1 March 2026 to 31 March 2026)",
        "counted from the article&#x27;s date, April 2026",
    ):
        assert words in page
    assert 'value="take" id="take_' in page
    form = form_on(desk.get(dates_of(article)))
    assert form[f"choice_{claim.public_id}"] == "take"


def test_what_a_new_date_will_do_is_said_beforehand(desk):
    article = make_article()
    dated(article)
    assert "If the date changes:" not in words_of(desk.get(dates_of(article)))
    make_assessment(dated(article), state="signed_off")
    publish_claim(dated(article))
    corrected(desk, article)
    page = words_of(desk.get(dates_of(article)))
    assert page.count("If the date changes: Its sign-off becomes void") == 1
    assert page.count("If the date changes: Readers go on seeing it") == 1


def test_one_is_taken_and_one_is_kept(desk):
    article = make_article()
    taken, kept = dated(article), dated(article)
    corrected(desk, article)
    form = form_on(desk.get(dates_of(article)))
    form |= {f"choice_{kept.public_id}": "keep", "claim": both(taken, kept)}

    response = desk.post(dates_of(article), form, follow=True)

    assert response.redirect_chain == [(address_of(article), 302)]
    assert said_on(response) == ["Decided: 1 taken anew, 1 kept."]
    assert fresh_from_database(taken).said_edtf == "2026-03"
    assert fresh_from_database(taken).history.latest().history_user.username == "rosa"
    assert fresh_from_database(kept).said_edtf == "2026-02~"
    assert not Claim.objects.dates_in_doubt().exists()
    assert "No date of this article waits" in words_of(desk.get(dates_of(article)))


def both(*claims: Claim) -> list[str]:
    return [claim.public_id for claim in claims]


def test_a_page_that_is_stale_is_refused_in_a_sentence_with_its_choices(desk):
    article = make_article()
    claim, other = dated(article), dated(article)
    corrected(desk, article)
    form = form_on(desk.get(dates_of(article)))
    form |= {f"choice_{claim.public_id}": "keep", "claim": both(claim, other)}
    corrected(desk, article, "2026-05")

    response = desk.post(dates_of(article), form)

    assert response.status_code == 409
    page = words_of(response)
    assert "The article&#x27;s date changed again after you opened this page." in page
    assert "April 2026 (1 April 2026" in page
    assert form_on(response)[f"choice_{claim.public_id}"] == "keep"
    assert Claim.objects.dates_in_doubt().count() == 2
    assert not Event.objects.filter(verb="date_kept").exists()


def test_a_claim_saved_meanwhile_is_refused(desk):
    article = make_article()
    claim = dated(article)
    corrected(desk, article)
    form = form_on(desk.get(dates_of(article)))
    save(desk, claim, text="Reworded.")
    response = desk.post(dates_of(article), form)
    assert response.status_code == 409
    assert "“Reworded.” changed after you opened this page." in words_of(response)
    assert Claim.objects.dates_in_doubt().get() == claim


@pytest.mark.parametrize(
    "typed", [{"choice": "perhaps"}, {"version": "x"}, {"choice": ""}]
)
def test_what_is_no_decision_changes_nothing(desk, typed):
    article = make_article()
    claim = dated(article)
    corrected(desk, article)
    form = form_on(desk.get(dates_of(article)))
    form |= {f"{name}_{claim.public_id}": value for name, value in typed.items()}
    response = desk.post(dates_of(article), form)
    assert response.status_code == 409
    assert "Say of each date" in words_of(response)
    assert Claim.objects.dates_in_doubt().exists()


def test_a_null_character_in_an_id_is_no_claim(desk):
    article = make_article()
    response = desk.post(dates_of(article), {"claim": "a\0b", "published": "2026-03~"})
    assert response.status_code == 409
    assert "No date was decided." in words_of(response)


def test_who_only_looks_decides_nothing():
    article = make_article()
    claim = dated(article, said_in_doubt=True)
    observer = client_of(make_user(OBSERVERS))
    assert observer.get(dates_of(article)).status_code == 403
    assert observer.post(dates_of(article), {}).status_code == 403
    assert fresh_from_database(claim).said_in_doubt
    for row in (article, claim):
        assert dates_of(article) not in words_of(observer.get(address_of(row)))


def test_no_article_no_page(desk):
    assert desk.get("/admin/claims/article/999999/dates/").status_code == 404


def test_the_article_the_claim_and_the_queue_lead_there(desk):
    article = make_article()
    claim = dated(article)
    for row in (article, claim):
        assert dates_of(article) not in words_of(desk.get(address_of(row)))
    corrected(desk, article)
    for row in (article, claim):
        assert f'href="{dates_of(article)}"' in words_of(desk.get(address_of(row)))
    queues = desk.get("/admin/").context["queues"]
    waiting = next(row for row in queues if row.queue.slug == "dates-to-confirm")
    assert (waiting.count, waiting.oldest) == ("1", "today")
    assert waiting.rows[0].words == claim.text
    listed = desk.get(
        reverse("admin:claims_claim_changelist") + "?queue=dates-to-confirm"
    )
    assert list(listed.context["cl"].result_list) == [claim]


@pytest.mark.parametrize(
    "typed", [{"said_edtf": "2026-02-11"}, {"said_words": "in February 2026"}]
)
def test_whoever_dates_the_claim_on_its_own_page_has_confirmed_it(desk, typed):
    claim = dated(make_article(), said_in_doubt=True)
    save(desk, claim, **typed)
    assert not fresh_from_database(claim).said_in_doubt
    changes = desk.get(address_of(claim, "history")).content.decode()
    assert "date to be confirmed" not in changes


def test_another_field_of_the_claim_confirms_nothing(desk):
    claim = dated(make_article(), said_in_doubt=True)
    save(desk, claim, role="clerk")
    assert fresh_from_database(claim).said_in_doubt


def test_the_form_of_a_claim_does_not_carry_the_mark(desk):
    claim = dated(make_article(), said_in_doubt=True)
    assert "said_in_doubt" not in open_form(desk, claim)


def test_the_page_costs_the_same_with_one_date_and_with_thirty(desk):
    article = make_article()
    costs = []
    for number in (1, 29):
        for _ in range(number):
            publish_claim(dated(article, said_in_doubt=True))
        with CaptureQueriesContext(connection) as queries:
            desk.get(dates_of(article))
        costs.append(len(queries))
    assert costs[0] == costs[1]
