"""What can be done in the workspace: one function for each act, one address for each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from claims.jobs.marking import (
    MarkingError,
    NewSourceError,
    Place,
    accept,
    add_appearance,
    lift_background,
    mark_background,
    mark_claim,
    move_boundaries,
    place_in,
    reject,
    split,
    suggest,
    take_back,
)
from claims.models import Claim, ClaimPair, StoredCopy, Suggestion

from .workspace_forms import (
    BackgroundForm,
    BoundariesForm,
    KnownClaimForm,
    MarkForm,
    SplitForm,
)
from .workspace_page import BACKGROUND, CLAIM, SUGGESTION, Workspace, short
from .workspace_panel import (
    OVERVIEW,
    Panel,
    first_appearance_of,
    overview,
    panel_of,
)


@dataclass(frozen=True)
class Done:
    """What an act did: said in a sentence, where in the text, and what comes next.

    ``query`` asks for the next panel; empty: the next suggestion, if there is one.
    ``places`` are to be shown anew; ``None``: the whole page. ``alike``: a claim that may
    have been checked before.
    """

    said: str
    places: tuple[Place, ...] | None = ()
    query: tuple[str, str] | None = None
    alike: Claim | None = None


class RefusedError(Exception):
    """Nothing was done; the panel comes back with what was typed and why."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        super().__init__(panel.error)


@dataclass
class Act:
    """One act under way: the workspace, what was posted, and who asks."""

    workspace: Workspace
    posted: QueryDict
    actor: Any

    @property
    def copy(self) -> StoredCopy:
        """The newest copy; refused when the page showed an older one."""
        copy = self.workspace.copy
        if copy is None or copy.public_id != self.posted.get("copy"):
            raise MarkingError(
                _("The article has another stored copy now: load the page anew.")
            )
        return copy

    def place(self, given: dict[str, Any], near: int | None = None) -> Place:
        start, end = given.get("start"), given.get("end")
        if end is None:
            start = near
        return place_in(self.copy, given["words"], start, end)

    def row(self, model: Any, name: str) -> Any:
        rows = model.objects.filter(public_id=self.posted.get(name, ""))
        if model is not Claim:
            rows = rows.filter(article=self.workspace.article)
        found = rows.first()
        if found is None:
            raise Http404
        return found

    @property
    def seen(self) -> int:
        """The version of the claim that the page showed."""
        version = self.posted.get("version", "")
        return int(version[:9]) if version.isdecimal() else -1


def _mark(act: Act) -> Done:
    """Make a claim of a passage, or of a suggestion as it was edited."""
    suggestion = None
    if act.posted.get("suggestion"):
        suggestion = act.row(Suggestion, "suggestion")
    form = MarkForm(act.posted, article=act.workspace.article, before=_before(act))
    if not form.is_valid():
        raise RefusedError(_marking_panel(act, form, suggestion))
    try:
        place = act.place(form.cleaned_data)
        claim = _claim_of(act, form, place, suggestion)
    except (MarkingError, ValidationError) as error:
        raise RefusedError(_marking_panel(act, form, suggestion, error)) from error
    said = _("Marked: “%(claim)s”") % {"claim": short(claim.text)}
    if suggestion is None:
        return Done(said, (place,), (CLAIM, claim.public_id))
    was = suggestion.passage
    return Done(said, (place, Place(was.start, was.end)), alike=_alike(claim))


def _alike(claim: Claim) -> Claim | None:
    """Return a claim just made if it may have been checked before."""
    return claim if ClaimPair.objects.suggested().of(claim).exists() else None


def _claim_of(
    act: Act, form: MarkForm, place: Place, suggestion: Suggestion | None
) -> Claim:
    marking = form.marking(place)
    if suggestion is None:
        return mark_claim(act.workspace.article, act.copy, marking, act.actor)
    return accept(suggestion, act.actor, marking)


def _before(act: Act) -> Claim | None:
    """Return the claim before the place, whose source can be taken again."""
    start = act.posted.get("start", "")
    is_place = start.isdecimal() and len(start) < 10
    return act.workspace.claim_before(int(start)) if is_place else None


def _marking_panel(
    act: Act,
    form: MarkForm,
    suggestion: Suggestion | None,
    error: Exception | None = None,
) -> Panel:
    """Return the panel with the form as it was sent, and what stands against it."""
    query = {key: str(act.posted.get(key, "")) for key in ("start", "end")}
    if suggestion is not None:
        query = {SUGGESTION: suggestion.public_id}
    try:
        panel = panel_of(act.workspace, query)
    except Http404:  # a colleague decided the suggestion meanwhile
        panel = overview(act.workspace)
    panel.error, panel.similar = _sentences(error), getattr(error, "similar", ())
    if isinstance(error, NewSourceError):
        form.add_error("source", str(error))
        panel.error = _("Nothing was saved yet: is it one of those?")
    panel.forms["mark"] = form
    return panel


