"""Moves of sources and documents: release their changed public fields."""

from typing import Any

from django.utils.translation import gettext as _

from claims.models.releases import Release
from claims.publishing import releases

from .errors import MoveRefusedError
from .steps import Step


def release_source(step: Step) -> dict[str, Any]:
    _refuse_unless_changed(step, "source")
    releases.release_source(step.subject, step.signature)
    return {"digest": step.digest}


def release_document(step: Step) -> dict[str, Any]:
    _refuse_unless_changed(step, "document")
    releases.release_document(step.subject, step.signature)
    return {"digest": step.digest}


def _refuse_unless_changed(step: Step, subject_type: str) -> None:
    newest = Release.objects.newest(subject_type, step.subject.public_id)
    if newest is None:
        raise MoveRefusedError(
            _(
                "Readers do not know it yet: it is released with the claims that name it."
            )
        )
    if newest.digest == step.digest:
        raise MoveRefusedError(_("Nothing public has changed since the last release."))
