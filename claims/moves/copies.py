"""An editor seals a stored copy: what it holds goes, that it was there stays.

Words that claims stand on stay with them, since that is what was signed; whoever wants
those gone takes the claim down.
"""

import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import (
    Anchoring,
    Appearance,
    Background,
    Citation,
    Document,
    Passage,
    Release,
    StoredCopy,
    Suggestion,
)
from claims.models.events import Actor, append_event
from claims.models.releases import SubjectType
from claims.publishing.sealing import seal
from claims.workflow.words import ClaimState

from .errors import MoveForbiddenError, MoveRefusedError, StaleMoveError

SEALING = "claims.seal_storedcopy"
#: Rows whose passages stay, of claims and of where their words stand now: the name of
#: the passage, and where the claim is found.
_STANDING: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (Appearance, "passage", ("claim",)),
    (Citation, "passage", ("claim",)),
    (Anchoring, "base", ("appearance__claim", "citation__claim")),
    (Anchoring, "found", ("appearance__claim", "citation__claim")),
)


def seal_copy(
    copy: StoredCopy, actor: Any, reason: str, at: datetime.datetime | None = None
) -> list[str]:
    """Take text and files out of a copy for good; return the names of its files.

    The caller removes those files once this is committed, unless another copy has the
    same. Suggestions and background marks of the copy go, and the words of passages
    that no claim stands on; so do earlier releases that showed its text. Raises
    ``MoveForbiddenError``, ``MoveRefusedError`` or ``StaleMoveError``.
    """
    if not actor.has_perm(SEALING):
        raise MoveForbiddenError(_("You may not seal stored copies."))
    if not reason.strip():
        raise MoveRefusedError(_("Say why the copy is sealed."))
    at = at or timezone.now()
    with transaction.atomic():
        Document.raise_version(copy.document_id)  # locks it, as adding a copy does
        row: StoredCopy = StoredCopy.objects.select_for_update(of=("self",)).get(
            pk=copy.pk
        )
        if row.sealed_at is not None:
            raise StaleMoveError(_("This copy is sealed already."))
        showing = showing_releases(row)
        if showing and is_shown(row):
            raise MoveRefusedError(
                _(
                    "Readers are shown its text: set the article to excerpts, release it."
                )
            )
        names = [name for name in (row.file.name, row.warc.name) if name]
        _empty(row, reason.strip(), at)
        _forget_words(row)
        seal(showing, at)
        details = {
            "copy": row.public_id,
            "number": row.number,
            "releases": [release.number for release in showing],
        }
        public_id = row.document.public_id
        append_event("copy_sealed", "document", public_id, Actor.of(actor), at, details)
    return names


def showing_releases(copy: StoredCopy) -> list[Release]:
    """Return the open releases of its article that hold the copy's text."""
    article = getattr(copy.document, "article", None)
    if article is None:
        return []
    rows = Release.objects.of(SubjectType.ARTICLE, article.public_id)
    return [row for row in rows.filter(sealed_at=None) if _shows(row, copy)]


def is_shown(copy: StoredCopy) -> bool:
    """Whether readers see the copy's text now."""
    article = getattr(copy.document, "article", None)
    if article is None:
        return False
    newest = Release.objects.newest(SubjectType.ARTICLE, article.public_id)
    return newest is not None and _shows(newest, copy)


def _shows(release: Release, copy: StoredCopy) -> bool:
    shown = release.parsed.get("copy") or {}
    return shown.get("id") == copy.public_id and bool(shown.get("text"))


def _empty(copy: StoredCopy, reason: str, at: datetime.datetime) -> None:
    copy.file = copy.warc = copy.text = ""
    copy.blocks, copy.pages = [], []
    copy.sealed_at, copy.sealed_reason = at, reason
    copy.save(update_fields=[*copy.SEALED_FIELDS, "sealed_at", "sealed_reason"])


def _forget_words(copy: StoredCopy) -> None:
    """Remove what else repeats the text: what was only suggested or marked there."""
    within = {"passage__stored_copy": copy}
    Suggestion.objects.filter(**within, claim=None).delete()
    Background.objects.filter(**within).delete()
    for passage in words_to_forget(copy):
        passage.forget_words()


def words_to_forget(copy: StoredCopy) -> "models.QuerySet[Passage]":
    """Return the passages of a copy that no claim stands on, but those taken down."""
    rows: models.QuerySet[Passage] = copy.passages.exclude(exact="")
    for model, name, claims in _STANDING:
        used = model._default_manager.filter(**{name: models.OuterRef("pk")})
        for claim in claims:
            used = used.exclude(**{f"{claim}__state": ClaimState.TAKEN_DOWN})
        rows = rows.exclude(models.Exists(used))
    return rows