def _sentences(error: Exception | None) -> str:
    if error is None:
        return _("Nothing was saved. Please look below.")
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error)


def _reject(act: Act) -> Done:
    suggestion = act.row(Suggestion, "suggestion")
    reject(suggestion, act.actor)
    place = Place(suggestion.passage.start, suggestion.passage.end)
    return Done(_("Rejected. It is not suggested again."), (place,))


def _restore(act: Act) -> Done:
    suggestion = act.row(Suggestion, "suggestion")
    take_back(suggestion)
    place = Place(suggestion.passage.start, suggestion.passage.end)
    said = _("To be decided again.")
    return Done(said, (place,), (SUGGESTION, suggestion.public_id))


def _background(act: Act) -> Done:
    form = BackgroundForm(act.posted)
    if not form.is_valid():
        raise RefusedError(_with_form(act, "background", form))
    place = act.place(form.cleaned_data)
    article = act.workspace.article
    row = mark_background(
        article, act.copy, place, form.cleaned_data["reason"], act.actor
    )
    return Done(_("Marked as background."), (place,), (BACKGROUND, row.public_id))


def _lift(act: Act) -> Done:
    row = act.row(act.workspace.article.backgrounds.model, "background")
    place = Place(row.passage.start, row.passage.end)
    lift_background(row, act.actor)
    suggest(act.workspace.article)
    return Done(_("No longer background."), (place,), (OVERVIEW, ""))


def _appearance(act: Act) -> Done:
    form = KnownClaimForm(act.posted)
    if not form.is_valid():
        raise RefusedError(_with_form(act, "appearance", form))
    claim = form.cleaned_data["claim"]
    place = act.place(form.cleaned_data)
    article = act.workspace.article
    add_appearance(claim, article, act.copy, place, act.actor, claim.version)
    said = _("“%(claim)s” stands here too.") % {"claim": short(claim.text)}
    return Done(said, (place,), (CLAIM, claim.public_id))


def _boundaries(act: Act) -> Done:
    claim = act.row(Claim, CLAIM)
    appearance = first_appearance_of(act.workspace, claim)
    form = BoundariesForm(act.posted)
    if not form.is_valid():
        raise RefusedError(_with_form(act, "boundaries", form))
    was = appearance.passage
    place = act.place(form.cleaned_data, was.start if was else None)
    moved = move_boundaries(appearance, act.copy, place, act.actor, act.seen)
    said = (
        _("The claim stands at these words now.") if moved else _("It was so already.")
    )
    places = (place, *([Place(was.start, was.end)] if was else []))
    return Done(said, places, (CLAIM, claim.public_id))


def _split(act: Act) -> Done:
    claim = act.row(Claim, CLAIM)
    form = SplitForm(act.posted)
    if not form.is_valid():
        raise RefusedError(_with_form(act, "split", form))
    first, second = form.cleaned_data["first"], form.cleaned_data["second"]
    other = split(claim, first, second, act.actor, act.seen)
    was = first_appearance_of(act.workspace, claim).passage
    places = (Place(was.start, was.end),) if was else ()
    return Done(_("Two claims now."), places, (CLAIM, other.public_id))


def _suggest(act: Act) -> Done:
    found = suggest(act.workspace.article)
    said = _("%(added)s new suggestions, %(number)s to decide.") % {
        "added": found.added,
        "number": found.to_decide,
    }
    return Done(said, places=None)


def _with_form(act: Act, name: str, form: Any) -> Panel:
    """Return the panel that the act was sent from, with its form as it was sent."""
    panel = _panel_before(act)
    panel.error = _("Nothing was saved. Please look below.")
    if name not in panel.forms:  # the panel was another: its form is not on this one
        panel.error = " ".join(
            each for errors in form.errors.values() for each in errors
        )
    panel.forms[name] = form
    return panel


def _panel_before(act: Act) -> Panel:
    keys = (CLAIM, SUGGESTION, "start", "end")
    query = {key: str(act.posted.get(key, "")) for key in keys}
    if query["start"]:
        query[CLAIM] = ""
    try:
        return panel_of(act.workspace, query)
    except Http404:
        return overview(act.workspace)


ACTS: dict[str, Callable[[Act], Done]] = {
    "mark": _mark,
    "reject": _reject,
    "restore": _restore,
    "background": _background,
    "lift": _lift,
    "appearance": _appearance,
    "boundaries": _boundaries,
    "split": _split,
    "suggest": _suggest,
}


def carry_out(name: str, workspace: Workspace, request: HttpRequest) -> Done:
    """Carry out one act. Raises ``RefusedError`` with the panel to show instead."""
    act = Act(workspace, request.POST, request.user)
    try:
        return ACTS[name](act)
    except MarkingError as error:
        panel = _panel_before(act)
        panel.error = str(error)
        raise RefusedError(panel) from error
