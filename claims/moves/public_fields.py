"""Moves of sources and documents: release their changed public fields."""

from typing import Any

from claims.publishing import releases

from .edits import record_sealing
from .steps import Step


def release_source(step: Step) -> dict[str, Any]:
    sealed = releases.release_source(step.subject, step.signature)
    record_sealing(sealed, step.actor, step.at)
    return {"digest": step.digest}


def release_document(step: Step) -> dict[str, Any]:
    releases.release_document(step.subject, step.signature)
    return {"digest": step.digest}
