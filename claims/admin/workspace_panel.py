"""What stands beside the text of the workspace: the panel of what was chosen in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import Http404
from django.utils.translation import gettext as _

from claims.jobs.marking import (
    MarkingError,
    Place,
    Proposal,
    place_in,
    proposal_at,
    proposal_of,
)
from claims.models import (
    Appearance,
    Background,
    Claim,
    ClaimPair,
    Source,
    StoredCopy,
    Suggestion,
)
from claims.workflow.words import ClaimKind

from .workspace_forms import (
    BackgroundForm,
    BoundariesForm,
    KnownClaimForm,
    MarkForm,
    SplitForm,
    initial_of,
)
from .workspace_page import BACKGROUND, CLAIM, SUGGESTION, Mark, Workspace

OVERVIEW, SELECTION = "overview", "selection"
#: The digits of a place in an address: more are no place in a text.
_DIGITS = 9


@dataclass
class Panel:
    """One panel. ``forms`` by act; ``similar``: sources a new name is very like.

    ``alike``: how many claims this one may be the same as, and nobody has said;
    ``before``: the claim that was made just now, if there are any for it.
    """

    kind: str
    place: Place | None = None
    mark: Mark | None = None
    row: Any = None
    proposal: Proposal | None = None
    forms: dict[str, Form] = field(default_factory=dict)
    error: str = ""
    said: str = ""
    similar: tuple[Source, ...] = ()
    alike: int = 0
    before: Claim | None = None
    following: Mark | None = None
    previous: Mark | None = None

    @property
    def facts(self) -> str:
        """What is proposed in the fields that are folded away."""
        found = self.proposal
        if found is None:
            return ""
        date = f"{found.said_words} ({found.said_edtf or '?'})"
        kind = str(ClaimKind(found.kind).label)
        return " · ".join([kind, *([date] if found.said_words else [])])

    @property
    def key(self) -> str:
        """The key of the mark in the text that the panel is about."""
        return self.mark.key if self.mark else ""


def panel_of(workspace: Workspace, query: Mapping[str, str]) -> Panel:
    """Return the panel that an address asks for; 404 for what is not there."""
    for kind, build in _BUILDERS.items():
        if query.get(kind):
            return build(workspace, query[kind])
    if query.get("start") and query.get("end"):
        return _selection(workspace, query["start"], query["end"])
    return overview(workspace)


def overview(workspace: Workspace, said: str = "") -> Panel:
    """Return the panel of nothing chosen: typed words can be marked from there."""
    panel = Panel(OVERVIEW, said=said, following=workspace.next_suggestion())
    if workspace.copy is not None:
        initial = {"copy": workspace.copy.public_id}
        panel.forms = {
            "mark": MarkForm(initial=initial, article=workspace.article),
            "background": BackgroundForm(initial=initial),
        }
    return panel


def suggestion_panel(workspace: Workspace, mark: Mark, said: str = "") -> Panel:
    row: Suggestion = mark.row
    copy = workspace.copy or row.passage.stored_copy
    panel = _marking(workspace, copy, proposal_of(row, copy), row.public_id)
    panel.kind, panel.mark, panel.row, panel.said = SUGGESTION, mark, row, said
    panel.following = workspace.next_suggestion(mark.start, row.public_id)
    panel.previous = workspace.suggestion_before(mark.start, row.public_id)
    return panel


def claim_panel(workspace: Workspace, claim: Claim, said: str = "") -> Panel:
    """Return the panel of a claim, at its first place in this article."""
    own = workspace.appearances.filter(claim=claim)
    rows = list(own)
    if not rows:
        raise Http404
    placed = sorted(workspace.placed(own, None), key=lambda pair: pair[1].start)
    mark = workspace.claim_mark(*placed[0]) if placed else None
    panel = Panel(CLAIM, row=rows[0].claim, said=said, mark=mark)
    panel.alike = ClaimPair.objects.suggested().of(claim).count()
    panel.following = workspace.next_suggestion(panel.mark.start if panel.mark else -1)
    if workspace.copy is not None:
        initial = {"copy": workspace.copy.public_id, "words": rows[0].wording}
        panel.forms = {
            "boundaries": BoundariesForm(initial=initial),
            "appearance": KnownClaimForm(
                initial={**initial, "words": "", "claim": claim.public_id}
            ),
            "split": SplitForm(initial={"first": claim.text}),
        }
    return panel


def _suggestion(workspace: Workspace, public_id: str) -> Panel:
    return suggestion_panel(workspace, _mark(workspace, SUGGESTION, public_id))


def _claim(workspace: Workspace, public_id: str) -> Panel:
    row = workspace.appearances.filter(claim__public_id=public_id).first()
    if row is None:
        raise Http404
    return claim_panel(workspace, row.claim)


def _background(workspace: Workspace, public_id: str) -> Panel:
    mark = _mark(workspace, BACKGROUND, public_id)
    row: Background = mark.row
    return Panel(BACKGROUND, mark=mark, row=row)


_BUILDERS = {SUGGESTION: _suggestion, CLAIM: _claim, BACKGROUND: _background}


def _mark(workspace: Workspace, kind: str, public_id: str) -> Mark:
    rows = workspace.proposed if kind == SUGGESTION else workspace.backgrounds
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return workspace.mark_of(kind, row)


def _selection(workspace: Workspace, start: str, end: str) -> Panel:
    copy = workspace.copy
    whole = start.isdecimal() and end.isdecimal()
    if copy is None or not whole or max(len(start), len(end)) > _DIGITS:
        raise Http404
    words = copy.text[int(start) : int(end)]
    try:
        place = place_in(copy, words, int(start), int(end))
    except MarkingError as error:
        panel = overview(workspace)
        panel.error = str(error)
        return panel
    return _selection_panel(workspace, copy, place)


def _selection_panel(workspace: Workspace, copy: StoredCopy, place: Place) -> Panel:
    proposal = proposal_at(workspace.article, copy, place)
    panel = _marking(workspace, copy, proposal)
    initial = {
        "copy": copy.public_id,
        "start": place.start,
        "end": place.end,
        "words": proposal.words,
    }
    panel.forms["background"] = BackgroundForm(initial=initial)
    panel.forms["appearance"] = KnownClaimForm(initial=initial)
    return panel


def _marking(
    workspace: Workspace, copy: StoredCopy, proposal: Proposal, suggestion: str = ""
) -> Panel:
    """Return a panel whose form is filled with a proposal."""
    form = MarkForm(
        initial=initial_of(proposal, copy.public_id, suggestion),
        article=workspace.article,
        before=workspace.claim_before(proposal.place.start),
    )
    return Panel(
        SELECTION, place=proposal.place, proposal=proposal, forms={"mark": form}
    )


def first_appearance_of(workspace: Workspace, claim: Claim) -> Appearance:
    """Return where a claim stands in this article, its first place first."""
    row: Appearance | None = (
        workspace.appearances.filter(claim=claim).order_by("-is_first", "pk").first()
    )
    if row is None:
        raise MarkingError(_("This claim does not stand in this article."))
    return row
