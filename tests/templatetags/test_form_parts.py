"""What forms draw without templates is what Django's own templates draw."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.widgets import AdminDateWidget, RelatedFieldWidgetWrapper
from django.forms.renderers import DjangoTemplates
from django.template import Context, Engine
from django.test.html import parse_html
from django.test.utils import override_settings

from claims.models import Claim, Document
from claims.templatetags.desk_forms import fieldset_of
from claims.templatetags.form_parts import FormRenderer
from tests import factories

CHOICES = [("", "---------"), ("a", "A & b"), ("<b>", "<b>"), (3, 1000)]
GROUPED = [("Birds <wild>", [("owl", "Owl"), ("hen", "Hen")]), ("cat", "Cat")]
ATTRS = {"class": 'v"Text', "required": True, "disabled": False, "maxlength": 30}
WIDGETS = {
    "text": (forms.TextInput(), 'five "quoted" <words>'),
    "empty": (forms.TextInput(), None),
    "number": (forms.NumberInput(), 1234567),
    "hidden": (forms.HiddenInput(), "x"),
    "address": (forms.URLInput(), "https://elm.example/?a=1&b=2"),
    "ticked": (forms.CheckboxInput(), True),
    "not ticked": (forms.CheckboxInput(), False),
    "text area": (forms.Textarea(), "\nA <line>\nand another & more"),
    "empty text area": (forms.Textarea(), None),
    "day": (AdminDateWidget(), "2026-03-02"),
    "menu": (forms.Select(choices=CHOICES), "a"),
    "menu of numbers": (forms.Select(choices=CHOICES), 3),
    "menu of groups": (forms.Select(choices=GROUPED), "hen"),
    "menu of several": (forms.SelectMultiple(choices=CHOICES), ["a", "<b>"]),
}


@pytest.mark.parametrize("name", WIDGETS)
def test_a_field_is_drawn_as_by_its_template(name):
    widget, value = WIDGETS[name]
    ours = widget.render("field", value, ATTRS, FormRenderer())
    theirs = widget.render("field", value, ATTRS, DjangoTemplates())
    assert parse_html(ours) == parse_html(theirs)


@pytest.mark.parametrize("rights", [(), ("change", "view"), ("add", "delete")])
def test_the_links_beside_a_menu_of_rows_are_those_of_its_template(rights):
    rel = Claim._meta.get_field("source").remote_field
    may = {f"can_{right}_related": right in rights for right in _RIGHTS}
    widget = RelatedFieldWidgetWrapper(forms.Select(), rel, admin.site, **may)
    ours = widget.render("source", None, renderer=FormRenderer())
    theirs = widget.render("source", None, renderer=DjangoTemplates())
    assert parse_html(ours) == parse_html(theirs)


_RIGHTS = ("add", "change", "delete", "view")


@pytest.mark.parametrize("typed", [None, {"kind": "no such kind", "title": ""}])
@pytest.mark.parametrize("name", ["title", "link_state"])
def test_a_fieldset_is_drawn_as_by_the_template_of_the_admin(name, typed, rf, db):
    desk = admin.site.get_model_admin(Document)
    request = rf.get("/")
    request.user = factories.make_user(is_superuser=True)
    form = desk.get_form(request)(typed)
    lines = [("A title", {"fields": [name, ("kind", "language")]})]
    fields = AdminForm(form, lines, {}, ["link_state"], desk)
    drawn = fieldset_of(next(iter(fields)), "", "0", "0", 2)
    with override_settings(FORM_RENDERER="django.forms.renderers.DjangoTemplates"):
        theirs = _stock().render(
            Context(
                {
                    "fieldset": next(iter(fields)),
                    "prefix": "",
                    "id_prefix": "0",
                    "id_suffix": "0",
                }
            )
        )
    assert parse_html(str(drawn)) == parse_html(theirs)


def _stock():
    folder = admin.__path__[0]
    engine = Engine(dirs=[f"{folder}/templates"])
    return engine.get_template("admin/includes/fieldset.html")
