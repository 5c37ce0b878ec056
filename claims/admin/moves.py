"""Moves as confirmation pages: what is shown, what was seen, what came of it."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Article, Assessment, Claim
from claims.models.events import canonical_json, digest_of
from claims.moves import (
    MoveError,
    MoveForbiddenError,
    ReviewDetails,
    StaleMoveError,
    eyes_refusal,
    make_move,
    missing_for,
    moves_for,
    next_look,
    objection,
    shown_content,
)
from claims.moves.reviews import SETTING_MOVES, NextLook, in_words
from claims.permissions import permission_refusal
from claims.reading.status_page import StatusPage, status_page_from_desk
from claims.workflow.moves import MOVES, Move

from .carried import packed, unpacked
from .cautions import cautions_of
from .content_words import differences, lines_of
from .gate import CLAIMS_SHOWN, Gate, gate_of
from .listing import choices_of, details_from

#: Moves that take a reason although the table does not always ask for one.
_REASON_WELCOME = {("article", "clear")}


@dataclass(frozen=True)
class Offer:
    """A move this user may make now; with a hint instead of an address if barred."""

    move: Move
    url: str
    hint: str


def offers(subject: Any, user: Any) -> list[Offer]:
    """Return the moves to link to from the page of a subject."""
    return [
        Offer(move, move_url(subject, move.name), eyes_refusal(move, subject, user))
        for move in moves_for(subject, user)
        if not objection(move, subject)
    ]


def move_url(subject: Any, name: str) -> str:
    model = subject._meta.model_name
    return reverse(f"admin:claims_{model}_move", args=[subject.pk, name])


def status_page_of(subject: Any) -> StatusPage | None:
    """Return the reader's page of a claim or assessment; ``None`` for the others."""
    if isinstance(subject, Assessment):
        return status_page_from_desk(subject.claim, subject)
    if isinstance(subject, Claim):
        published = subject.published_assessment
        return status_page_from_desk(subject, published)
    return None


class MovablePages:
    """Mixin of ModelAdmin: `…/<id>/move/<name>/` for the moves of this model."""

    def get_urls(self) -> list[URLPattern]:
        model = self.opts.model_name  # type: ignore[attr-defined]
        view = self.admin_site.admin_view(self.move_view)  # type: ignore[attr-defined]
        route = "<path:object_id>/move/<slug:name>/"
        own = [path(route, view, name=f"claims_{model}_move")]
        return own + super().get_urls()  # type: ignore[misc]

    def move_view(
        self, request: HttpRequest, object_id: str, name: str
    ) -> HttpResponse:
        subject = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        move = MOVES.get((str(self.opts.model_name), name))  # type: ignore[attr-defined]
        if subject is None or move is None:
            raise Http404
        page = MovePage(self, request, subject, move)
        refusal = permission_refusal(request.user, move)
        if refusal := refusal or eyes_refusal(move, subject, request.user):
            return page.forbidden([refusal])
        if request.method == "POST":
            return page.confirm()
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        return page.show()


def beginning_of(content: dict[str, Any]) -> dict[str, Any]:
    """Return content with its first claims: of hundreds nobody reads every field."""
    if "claims" not in content:
        return content
    return {**content, "claims": content["claims"][:CLAIMS_SHOWN]}


