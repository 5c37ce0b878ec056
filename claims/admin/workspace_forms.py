"""Forms of the workspace: what is said of a passage, each part with a proposal."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.checking.attribution import source_kind
from claims.jobs.marking import Marking, NamedSource, Place, Proposal
from claims.models import Article, Claim
from claims.models.claims import MAX_CHARACTERS
from claims.models.fields import OnePerLineField, validate_edtf
from claims.models.sources import SourceKind
from claims.workflow.words import ClaimKind, Voice

#: Who says so: one question that settles voice and source.
NAMED, SAME, OWN, PASSIVE, UNCLEAR = "named", "same", "own", "passive", "unclear"
_VOICES = {
    NAMED: Voice.ATTRIBUTED,
    OWN: Voice.OWN,
    PASSIVE: Voice.PASSIVE,
    UNCLEAR: Voice.UNCLEAR,
}
_WHO = {voice: who for who, voice in _VOICES.items()}
_ROWS = {"rows": 3, "dir": "auto"}


class ActForm(forms.Form):
    """A form of one act; several stand on one page, so each names its fields by it."""

    ACT = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.ACT}-%s")
        super().__init__(*args, **kwargs)


class PlaceForm(ActForm):
    """A place in the stored copy that was seen: selected, or its words typed."""

    copy = forms.CharField(widget=forms.HiddenInput)
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("Words of the article"),
        strip=False,
        widget=forms.Textarea(attrs=_ROWS),
        help_text=gettext_lazy("Letter for letter, as they stand in the text."),
    )


class BoundariesForm(PlaceForm):
    ACT = "boundaries"


class BackgroundForm(PlaceForm):
    ACT = "background"

    reason = forms.CharField(
        label=gettext_lazy("Why it is not checked one by one"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class KnownClaimForm(PlaceForm):
    ACT = "appearance"

    claim = forms.CharField(
        label=gettext_lazy("Claim"),
        max_length=MAX_CHARACTERS + 20,
        widget=forms.TextInput(attrs={"list": "ws-claims", "dir": "auto"}),
        help_text=gettext_lazy("Its public id, or choose from the list."),
    )

    def clean_claim(self) -> Claim:
        typed = self.cleaned_data["claim"].strip()
        public_id = typed.rpartition("· ")[2].strip()
        claim = Claim.objects.working().filter(public_id=public_id).first()
        if claim is None:
            raise ValidationError(_("There is no claim with that public id."))
        return claim


class SplitForm(ActForm):
    ACT = "split"

    first = forms.CharField(
        label=gettext_lazy("This claim"),
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs=_ROWS),
    )
    second = forms.CharField(
        label=gettext_lazy("The other claim"),
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs=_ROWS),
    )


class MarkForm(PlaceForm):
    """A passage becomes a claim. Every field is filled with what is proposed."""

    ACT = "mark"

    suggestion = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("The claim, in our own words"),
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs=_ROWS),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ClaimKind.choices)
    who = forms.ChoiceField(
        label=gettext_lazy("Who says so?"), widget=forms.RadioSelect
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=300,
        widget=forms.TextInput(
            attrs={"list": "ws-sources", "dir": "auto", "autocomplete": "off"}
        ),
    )
    source_kind = forms.ChoiceField(
        label=gettext_lazy("If it is new here, it is"),
        required=False,
        choices=[("", gettext_lazy("guess by the name")), *SourceKind.choices],
    )
    is_new = forms.BooleanField(
        label=gettext_lazy("It is somebody else: make a new source"), required=False
    )
    relays = OnePerLineField(
        label=gettext_lazy("Whom the source relies on"),
        required=False,
        widget=forms.Textarea(attrs={**_ROWS, "rows": 2}),
        help_text=gettext_lazy("One per line, nearest first."),
    )
    role = forms.CharField(
        label=gettext_lazy("Role of the source, then"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    said_words = forms.CharField(
        label=gettext_lazy("When, in the article's words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    said_edtf = forms.CharField(
        label=gettext_lazy("That is, EDTF"),
        required=False,
        max_length=40,
        validators=[validate_edtf],
    )
    said_basis = forms.CharField(
        label=gettext_lazy("Which rests on"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(
        self, *args: Any, article: Article, before: Claim | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        self.fields["who"].choices = list(_who_choices(article, before))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("who") == NAMED and not (given.get("source") or "").strip():
            self.add_error("source", _("Name the source."))
        if given.get("said_edtf") and not given.get("said_basis"):
            self.add_error("said_basis", _("Say what the date of the claim rests on."))
        return given

    def marking(self, place: Place) -> Marking:
        """Return what the form says of a place."""
        given = self.cleaned_data
        names = ("text", "kind", "role", "said_words", "said_edtf", "said_basis")
        shared = {name: given[name] for name in names}
        if given["who"] == SAME and self.before is not None:
            return Marking(place, **{**shared, **self._as_before(self.before)})
        relays = given["relays"] if given["who"] == NAMED else []
        return Marking(
            place,
            **shared,
            voice=_VOICES[given["who"]],
            source=self._named(given["source"], given["source_kind"])
            if given["who"] == NAMED
            else None,
            relays=tuple(self._named(name) for name in relays),
        )

    def _named(self, name: str, kind: str = "") -> NamedSource:
        is_new = self.cleaned_data["is_new"]
        return NamedSource(name, kind or source_kind(name), is_new)

    def _as_before(self, before: Claim) -> dict[str, Any]:
        chain = before.chain.select_related("source").order_by("position")
        role = self.cleaned_data["role"] or before.role
        return {
            "voice": before.voice,
            "source": before.source,
            "relays": tuple(link.source for link in chain if link.source),
            "role": role,
        }


def _who_choices(article: Article, before: Claim | None) -> Any:
    yield NAMED, _("somebody the article names:")
    if before is not None and before.source is not None:
        name = before.source
        yield SAME, _("the same as for the claim before: %(name)s") % {"name": name}
    publisher = article.document.publisher
    if publisher is not None:
        yield OWN, _("the article itself: %(name)s") % {"name": publisher}
    yield PASSIVE, _("nobody: it is put in the passive")
    yield UNCLEAR, _("it is unclear who")


def initial_of(proposal: Proposal, copy: str, suggestion: str = "") -> dict[str, Any]:
    """Return what a form begins with: everything that is proposed."""
    names = ("text", "kind", "said_words", "said_edtf", "said_basis")
    return {
        "copy": copy,
        "suggestion": suggestion,
        "start": proposal.place.start,
        "end": proposal.place.end,
        "words": proposal.words,
        "who": _WHO[Voice(proposal.voice)],
        "source": proposal.source_name,
        "source_kind": proposal.source_kind,
        "relays": list(proposal.relays),
        **{name: getattr(proposal, name) for name in names},
    }
