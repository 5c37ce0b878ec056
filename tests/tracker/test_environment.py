"""Readers of environment variables."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from tracker import environment

NAME = "TRACKER_TRIED_HERE"


@pytest.mark.parametrize(
    ("text", "read"),
    [("on", True), ("Yes", True), ("1", True), ("off", False), ("FALSE", False)],
)
def test_words_for_on_and_off(monkeypatch, text, read):
    monkeypatch.setenv(NAME, text)
    assert environment.env_bool(NAME, default=not read) is read


def test_an_empty_variable_means_the_default(monkeypatch):
    monkeypatch.setenv(NAME, " ")
    assert environment.env_bool(NAME, default=True) is True
    assert environment.env_number(NAME, 20) == 20
    assert environment.env_list(NAME, "a, b") == ["a", "b"]
    assert environment.env_text(NAME, "text") == "text"
    assert environment.env_choice(NAME, "a", ["a", "b"]) == "a"


def test_a_wrong_value_is_refused_in_one_sentence(monkeypatch):
    monkeypatch.setenv(NAME, "maybe")
    with pytest.raises(ImproperlyConfigured, match='"maybe": it can be "on" or "off"'):
        environment.env_bool(NAME, default=True)
    with pytest.raises(ImproperlyConfigured, match='one of "a", "b"'):
        environment.env_choice(NAME, "a", ["a", "b"])
    with pytest.raises(ImproperlyConfigured, match='"maybe": it must be a whole'):
        environment.env_number(NAME, 1)


def test_a_list_has_no_empty_entry(monkeypatch):
    monkeypatch.setenv(NAME, "a.example, ,b.example,")
    assert environment.env_list(NAME, "") == ["a.example", "b.example"]


def test_a_secret_comes_from_variable_then_named_file_then_data_folder(
    monkeypatch, tmp_path
):
    fallback, named = tmp_path / "secret_key", tmp_path / "named"
    fallback.write_text("from the data folder\n")
    assert environment.env_secret(NAME, fallback) == "from the data folder"
    named.write_text("from the named file\n")
    monkeypatch.setenv(f"{NAME}_FILE", str(named))
    assert environment.env_secret(NAME, fallback) == "from the named file"
    monkeypatch.setenv(NAME, "from the variable")
    assert environment.env_secret(NAME, fallback) == "from the variable"


def test_a_missing_secret_says_how_to_get_one(tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"set it, or .*_FILE, or run `make"):
        environment.env_secret(NAME, tmp_path / "secret_key")
