"""The facts of one move under way, and the typed details some moves take."""

import datetime
from dataclasses import dataclass
from typing import Any

from claims.models.articles import Article
from claims.models.assessments import Assessment
from claims.models.claims import Claim
from claims.models.documents import Document
from claims.models.sources import Source
from claims.publishing.publication import Signature
from claims.workflow.moves import Move

Subject = Assessment | Article | Claim | Source | Document


@dataclass(frozen=True)
class ReleaseDetails:
    """The claims an editor ticked: pairs of public id and public status."""

    listed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ReviewDetails:
    """When to look again, as typed (a day, a rule, “never”), and what was shown there.

    Left as it was shown, or empty: the day given before, else the claim's rule, else
    its kind's.
    """

    next_look: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Step:
    """One move under way: rows locked and read afresh, everything it depends on."""

    move: Move
    subject: Any
    actor: Any
    at: datetime.datetime
    reason: str
    details: Any
    second_person: bool
    digest: str

    @property
    def signature(self) -> Signature:
        name = self.actor.get_full_name() or self.actor.get_username()
        return Signature(by=name, at=self.at, second_person=self.second_person)
