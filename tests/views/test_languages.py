"""The public site in each of its languages: nothing of ours is left in English."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils.translation import get_language_info, to_language, to_locale

from claims.models.releases import Release
from tests import messages
from tests.browser.public_pages import PAGES, address_of

#: Attributes whose words readers see or hear.
SPOKEN = {"alt", "aria-label", "data-label", "data-shown", "placeholder", "title"}
#: Elements whose words are no sentences.
SILENT = {"code", "pre", "script", "style", "textarea"}
#: Two words of the English alphabet or more.
ENGLISH = re.compile(r"[A-Za-z][A-Za-z’'-]*(?: [A-Za-z][A-Za-z’'-]*)+")


class Words(HTMLParser):
    """What a page says: its texts and what its attributes say."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        named = dict(attrs)
        if named.get("name") == "description" or "og:description" in named.values():
            self.texts.append(named["content"])
        self.texts += [text for name, text in attrs if name in SPOKEN]

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if not self.silent:
            self.texts.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def town(town_database) -> None:
    """Every public page is there."""


@pytest.fixture(scope="module")
def stories(town) -> str:
    """Return the words of the stories themselves, which stay as they were written."""
    told = Release.objects.values_list("content", "notice")
    words = " ".join(f"{content} {notice}" for content, notice in told)
    return " ".join(f"{words} {settings.TRACKER_SITE_NAME}".replace("\\n", " ").split())


@pytest.fixture(scope="module", params=messages.languages())
def language(request) -> str:
    return to_language(request.param)


@pytest.fixture(scope="module")
def pages(town, language) -> dict[str, str]:
    """Return the source of every public page in a language."""
    client = Client()
    with override_settings(LANGUAGE_CODE=language):
        answers = {name: client.get(address_of(name)) for name in PAGES}
    return {name: answer.content.decode() for name, answer in answers.items()}


def sentences(catalogue) -> set[str]:
    """Return the literal parts of its messages that have two words or more."""
    found = set()
    for message in catalogue:
        for text in [message.id] if isinstance(message.id, str) else message.id:
            for part in re.split(r"%\(\w+\)s|\{\w*\}|<[^>]+>", text):
                words = part.strip(" .:,·“”()")
                found |= {words} if " " in words else set()
    return found


def test_no_message_is_left_in_english(language, pages, stories):
    catalogue = messages.read(to_locale(language))
    translations = " ".join(
        form for message in catalogue for form in messages.forms(message)
    )
    known = f"{stories} {translations}"
    ours = {words for words in sentences(catalogue) if words not in known}
    assert len(ours) > 100
    for name, page in pages.items():
        said = " | ".join(Words(page).texts)
        assert not [words for words in ours if words in said], name


@pytest.mark.parametrize("language", ["ar"], indirect=True)
def test_among_arabic_letters_only_the_stories_have_english_words(pages, stories):
    """Also what was never given to gettext is seen here."""
    for name, page in pages.items():
        runs = {run for text in Words(page).texts for run in ENGLISH.findall(text)}
        assert not {run for run in runs if run not in stories}, name


def test_a_page_says_its_language_and_direction(language, pages):
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    for name, page in pages.items():
        assert f'<html lang="{language}" dir="{direction}">' in page, name
