"""What a person does about a link: overrule the machine, take over an address, settle."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Document, LinkNotice, LinkWatch
from claims.models.events import Actor, append_event
from claims.publishing.facts import refresh_facts
from claims.workflow.desk_words import OVERRULING_STATES, LinkNoticeKind

from .edits import record_edit
from .errors import MoveForbiddenError, MoveRefusedError, StaleMoveError

DECIDING = "claims.change_document"


def overrule_link(
    document: Document,
    actor: Any,
    state: str,
    reason: str,
    seen: str,
    at: datetime.datetime | None = None,
) -> LinkWatch:
    """Say what a link is, whatever the machine sees; it holds until it is lifted.

    ``seen``: what a person had said before (``words_of``), as the page showed it. The
    machine goes on looking. Raises ``MoveForbiddenError``, ``MoveRefusedError`` or
    ``StaleMoveError``.
    """
    _refuse_actor(actor)
    if state not in OVERRULING_STATES:
        raise MoveRefusedError(_("Choose what the link is."))
    if not reason.strip():
        raise MoveRefusedError(_("Say how you know."))
    at = at or timezone.now()
    with transaction.atomic():
        row, watch = _locked(document, seen)
        watch.overruled_as, watch.overruled_by = state, actor
        watch.overruled_at, watch.overrule_reason = at, reason.strip()
        watch.save()
        _show(row, watch)
        _append("link_overruled", row, actor, at, {"state": state})
    return watch


def lift_link(
    document: Document, actor: Any, seen: str, at: datetime.datetime | None = None
) -> LinkWatch:
    """Take back what a person said of a link: the machine's word holds again."""
    _refuse_actor(actor)
    at = at or timezone.now()
    with transaction.atomic():
        row, watch = _locked(document, seen)
        if not watch.overruled_as:
            raise MoveRefusedError(_("Nobody overrules the link watch here."))
        watch.overruled_as = watch.overrule_reason = ""
        watch.overruled_by = watch.overruled_at = None
        watch.save()
        _show(row, watch)
        _append("link_lifted", row, actor, at, {"state": watch.state})
    return watch


def ask_for_look(
    document: Document, actor: Any, at: datetime.datetime | None = None
) -> None:
    """Let the next run look at a link, due or not; nothing is fetched here."""
    _refuse_actor(actor)
    watched = Document.objects.watched().filter(pk=document.pk)
    if not watched.exists():
        raise MoveRefusedError(
            _("Only addresses of documents are watched that are cited or public.")
        )
    rows = Document.objects.filter(pk=document.pk)
    rows.update(next_check_at=at or timezone.now())


def take_over_address(
    document: Document, actor: Any, url: str, at: datetime.datetime | None = None
) -> Document:
    """Give a document the address that its page has moved to: an edit by this person.

    ``url``: the address that the page showed. The old one stays in the document's
    history, and in every look at it. A notice that waits is settled with it.
    """
    _refuse_actor(actor)
    at = at or timezone.now()
    with transaction.atomic():
        row: Document = Document.objects.select_for_update(no_key=True).get(
            pk=document.pk
        )
        watch = LinkWatch.objects.filter(document=row, url=row.url).first()
        if watch is None or not url or watch.moved_to != url:
            raise StaleMoveError(_("The page stands somewhere else by now."))
        row.url = url
        row.version += 1
        try:
            row.full_clean()
        except ValidationError as error:
            raise MoveRefusedError(error.messages) from error
        row.save()
        waiting = LinkNotice.objects.unsettled().filter(document=row)
        waiting.filter(kind=LinkNoticeKind.MOVED).update(
            settled_by=actor,
            settled_at=at,
            conclusion=_("The new address was taken over."),
        )
        record_edit(row, actor, ["document.url"], at=at)
    return row


def settle_link(
    notice: LinkNotice,
    actor: Any,
    conclusion: str,
    at: datetime.datetime | None = None,
) -> LinkNotice:
    """Say what follows from what happened to a link; it leaves the queue."""
    _refuse_actor(actor)
    if not conclusion.strip():
        raise MoveRefusedError(_("Say what follows."))
    at = at or timezone.now()
    with transaction.atomic():
        row: LinkNotice = LinkNotice.objects.select_for_update().get(pk=notice.pk)
        if row.settled_at is not None:
            raise StaleMoveError(
                _("%(name)s settled this meanwhile: “%(conclusion)s”")
                % {"name": row.settled_by, "conclusion": row.conclusion}
            )
        if row.kind != notice.kind:
            raise StaleMoveError(
                _("Something else happened meanwhile: %(what)s.")
                % {"what": row.get_kind_display()}
            )
        row.settled_by, row.settled_at = actor, at
        row.conclusion = conclusion.strip()
        row.save()
        details = {"notice": row.public_id, "kind": row.kind}
        _append("link_settled", row.document, actor, at, details)
    return row


def words_of(watch: LinkWatch | None) -> str:
    """Name what a person says of a link, and since when, to know it again."""
    if watch is None or watch.overruled_at is None:
        return ""
    return f"{watch.overruled_as} {watch.overruled_at.isoformat()}"


def _refuse_actor(actor: Any) -> None:
    if not actor.has_perm(DECIDING):
        raise MoveForbiddenError(_("You may not decide about links."))


def _locked(document: Document, seen: str) -> tuple[Document, LinkWatch]:
    """Lock a document, as looks at its link do; refuse what was decided meanwhile."""
    row: Document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    watch, _made = LinkWatch.objects.get_or_create(
        document=row, defaults={"url": row.url, "state": row.link_state}
    )
    if words_of(watch) != seen:
        raise StaleMoveError(_("A colleague decided about this link meanwhile."))
    return row, watch


def _show(document: Document, watch: LinkWatch) -> None:
    """Tell lists and readers at once."""
    document.link_state = watch.shown_state
    # Not by save(): the machine's columns are no field of the document's form.
    Document.objects.filter(pk=document.pk).update(link_state=document.link_state)
    refresh_facts([document])


def _append(
    verb: str,
    document: Document,
    actor: Any,
    at: datetime.datetime,
    details: dict[str, Any],
) -> None:
    append_event(verb, "document", document.public_id, Actor.of(actor), at, details)
