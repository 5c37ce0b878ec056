"""The forms of the page that cites for several claims: what is shared, and each's own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from claims.jobs.citing import Fault
from claims.models import Citation, Claim
from claims.workflow.words import ClaimState, EvidenceForm

from .citations import CITATION_FIELDSETS
from .forms import DeskForm
from .origins import SuggestsOrigins

#: What belongs to one citation, or one claim, alone.
_NOT_SHARED = {"position", "inquiry"}


class SharedCitationForm(SuggestsOrigins, DeskForm):
    """What the citations have in common; each finds its own passage later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form: Any = self.fields["form"]
        form.choices = [
            choice for choice in form.choices if choice[0] != EvidenceForm.INQUIRY
        ]


class OwnWordsForm(forms.Form):
    """One claim: whether it is cited for, and the words that hold for it alone."""

    cite = forms.BooleanField(required=False)
    quotation = forms.CharField(
        label=gettext_lazy("Quotation for this claim"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80, "dir": "auto"}),
        help_text=gettext_lazy("Empty: the shared one."),
    )
    locator = forms.CharField(
        label=gettext_lazy("Locator for this claim"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Of the same kind. Empty: the shared one."),
    )


@dataclass(frozen=True)
class Row:
    """One claim on the page, with its own words, and what citing does to it."""

    claim: Claim
    form: OwnWordsForm
    effects: list[str]

    @property
    def is_open(self) -> bool:
        typed = (self.form[name].value() for name in ("quotation", "locator"))
        return bool(self.form.errors) or any(typed)

    @property
    def faults(self) -> list[str]:
        """Every error of this claim, with the name of its field."""
        return [
            f"{self.form[field].label}: {sentence}"
            if field in self.form.fields
            else str(sentence)
            for field, sentences in self.form.errors.items()
            for sentence in sentences
        ]


def own_words(posted: Any, claim: Claim, *, ticked: bool) -> OwnWordsForm:
    """Return the form of one claim; one that is not worked on is not ticked."""
    usual = {"cite": ticked and claim.state == ClaimState.WORKING}
    return OwnWordsForm(posted, prefix=f"claim-{claim.pk}", initial=usual)


def add_fault(fault: Fault, form: Any, rows: list[Row]) -> None:
    """Put a fault where it belongs: to the claim's own words, or to what is shared."""
    own = next((row.form for row in rows if row.claim == fault.claim), form)
    if fault.field in own.fields or not fault.field:
        own.add_error(fault.field or None, fault.sentence)
        return
    field: Any = Citation._meta.get_field(fault.field)
    own.add_error(None, f"{capfirst(field.verbose_name)}: {fault.sentence}")


def shared_fieldsets() -> list[Any]:
    """Return the fieldsets of a citation, without what is one claim's alone."""
    return [
        (title, {**options, "fields": list(_shared(options["fields"]))})
        for title, options in CITATION_FIELDSETS
    ]


def _shared(lines: Iterable[str | tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        names = (line,) if isinstance(line, str) else line
        yield tuple(name for name in names if name not in _NOT_SHARED)
