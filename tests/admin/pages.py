"""A person at a page of the desk: reads the form, types, sends it."""

from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

BUTTONS = ("_save", "_continue", "_addanother")


class _Form(HTMLParser):
    """Collects what a browser would send for the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Any] = {}
        self._select: tuple[str, bool] | None = None
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        name = given.get("name", "")
        if tag == "input" and name and "disabled" not in given:
            self._take_input(name, given)
        elif tag == "textarea":
            self._area, self.fields[name] = name, ""
        elif tag == "select":
            self._select = (name, "multiple" in given)
            if "multiple" in given:
                self.fields[name] = []
        elif tag == "option" and self._select:
            self._take_option(given)

    def _take_input(self, name: str, given: dict) -> None:
        kind = given.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in given:
                self._add(name, given.get("value", "on"))
        elif kind not in ("submit", "button", "file"):
            self.fields[name] = given.get("value") or ""

    def _take_option(self, given: dict) -> None:
        name, is_multiple = self._select or ("", False)
        if is_multiple:
            if "selected" in given:
                self.fields[name].append(given.get("value", ""))
        elif "selected" in given or name not in self.fields:
            self.fields[name] = given.get("value", "")

    def _add(self, name: str, value: str) -> None:
        if name in self.fields:
            before = self.fields[name]
            both = before if isinstance(before, list) else [before]
            self.fields[name] = [*both, value]
        else:
            self.fields[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # HTML drops the line feed that follows the opening tag.
            self.fields[self._area] = self.fields[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data


def form_on(response: Any) -> dict[str, Any]:
    """Return the fields of a page as a browser would send them, templates included."""
    parser = _Form()
    parser.feed(response.content.decode())
    return {name: value for name, value in parser.fields.items() if name not in BUTTONS}


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def address_of(row: Any, view: str = "change") -> str:
    return reverse(
        f"admin:{row._meta.app_label}_{row._meta.model_name}_{view}", args=[row.pk]
    )


def move_address(row: Any, name: str) -> str:
    return reverse(f"admin:claims_{row._meta.model_name}_move", args=[row.pk, name])


def open_form(client: Client, row: Any) -> dict[str, Any]:
    response = client.get(address_of(row))
    assert response.status_code == 200
    return form_on(response)


def save(
    client: Client, row: Any, form: dict[str, Any] | None = None, **typed: Any
) -> Any:
    """Send the page of a row, as opened or as it is now, with these fields typed."""
    form = open_form(client, row) if form is None else form
    return client.post(address_of(row), {**form, **typed, "_continue": "1"})


def add_row(form: dict[str, Any], prefix: str, /, **typed: Any) -> dict[str, Any]:
    """Add a row to one of the lists on a page."""
    index = int(form[f"{prefix}-TOTAL_FORMS"])
    template = f"{prefix}-__prefix__-"
    row = {
        name.removeprefix(template): value
        for name, value in form.items()
        if name.startswith(template)
    }
    named = {f"{prefix}-{index}-{name}": value for name, value in (row | typed).items()}
    return {**form, f"{prefix}-TOTAL_FORMS": str(index + 1), **named}


def errors_on(response: Any) -> list[str]:
    """Return every error that the forms of a page show."""
    found = []
    for errors in response.context["errors"]:
        found += [errors] if isinstance(errors, str) else list(errors)
    return [str(sentence) for sentence in found]
