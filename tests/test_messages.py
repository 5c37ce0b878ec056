"""What is gathered for translators, and what every catalogue must hold."""

import json

import pytest

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
