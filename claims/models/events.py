"""The append-only, hash-chained log of editorial acts."""

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from .identity import ImmutableQuerySet

GENESIS_HASH = "0" * 64


def canonical_json(content: Any) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, no NaN.

    The rules of RFC 8785 (JSON Canonicalization Scheme) for the values used here:
    texts, whole numbers, booleans, null, lists and dictionaries with text keys.
    """
    return json.dumps(
        content,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )


def digest_of(text: str) -> str:
    """Return the SHA-256 of a canonical JSON text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class EventQuerySet(ImmutableQuerySet):
    def of(self, subject_type: str, public_id: str) -> "EventQuerySet":
        return self.filter(subject_type=subject_type, subject_id=public_id)


class Event(models.Model):
    """One editorial act: who, when, on what. Never field text, never a secret name."""

    sequence = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("at"))
    actor_id = models.CharField(_("id of the actor"), max_length=40, blank=True)
    actor_name = models.CharField(_("actor"), max_length=200)
    subject_type = models.CharField(_("subject"), max_length=30)
    subject_id = models.CharField(_("id of the subject"), max_length=40)
    verb = models.CharField(_("act"), max_length=30)
    body = models.TextField(
        _("body"), help_text=_("The exact canonical JSON text that is hashed.")
    )
    previous_hash = models.CharField(_("previous hash"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["sequence"]
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "sequence"], name="event_subject"
            ),
            models.Index(fields=["actor_id", "sequence"], name="event_actor"),
            # What the log is narrowed by.
            models.Index(fields=["subject_type", "sequence"], name="event_kind"),
            models.Index(fields=["verb", "sequence"], name="event_verb"),
            models.Index(fields=["actor_name", "sequence"], name="event_name"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.actor_name} {self.verb} {self.subject_type}"

    @property
    def details(self) -> dict[str, Any]:
        return json.loads(self.body).get("details", {})

    def agrees_with_its_body(self) -> bool:
        """Say whether the columns still say what the hashed body says."""
        try:
            body = json.loads(self.body)
            return body == {
                "sequence": self.sequence,
                "at": _timestamp(self.at),
                "actor": {"id": self.actor_id, "name": self.actor_name},
                "subject": {"type": self.subject_type, "id": self.subject_id},
                "verb": self.verb,
                "details": body["details"],
            }
        except (ValueError, KeyError, TypeError, AttributeError):
            return False


class EventHead(models.Model):
    """The one row that names the newest event; its lock puts events in line."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS_HASH)

    class Meta:
        verbose_name = _("head of the event chain")
        verbose_name_plural = _("head of the event chain")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="event_head_one_row", condition=models.Q(id=1))
        ]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.hash}"


@dataclass(frozen=True)
class Actor:
    """Who acts, as text: events outlive accounts."""

    id: str
    name: str

    @classmethod
    def of(cls, user: Any) -> "Actor":
        """Name a user by primary key and username; a text names a command."""
        if isinstance(user, str):
            return cls("", user)
        return cls(str(user.pk), user.get_username())


def lock_head() -> EventHead:
    """Lock the head of the chain until the transaction ends; return it.

    Whoever holds it is the only one to append events, and to write the record.
    """
    head, _made = EventHead.objects.select_for_update().get_or_create(id=1)
    return head


def append_event(
    verb: str,
    subject_type: str,
    subject_id: str,
    actor: Actor,
    at: datetime.datetime,
    details: dict[str, Any] | None = None,
) -> Event:
    """Append one event to the chain; call it last in the transaction.

    ``details`` holds field names, digests and states; never text of a field.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is appended in the transaction of its act.")
    head = lock_head()
    sequence = head.sequence + 1
    body = canonical_json(
        {
            "sequence": sequence,
            "at": _timestamp(at),
            "actor": {"id": actor.id, "name": actor.name},
            "subject": {"type": subject_type, "id": subject_id},
            "verb": verb,
            "details": details or {},
        }
    )
    event = Event.objects.create(
        sequence=sequence,
        at=at,
        actor_id=actor.id,
        actor_name=actor.name,
        subject_type=subject_type,
        subject_id=subject_id,
        verb=verb,
        body=body,
        previous_hash=head.hash,
        hash=chain_hash(head.hash, body),
    )
    head.sequence, head.hash = sequence, event.hash
    head.save(update_fields=["sequence", "hash"])
    return event


def chain_hash(previous_hash: str, body: str) -> str:
    """Return SHA-256 of the previous hash, a line feed and the body."""
    return digest_of(f"{previous_hash}\n{body}")


@dataclass(frozen=True)
class BrokenLink:
    """The first event at which the chain fails, and how."""

    sequence: int
    fault: str


def verify_chain() -> tuple[int, BrokenLink | None]:
    """Walk the whole chain; return the number of events and the first break."""
    previous_hash, expected = GENESIS_HASH, 1
    count = 0
    for event in _readable_events():
        count += 1
        if event is None:
            return count, BrokenLink(expected, str(_("it cannot be read")))
        fault = _fault(event, expected, previous_hash)
        if fault:
            return count, BrokenLink(event.sequence, fault)
        previous_hash, expected = event.hash, expected + 1
    head = EventHead.objects.filter(id=1).first()
    if (head.sequence, head.hash) != (count, previous_hash) if head else count:
        return count, BrokenLink(
            expected, str(_("the head of the chain names another last event"))
        )
    return count, None


def _readable_events() -> Iterator[Event | None]:
    """Yield every event in line; ``None``, and no more, at one that cannot be read.

    SQLite keeps any text in a column of times; reading it then raises, for a whole
    portion of rows. The rest is read one by one up to the row that is at fault.
    """
    events = Event.objects.order_by("sequence")
    last = 0
    try:
        for event in events.iterator(chunk_size=2000):
            last = event.sequence
            yield event
        return
    except (ValueError, TypeError):
        pass
    try:
        while single := events.filter(sequence__gt=last).first():
            last = single.sequence
            yield single
    except (ValueError, TypeError):
        yield None


def _fault(event: Event, expected: int, previous_hash: str) -> str:
    if event.sequence != expected:
        return str(_("event %(number)s is missing") % {"number": expected})
    if event.previous_hash != previous_hash:
        return str(_("it does not follow the event before it"))
    if chain_hash(previous_hash, event.body) != event.hash:
        return str(_("its body was changed"))
    if not event.agrees_with_its_body():
        return str(_("its columns differ from its body"))
    return ""


def _timestamp(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
