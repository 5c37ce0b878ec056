"""Reads what the contents of claims are made of: values, one query a kind of part."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from claims.models.appearances import Appearance
from claims.models.attribution import AttributionLink
from claims.models.citations import Citation
from claims.models.claims import Claim
from claims.models.copies import Passage
from claims.models.inquiries import Inquiry
from claims.models.searches import EvidenceSearch

Content = dict[str, Any]

#: The parts of a claim in the order of the column; what has no day there was not done.
_PARTS: dict[str, tuple[Any, str]] = {
    "appearances": (Appearance, "is_first"),
    "chain": (AttributionLink, "position"),
    "citations": (Citation, "position"),
    "searches": (EvidenceSearch, "searched_on"),
    "inquiries": (Inquiry, "asked_on"),
}
#: Fields of a claim that name another row, which its content tells by public id.
_NAMED = ("article", "source", "attribution_citation", "superseded_citation")


def told_of(claims: Sequence[int]) -> dict[int, Content]:
    """Return what these claims say through other rows, by primary key.

    Shape of each: the fields that name a row with its public id, ``topics`` as pairs
    of slug and label, and a list of contents for each kind of part.
    """
    told = _named(claims)
    for claim, topics in _topics(claims).items():
        told[claim]["topics"] = sorted(topics)
    for name, (model, order) in _PARTS.items():
        for claim, found in _parts(model, claims).items():
            told[claim][name] = _in_order(found, order)
    return told


def _named(claims: Sequence[int]) -> dict[int, Content]:
    columns = [f"{name}__public_id" for name in _NAMED]
    rows = Claim.objects.filter(pk__in=claims).order_by()
    empty: Content = {name: [] for name in ("topics", *_PARTS)}
    return {
        claim: {**dict(zip(_NAMED, named, strict=True)), **empty}
        for claim, *named in rows.values_list("pk", *columns)
    }


def _topics(claims: Sequence[int]) -> dict[int, list[list[str]]]:
    found = defaultdict(list)
    rows = Claim.topics.through._default_manager.filter(claim__in=claims)
    for claim, *topic in rows.values_list("claim", "topic__slug", "topic__label"):
        found[claim].append(topic)
    return found


def _parts(model: Any, claims: Sequence[int]) -> dict[int, list[Content]]:
    found = defaultdict(list)
    columns = _columns(model)
    rows = model._default_manager.filter(claim__in=claims).order_by()
    for claim, *values in rows.values_list("claim", *columns):
        told = dict(zip(columns, map(plain, values), strict=True))
        found[claim].append(_content(model, told))
    return found


@cache
def _columns(model: Any) -> tuple[str, ...]:
    columns = ["public_id"]
    for name in model.SIGNED_FIELDS:
        named = model._meta.get_field(name).related_model
        if named is Passage:
            columns += [f"{name}__{column}" for column in _columns(Passage)]
        else:
            columns.append(f"{name}__public_id" if named else name)
    return tuple(columns)


def _content(model: Any, told: Content, path: str = "") -> Content:
    """Return a row's content, with the values found under these columns."""
    content: Content = {"id": told[f"{path}public_id"]}
    for name in model.SIGNED_FIELDS:
        named = model._meta.get_field(name).related_model
        if named is Passage:
            is_there = told[f"{name}__public_id"] is not None
            content[name] = _content(Passage, told, f"{name}__") if is_there else None
        else:
            column = f"{path}{name}__public_id" if named else f"{path}{name}"
            content[name] = told[column]
    return without_empty(model, content)


def without_empty(model: Any, content: Content) -> Content:
    """Leave out the fields that are there only when they say something."""
    for name in getattr(model, "LEFT_OUT_WHEN_EMPTY", ()):
        if name in content and not content[name]:
            del content[name]
    return content


def _in_order(found: Iterable[Content], order: str) -> list[Content]:
    first_is_true = order == "is_first"
    return sorted(
        (part for part in found if part[order] is not None),
        key=lambda part: (
            not part[order] if first_is_true else part[order],
            part["id"],
        ),
    )


def plain(value: Any) -> Any:
    """Return a value as JSON has it: days and moments as ISO 8601, these in UTC."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value