@dataclass(frozen=True)
class MovePage:
    """One confirmation page: the move, its subject, and who asks."""

    model_admin: Any
    request: HttpRequest
    subject: Any
    move: Move

    def show(
        self,
        status: int = 200,
        reasons: list[str] | None = None,
        changes: list[Any] | None = None,
    ) -> HttpResponse:
        """Show the full content with everything needed to confirm it."""
        content = shown_content(self.subject)
        text = canonical_json(content)
        context = {
            "page": status_page_of(self.subject),
            "lines": lines_of(beginning_of(content), self.move.subject),
            "lines_left_out": max(len(content.get("claims", ())) - CLAIMS_SHOWN, 0),
            "seen": digest_of(text),
            "shown": packed(text),
            "is_possible": self.move in moves_for(self.subject, self.request.user),
            "takes_reason": self.move.needs_reason or self.move.key in _REASON_WELCOME,
            "reason": self.request.POST.get("reason", ""),
            "reasons": reasons or [],
            "cautions": cautions_of(self.subject, self.move),
            "foreseen": [] if reasons else missing_for(self.move, self.subject),
            "changes": changes,
            "listing": self._listing(),
            "gate": self._gate(),
            "look": self._next_look(),
            "next_look": self.request.POST.get("next_look"),
        }
        return self._render("admin/move.html", context, status)

    def confirm(self) -> HttpResponse:
        posted = self.request.POST
        try:
            make_move(
                self.move.name,
                self.subject,
                self.request.user,
                seen=posted.get("seen", ""),
                reason=posted.get("reason", "").replace("\0", ""),
                details=self._details(),
            )
        except StaleMoveError as error:
            self.subject.refresh_from_db()
            return self.show(409, error.reasons, self._changes())
        except MoveForbiddenError as error:
            return self.forbidden(error.reasons)
        except MoveError as error:
            self.subject.refresh_from_db()
            return self.show(422, error.reasons)
        messages.success(self.request, self._what_was_done())
        return Redirect(self._back())

    def forbidden(self, reasons: list[str]) -> HttpResponse:
        return self._render("admin/move_forbidden.html", {"reasons": reasons}, 403)

    def _details(self) -> Any:
        posted = self.request.POST
        if self._lists_claims:
            return details_from(posted)
        if self.move.key in SETTING_MOVES:
            typed = posted.get("next_look", "").replace("\0", "")
            return ReviewDetails(typed, posted.get("next_look_shown", ""))
        return None

    def _what_was_done(self) -> str:
        words = {"move": self.move.label, "subject": self.subject}
        done = _("Done: %(move)s, “%(subject)s”.") % words
        if self.move.key not in SETTING_MOVES:
            return done
        day = Claim.objects.get(pk=self._claim.pk).next_review_on
        return f"{done} {in_words(NextLook(day, ''))}"

    @property
    def _claim(self) -> Claim:
        subject = self.subject
        return subject if isinstance(subject, Claim) else subject.claim

    def _next_look(self) -> NextLook | None:
        if self.move.key not in SETTING_MOVES:
            return None
        return next_look(self._claim, timezone.localdate())

    @property
    def _lists_claims(self) -> bool:
        return self.move.key == ("article", "release")

    def _listing(self) -> Any:
        if not self._lists_claims or not isinstance(self.subject, Article):
            return None
        return choices_of(self.subject, self.request.user, self.request.POST)

    def _gate(self) -> Gate | None:
        if self.move.key != ("article", "clear"):
            return None
        return gate_of(self.subject)

    def _changes(self) -> list[Any]:
        """Return what changed since the page was shown, as far as it can be told."""
        try:
            before = json.loads(unpacked(self.request.POST.get("shown", "")))
        except (ValueError, RecursionError):
            return []
        if not isinstance(before, dict):
            return []
        after = shown_content(self.subject)
        return list(differences(before, after, self.move.subject))

    def _back(self) -> str:
        """Return the address of the subject's page, in the queue it was opened from."""
        model = self.subject._meta.model_name
        page = reverse(f"admin:claims_{model}_change", args=[self.subject.pk])
        filters = self.model_admin.get_preserved_filters(self.request)
        return f"{page}?{filters}" if filters else page

    def _render(
        self, template: str, context: dict[str, Any], status: int
    ) -> HttpResponse:
        shared = {
            **self.model_admin.admin_site.each_context(self.request),
            "title": self.move.label,
            "subtitle": str(self.subject),
            "opts": self.model_admin.opts,
            "original": self.subject,
            "move": self.move,
            "back": self._back(),
        }
        return TemplateResponse(self.request, template, shared | context, status=status)
