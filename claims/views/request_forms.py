"""The form by which readers report an error, and what it is guarded with."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from claims.jobs.requests import Sent
from claims.models.fields import READERS_NAME_CHARACTERS
from claims.models.requests import (
    ADDRESS_CHARACTERS,
    EVIDENCE_CHARACTERS,
    TEXT_CHARACTERS,
)

#: No person reads the page and writes a report in less.
LEAST_SECONDS = 3
#: A page open for longer is sent once more, with a fresh stamp.
MOST_SECONDS = 24 * 60 * 60
_TOO_LONG = _("This is too long. At most %(limit_value)d characters fit.")
TOO_FAST = _("This came very quickly. Please look it over, and send it once more.")
TOO_OLD = _("This page had been open for a long time. Please send it once more.")


def stamp_of(at: datetime.datetime, claim: str) -> str:
    """Return a signed note of when the form was opened, and for which claim."""
    return _signer().sign(f"{int(at.timestamp())} {claim}")


def stamp_fault(stamp: str, at: datetime.datetime, claim: str) -> str:
    """Say why a form with this stamp is to be sent once more; "" if it may pass."""
    try:
        opened, _space, named = _signer().unsign(stamp).partition(" ")
    except BadSignature:
        return str(TOO_OLD)
    age = at.timestamp() - int(opened)
    if named != claim or not 0 <= age <= MOST_SECONDS:
        return str(TOO_OLD)
    return str(TOO_FAST) if age < LEAST_SECONDS else ""


def _signer() -> Signer:
    return Signer(salt="claims.views.requests")


class Prose(forms.CharField):
    """Words of a reader, counted as the browser counts them: a line break is one."""

    def __init__(self, rows: int, **options: Any) -> None:
        area = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        wrong = {"max_length": _TOO_LONG, **options.pop("error_messages", {})}
        super().__init__(widget=area, error_messages=wrong, **options)

    def to_python(self, value: Any) -> str:
        text = (value or "").replace("\r\n", "\n").replace("\r", "\n")
        return str(super().to_python(text))


class OneLine(forms.CharField):
    """A short text; spaces and line breaks in it are one space."""

    def __init__(self, **attrs: Any) -> None:
        options = {
            name: attrs.pop(name) for name in ("label", "help_text", "max_length")
        }
        super().__init__(
            required=False,
            widget=forms.TextInput(attrs={"dir": "auto", **attrs}),
            error_messages={"max_length": _TOO_LONG},
            **options,
        )

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).split())


class ReportForm(forms.Form):
    """What is wrong, what shows it, and, where the reader likes, who they are."""

    text = Prose(
        8,
        label=_("What is wrong?"),
        max_length=TEXT_CHARACTERS,
        error_messages={"required": _("Say what is wrong.")},
    )
    evidence = Prose(
        3,
        label=_("What shows it?"),
        help_text=_("The address of a page, a document, or a few words."),
        max_length=EVIDENCE_CHARACTERS,
        required=False,
    )
    address = OneLine(
        label=_("Which page is it about?"),
        help_text=_("Its address, if it is one of ours."),
        max_length=ADDRESS_CHARACTERS,
    )
    name = OneLine(
        label=_("Name"),
        help_text=_("So that we know whom we answer, and may say thank you."),
        max_length=READERS_NAME_CHARACTERS,
        autocomplete="name",
    )
    email = forms.EmailField(
        label=_("Mail address"),
        help_text=_("For our answer, and for questions."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={
            "invalid": _("This is no mail address. Write it as name@example.org."),
            "max_length": _TOO_LONG,
        },
    )
    may_be_named = forms.BooleanField(
        label=_("You may name me in the correction"), required=False
    )
    #: No person sees it; what fills in every field of a page gives itself away.
    homepage = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(
        self, data: Any = None, *, at: datetime.datetime, claim: str, **options: Any
    ) -> None:
        super().__init__(data, use_required_attribute=False, **options)
        self.at, self.claim = at, claim
        self.stamp = stamp_of(at, claim) if data is None else data.get("stamp", "")
        #: Says, above the form, why it is to be sent once more.
        self.note = ""
        if claim:
            del self.fields["address"]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("may_be_named") and not cleaned.get("name", "-"):
            self.add_error("name", _("Give the name that we may use."))
        if fault := stamp_fault(self.stamp, self.at, self.claim):
            self.ask_again(fault)
            raise ValidationError(fault)
        return cleaned

    def ask_again(self, note: str) -> None:
        """Keep what was typed, and let it be sent once more with a fresh stamp."""
        self.note = note
        self.stamp = stamp_of(self.at, self.claim)

    def sent(self) -> Sent:
        """Return what was typed, once it is valid."""
        fields = {name: self.cleaned_data[name] for name in self.fields}
        trapped = bool(fields.pop("homepage"))
        return Sent(**fields, claim=self.claim, is_suspicious=trapped)
