"""Names of protected sources are found however they are written, and never told."""

import pytest

from claims.publishing.errors import ProtectedNameError
from claims.publishing.secrets import field_with_secret, refuse_secrets, secret_words
from tests.factories import make_article, make_claim, make_link, make_source

NAMES = ["Ana de Sá", "李梅", "Al-Sayed", "Øyvind"]


@pytest.mark.parametrize(
    "text",
    [
        "Ana de Sá",
        "ANA DE SÁ says",
        "by ana de sa.",
        "Ana  de\nSa\u0301",
        "Ana\u00a0de\u2009Sá",
        "/people/ana-de-sa/",
        "ana_de_sa",
        "(Ana de Sá’s)",
        "根据李梅的说法",
        "al-sayed",
        "Al Sayed told us",
        "øyvind",
    ],
)
def test_a_name_is_found(text):
    assert field_with_secret(text, NAMES) == ""


@pytest.mark.parametrize(
    "text", ["", "Ana", "Susana de Sáb", "Anna de Sá", "ana desa", "李", "Alsayeda"]
)
def test_other_words_are_not_taken_for_it(text):
    assert field_with_secret(text, NAMES) is None


def test_the_field_is_named_by_its_path_in_lists_and_dictionaries():
    content = {"claim": {"chain": [{"role": "x"}, {"role": "to Ana de Sá"}], "n": 1}}
    assert field_with_secret(content, NAMES) == "claim.chain.role"
    assert field_with_secret({"title": None, "flag": True}, NAMES) is None


@pytest.mark.parametrize("words", [[], [""], [" "], ["\u0301"]])
def test_no_names_are_found_nowhere(words):
    assert field_with_secret("anything at all", words) is None


@pytest.mark.parametrize(
    ("content", "field"), [("Ana de Sá", "reason"), ({"title": "Ana de Sá"}, "title")]
)
def test_the_refusal_names_the_field_and_not_the_name(content, field):
    with pytest.raises(ProtectedNameError) as refusal:
        refuse_secrets(content, NAMES)
    assert f"“{field}”" in str(refusal.value)
    assert "Ana" not in str(refusal.value)


def test_clean_content_passes():
    refuse_secrets({"title": "A fire"}, NAMES)


def test_the_names_are_those_protected_in_the_articles(db):
    article = make_article()
    first = make_source(is_protected=True, name="Ana", aliases=["Anita"])
    second = make_source(is_protected=True, name="Ben")
    claim = make_claim(article, source=first)
    make_claim(article, source=first)
    make_link(claim, source=second)
    make_claim(source=make_source(is_protected=True, name="Elsewhere"))
    make_claim(article, source=make_source(name="Open"))
    assert sorted(secret_words([article.pk])) == ["Ana", "Anita", "Ben"]
    assert secret_words([]) == []
