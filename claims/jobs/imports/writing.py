"""One batch of an import: everything its rows say, in one short transaction."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from claims.models import (
    Appearance,
    Citation,
    Claim,
    ClaimImport,
    ExternalId,
    ImportRow,
    Note,
    StoredCopy,
)
from claims.models.identity import new_public_id
from claims.moves.imports import record_batch
from claims.workflow.desk_words import RowOutcome, RowVerdict
from claims.workflow.words import AttributionCheck, BlockRole, Voice

from .contents import QUESTION_OF, Content
from .hindrances import hindrances_of
from .inserting import Row, insert, keys_of, note_histories
from .making import Maker
from .matching import Matched, Matcher, MatchError
from .places import Places
from .reading_dates import date_of

_PRIORITIES = {name.lower(): Claim.Priority[name] for name in Claim.Priority.names}
_OF_CITATION = (
    *("form", "quotation", "language", "locator_kind", "locator", "value", "working"),
    *("description", "origin", "desk_note"),
)


@dataclass(frozen=True)
class Ready:
    """A row with what it says and names, and the claim that is made or changed."""

    row: ImportRow
    content: Content
    matched: Matched
    known: ExternalId | None = None


#: Primary key of a claim, and the row that says what it is.
Pairs = list[tuple[int, Ready]]


class Writer:
    """Writes the batches of one import under its ledger."""

    def __init__(self, claim_import: ClaimImport, actor: Any) -> None:
        self._import, self._actor = claim_import, actor
        self._matcher, self._places = Matcher(), Places()
        self._reason = f"import {claim_import.public_id}"

    def write(self, rows: Sequence[ImportRow], at: datetime.datetime) -> None:
        """Write one batch, with its event; all of it or nothing.

        What is to be written is worked out before the transaction begins. A row whose
        claim somebody edited meanwhile is left, with the reason.
        """
        known = self._known(rows)
        ready, kept = self._matched(rows, known)
        with transaction.atomic():
            ready, late = self._still_free(ready)
            made = self._make(ready, at)
            self._add([each for each in ready if each.known is None], at)
            self._change([each for each in ready if each.known is not None], at)
            number = self._note([each.row for each in ready], kept + late)
            record_batch(
                self._import,
                number,
                [each.row for each in ready],
                made,
                self._actor,
                at,
            )

    # Before the transaction

    def _known(self, rows: Sequence[ImportRow]) -> dict[str, ExternalId]:
        ids = [row.external_id for row in rows if row.verdict == RowVerdict.CHANGE]
        found = ExternalId.objects.filter(
            origin=self._import.origin, external_id__in=ids
        ).order_by()
        return {row.external_id: row for row in found}

    def _matched(
        self, rows: Sequence[ImportRow], known: dict[str, ExternalId]
    ) -> tuple[list[Ready], list[ImportRow]]:
        ready, kept = [], []
        for row in rows:
            content = json.loads(row.content)
            try:
                matched = self._matcher.match(content)
            except MatchError as error:
                fault = error.fault
                row.remarks = [[fault.field, fault.sentence, fault.remedy]]
                kept.append(row)
                continue
            ready.append(Ready(row, content, matched, known.get(row.external_id)))
        return ready, kept

    # In it

    def _make(self, ready: list[Ready], at: datetime.datetime) -> dict[str, list[str]]:
        maker = Maker(self._matcher, self._actor, at, self._reason)
        maker.make([(each.content, each.matched) for each in ready])
        return maker.made

    def _still_free(self, ready: list[Ready]) -> tuple[list[Ready], list[ImportRow]]:
        """Lock the claims that are to be changed; leave out those edited meanwhile."""
        keys = [each.known.claim_id for each in ready if each.known is not None]
        if not keys:
            return ready, []
        claims = Claim.objects.filter(pk__in=keys).order_by("pk")
        locked = {claim.pk: claim for claim in claims.select_for_update(no_key=True)}
        known = [each.known for each in ready if each.known is not None]
        for row in known:
            row.claim = locked[row.claim_id]
        hindrances = hindrances_of(known)
        free, late = [], []
        for each in ready:
            hindrance = each.known and hindrances.get(each.known.claim_id)
            if hindrance:
                each.row.remarks = [["", hindrance, ""]]
                late.append(each.row)
            else:
                free.append(each)
        return free, late

    def _add(self, ready: list[Ready], at: datetime.datetime) -> None:
        ids = [each.row.claim_public_id for each in ready]
        insert(
            Claim,
            [
                {"public_id": public_id, **self._columns(each)}
                for public_id, each in zip(ids, ready, strict=True)
            ],
        )
        note_histories(Claim, ids, "+", self._actor, at, self._reason)
        keys = keys_of(Claim, ids)
        pairs = [(keys[each.row.claim_public_id], each) for each in ready]
        self._add_parts(pairs, at)
        self._add_notes(pairs, at)
        insert(
            ExternalId,
            [
                {
                    "origin": self._import.origin,
                    "external_id": each.row.external_id,
                    "claim_id": key,
                    "row_id": each.row.pk,
                }
                for key, each in pairs
            ],
        )

    def _change(self, ready: list[Ready], at: datetime.datetime) -> None:
        """Let claims, and their parts, say what the rows say now."""
        pairs = [(each.known.claim, each) for each in ready if each.known is not None]
        for claim, each in pairs:
            for name, value in self._columns(each).items():
                setattr(claim, name, value)
            claim.version += 1
            history: Any = claim
            history._history_user, history._change_reason = self._actor, self._reason
            claim.save()
            known = ExternalId.objects.filter(claim=claim, row=each.row.previous_id)
            known.update(row=each.row, version=claim.version)
        keys = [claim.pk for claim, _each in pairs]
        # Only drafts come here; what they said stays in the rows and in the history.
        Citation.objects.filter(claim__in=keys).delete()
        Appearance.objects.filter(claim__in=keys, is_first=True).delete()
        Claim.topics.through.objects.filter(claim__in=keys).delete()
        self._add_parts([(claim.pk, each) for claim, each in pairs], at)

    def _columns(self, each: Ready) -> Row:
        """Return what a row says in columns of the claim itself."""
        content, matched = each.content, each.matched
        said = date_of(content, matched.article.published)
        is_own = content["voice"] == Voice.OWN
        check = (
            AttributionCheck.NOT_APPLICABLE if is_own else AttributionCheck.UNCHECKED
        )
        return {
            "text": content["claim"],
            "kind": content["kind"],
            "voice": content["voice"],
            "role": content.get("source_role", ""),
            "article_id": matched.article.pk,
            "source_id": matched.source.pk if matched.source else None,
            "said_words": said.words,
            "said_edtf": said.edtf,
            "said_basis": said.basis,
            "said_from": said.bounds.earliest,
            "said_to": said.bounds.latest,
            "attribution_check": str(check),
            "priority": int(_PRIORITIES[content.get("priority", "normal")]),
            "assignee_id": matched.assignee,
            "due_on": _day(content.get("due_on")),
        }

    def _add_parts(self, pairs: Pairs, at: datetime.datetime) -> None:
        insert(Appearance, self._appearances(pairs))
        citations = [row for key, each in pairs for row in self._citations(key, each)]
        insert(Citation, citations)
        ids = [row["public_id"] for row in citations]
        note_histories(Citation, ids, "+", self._actor, at, self._reason)
        topics = [
            {"claim_id": key, "topic_id": topic.pk}
            for key, each in pairs
            for topic in each.matched.topics
        ]
        insert(Claim.topics.through, topics)

    def _add_notes(self, pairs: Pairs, at: datetime.datetime) -> None:
        notes = [
            {"claim_id": key, "author_id": self._actor.pk, "body": body, "at": at}
            for key, each in pairs
            if (body := each.content.get("note"))
        ]
        insert(Note, notes)

    def _appearances(self, pairs: Pairs) -> list[Row]:
        """Return the places of claims; the passages of each copy are found in one go."""
        rows: list[Row] = []
        standing: dict[StoredCopy, list[tuple[Row, tuple[int, int]]]] = {}
        for key, each in pairs:
            wording, article = each.content.get("wording", ""), each.matched.article
            if not wording:
                continue
            row = {"claim_id": key, "article_id": article.pk, "wording": wording}
            row["placement"] = each.content.get("placement") or str(BlockRole.BODY)
            rows.append(row)
            copy = self._places.copy_of(article)
            place = self._places.place_of(article, wording)
            if copy is not None and place is not None:
                if "placement" not in each.content:
                    row["placement"] = copy.role_at(place[0]) or row["placement"]
                standing.setdefault(copy, []).append((row, place))
        for copy, placed in standing.items():
            passages = copy.passages_at(place for _row, place in placed)
            for row, place in placed:
                row["passage_id"] = passages[place].pk
        return rows

    def _citations(self, key: int, each: Ready) -> list[Row]:
        known, content = self._matcher.documents, each.content
        named = zip(content.get("citations", ()), each.matched.documents, strict=True)
        return [
            {
                "public_id": new_public_id(),
                "claim_id": key,
                "position": position,
                "document_id": known[document],
                "question": QUESTION_OF[given["stance"]],
                "stance": given["stance"],
                **{name: given[name] for name in _OF_CITATION if name in given},
                "observed_on": _day(given.get("observed_on")),
            }
            for position, (given, document) in enumerate(named, start=1)
        ]

    def _note(self, written: list[ImportRow], kept: list[ImportRow]) -> int:
        """Write the ledger; return the number of the batch."""
        number = self._import.batches + 1
        keys = [row.pk for row in written]
        rows = ImportRow.objects.filter(pk__in=keys)
        rows.update(outcome=RowOutcome.WRITTEN, batch=number)
        for row in kept:
            row.outcome = RowOutcome.KEPT
        ImportRow.objects.bulk_update(kept, ["outcome", "remarks"])
        ClaimImport.objects.filter(pk=self._import.pk).update(
            batches=number,
            written=F("written") + len(written),
            kept=F("kept") + len(kept),
        )
        self._import.refresh_from_db()
        return number


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
