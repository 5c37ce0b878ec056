"""First guesses: kind of claim, kind of source, a statement to begin from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.attribution import claim_kind, source_kind, statement_of
from claims.models.sources import SourceKind
from claims.workflow.words import ClaimKind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Elmbrook counts 5,000 people.", "figure"),
        ("dozens of shops stand empty", "figure"),
        ("The mill burned down in 1911.", "event"),
        ("She left in 2019.", "event"),
        ("The bridge is safe.", "state"),
        ("The town is larger than its neighbour.", "comparison"),
        ("It is three times the size of Oakham.", "comparison"),
        ("The flood was caused by the dam.", "cause"),
        ("Ana Paz is the mayor of Elmbrook.", "identity"),
        ("He was the first director of the mill.", "identity"),
        ("The mill will close next year.", "forecast"),
        ("The council should close the bridge.", "prescription"),
        ("The need is unrelated.", "state"),
        ("", "state"),
        ("تقع المدينة على الساحل", "state"),
    ],
)
def test_the_kind_of_a_claim_is_guessed(words: str, kind: str) -> None:
    assert claim_kind(words) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Hassan Hassan", "person"),
        ("Abdul Qadr al-Naajdi", "person"),
        ("Combating Terrorism Center report", "report"),
        ("a new study", "report"),
        ("Combating Terrorism Center", "organisation"),
        ("The Wall Street Journal", "outlet"),
        ("Reuters", "outlet"),
        ("UN", "government"),
        ("the Ministry of Health", "government"),
        ("WHO", "organisation"),
        ("US officials", "unnamed_group"),
        ("residents", "unnamed_group"),
        ("the police", "unnamed_group"),
        ("a civil engineer", "unnamed_person"),
        ("an official", "unnamed_person"),
        ("rival militias", "armed_group"),
        ("", "unnamed_person"),
    ],
)
def test_the_kind_of_a_source_is_guessed(name: str, kind: str) -> None:
    assert source_kind(name) == kind


@given(st.text(max_size=60))
def test_every_guess_is_a_word_of_the_vocabulary(words: str) -> None:
    assert claim_kind(words) in ClaimKind.values
    assert source_kind(words) in SourceKind.values


@pytest.mark.parametrize(
    ("words", "statement"),
    [
        ("that the bridge is safe", "The bridge is safe."),
        ("“the bridge is safe,”", "The bridge is safe."),
        ('"Sirte has gone dark."', "Sirte has gone dark."),
        ("the mill\n  burned\tdown", "The mill burned down."),
        ("the “old” mill is “lost”", "The “old” mill is “lost”."),
        ("“lost” is what “old” means", "“lost” is what “old” means."),
        ("it called the mill “lost”", "It called the mill “lost”."),
        ("Is the bridge safe?", "Is the bridge safe?"),
        ("الجسر آمن", "الجسر آمن."),
        ("桥是安全的。", "桥是安全的。"),
        (" — ", ""),
        ("", ""),
    ],
)
def test_a_statement_begins_from_the_words_of_the_passage(words, statement) -> None:
    assert statement_of(words) == statement


@given(st.text(max_size=80))
def test_a_statement_is_one_line_and_as_it_is_when_made_again(words: str) -> None:
    once = statement_of(words)
    assert once == " ".join(once.split())
    assert len(once) <= len(words) + 3  # a capital of ß is two letters
