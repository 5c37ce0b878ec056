"""Field history: texts word by word, everything else old and new, in labels."""

import re

import pytest

from claims.workflow.roles import RESEARCHERS
from tests import factories
from tests.admin.pages import address_of, client_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return client_of(factories.make_user(RESEARCHERS))


def changes_on(client, row) -> str:
    page = client.get(address_of(row, "history")).content.decode()
    return "".join(re.findall(r'<ul class="desk-changes">.*?</ul>', page, re.DOTALL))


def for_ears(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_changed_text_is_told_word_by_word(client):
    claim = factories.make_claim(text="The mill burned down in May.")
    save(client, claim, text="The old mill burned down in June.")

    shown = changes_on(client, claim)

    assert for_ears(shown) == (
        "Claim: The [added: old ] mill burned down in [removed: May] [added: June] ."
    )
    assert "<ins>" in shown
    assert "<del>" in shown


def test_long_text_is_told_around_its_change_alone(client):
    words = [f"word{number}" for number in range(400)]
    text = " ".join(words)
    assessment = factories.make_assessment(rationale=text)
    save(client, assessment, rationale=text.replace("word200", "other"))

    shown = for_ears(changes_on(client, assessment))

    assert "[removed: word200] [added: other]" in shown
    assert "word195" in shown
    assert "word150" not in shown
    assert shown.count("…") == 2


def test_a_change_of_space_alone_can_be_seen(client):
    claim = factories.make_claim(text="One. Two.")
    save(client, claim, text="One.\nTwo.")

    assert "[removed: ␣] [added: ↵ ]" in for_ears(changes_on(client, claim))


def test_text_filled_for_the_first_time_is_all_new(client):
    claim = factories.make_claim()
    save(client, claim, suggested_wording="Say it so.")

    assert "[added: Say it so.]" in for_ears(changes_on(client, claim))


def test_choices_dates_and_addresses_are_old_and_new(client):
    document = factories.make_document(
        kind="report", url="https://a.example/one", published_edtf=""
    )
    typed = {"kind": "book", "url": "https://a.example/two"}
    dated = {"published_edtf": "2026-03", "published_basis": "dateline"}
    save(client, document, **typed, **dated)

    shown = for_ears(changes_on(client, document))

    assert "Kind: report → book" in shown
    assert "Address: https://a.example/one → https://a.example/two" in shown
    assert "Published, EDTF: – → 2026-03" in shown
    assert "[added: dateline]" in shown


def test_what_was_typed_is_shown_and_never_run(client):
    claim = factories.make_claim(text="The mill burned.")
    save(client, claim, text="The <b>mill</b> burned.")

    assert "<b>" not in changes_on(client, claim)
    assert "&lt;" in changes_on(client, claim)
