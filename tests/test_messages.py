"""What is gathered for translators, and what every catalogue must hold."""

import json
import re
from gettext import c2py

import pytest
from babel import Locale
from babel.messages import Message

from tests import messages

SNIPPET = """
from django.db.models import TextChoices
class Kind(TextChoices):
    ONE = "one", _("for readers")
class Row:
    name = Field(_("for the desk"))
"""


@pytest.fixture(scope="module")
def gathered():
    return messages.public_messages()


def test_every_template_is_gathered_but_those_of_the_desk():
    folder = messages.PROJECT / "templates"
    known = {path for each in messages.TEMPLATES for path in folder.glob(each)}
    left_out = {path.relative_to(folder).parts[0] for path in folder.rglob("*.html")}
    left_out -= {path.relative_to(folder).parts[0] for path in known}
    assert left_out == {"admin", "simple_history"}


def test_messages_come_from_templates_modules_choices_and_shipped_words(gathered):
    assert gathered.get("Skip to the content")
    assert gathered.get("“%(words)s” (%(date)s)")
    assert gathered.get("newspaper or news-site article")
    assert gathered.get("Verified", context="status")
    assert gathered.get("%(number)s claim").id[1] == "%(number)s claims"


def test_a_models_words_for_the_desk_are_left_to_it():
    lines = messages.lines_of_choices(SNIPPET)
    assert {SNIPPET.splitlines()[line - 1].strip() for line in lines} == {
        "class Kind(TextChoices):",
        'ONE = "one", _("for readers")',
    }


def test_messages_are_found_where_a_template_hides_them():
    template = """
      <p title="{% translate "In a tag" context "hint" %}">{{ day|default:_("None") }}
      {% blocktranslate count n=n %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}
    """
    path = messages.PROJECT / "templates/base.html"
    found = messages.in_python(path, messages.as_python(template))
    assert [(message, context) for _place, _line, message, context in found] == [
        ("In a tag", "hint"),
        ("None", None),
        (("%(n)s row", "%(n)s rows"), None),
    ]


def test_all_words_of_the_shipped_statuses_and_methodology_are_gathered(gathered):
    rows = json.loads((messages.PROJECT / messages.STATUSES).read_text())
    texts = [row["fields"].get("definition") or row["fields"]["text"] for row in rows]
    contexts = messages.SHIPPED.values()
    assert len(texts) > 10
    for text in texts:
        assert any(gathered.get(text, context=context) for context in contexts), text


# The catalogues


@pytest.fixture(params=messages.languages())
def language(request):
    return request.param


@pytest.fixture
def catalogue(language):
    return messages.read(language)


def translated(catalogue):
    return [message for message in catalogue if message.id]


def source_forms(message):
    return [message.id] if isinstance(message.id, str) else list(message.id)


def placeholders(text):
    return sorted(re.findall(r"%\(\w+\)[a-z]|\{\w*\}", text))


def test_german_and_arabic_are_there():
    assert {"ar", "de"} <= set(messages.languages())


def test_a_catalogue_holds_what_readers_pages_say_and_nothing_else(catalogue, gathered):
    held = {(message.context, message.id) for message in catalogue}
    said = {(message.context, message.id) for message in gathered}
    assert held - said == set(), "run `make messages`"
    assert said - held == set(), "run `make messages`"


def test_everything_is_translated_and_nothing_by_guess(catalogue):
    assert not [each.id for each in catalogue if each.fuzzy]
    assert not [each.id for each in catalogue if not all(messages.forms(each))]


def test_a_message_not_yet_translated_has_one_empty_form():
    assert messages.forms(Message("New words")) == [""]
    assert messages.forms(Message(("%(n)s word", "%(n)s words"), ("", ""))) == ["", ""]


def test_a_translation_keeps_the_placeholders_of_its_message(catalogue):
    """Forms for one, two or none may say the number in words."""
    for message in translated(catalogue):
        wanted = placeholders(source_forms(message)[-1])
        *fewer, most = messages.forms(message)
        assert placeholders(most) == wanted, message.id
        for form in fewer:
            assert set(placeholders(form)) <= set(wanted), message.id


def test_a_translation_keeps_the_elements_of_its_message(catalogue):
    for message in translated(catalogue):
        for form in messages.forms(message):
            assert elements(form) == elements(source_forms(message)[-1]), message.id


def elements(text):
    return sorted(re.findall(r"</?\w+[^>]*>", text))


def edges(text):
    return text[0].isspace(), text[-1].isspace()


def test_a_translation_has_blanks_at_its_ends_where_its_message_has(catalogue):
    for message in translated(catalogue):
        for form in messages.forms(message):
            assert edges(form) == edges(source_forms(message)[-1]), message.id


def test_numbers_that_need_a_form_of_their_own_get_it(language, catalogue):
    """The forms are those of CLDR: the same form for two numbers here and there."""
    index = c2py(re.search(r"plural=(.*)", catalogue.plural_forms)[1].rstrip(";"))
    category = Locale.parse(language).plural_form
    numbers = range(300)
    assert catalogue.num_plurals == len({index(number) for number in numbers})
    assert len({(index(number), category(number)) for number in numbers}) == (
        catalogue.num_plurals
    )


def test_what_the_site_reads_is_compiled_from_what_translators_write(
    language, catalogue
):
    path = messages.path_of(language).with_suffix(".mo")
    assert path.read_bytes() == messages.compiled(catalogue), "run `make messages`"


def test_a_glossary_is_kept_as_it_is_laid_out(language, catalogue):
    head = messages.path_of(language).read_bytes().partition(b"\nmsgid")[0]
    assert head.count(b"\n#   ") > 10
    assert messages.written(catalogue).startswith(head + b"\nmsgid")


def test_words_of_others_stand_apart_in_a_right_to_left_sentence():
    """Names and quotations may run the other way: marks or an element isolate them."""
    content = {"basis", "name", "place", "reason", "source", "title", "value", "words"}
    for message in translated(messages.read("ar")):
        for form in messages.forms(message):
            for before, name, after in re.findall(r"(.?)%\((\w+)\)s(.?)", form):
                if name in content:
                    assert before + after in ("\u2068\u2069", "><"), message.id
