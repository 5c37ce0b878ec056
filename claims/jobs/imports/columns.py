"""The columns of a file of claims: names, what they take, and what they mean.

A column for each citation is written ``citation_1_url``, ``citation_2_url`` …; in JSON
Lines, ``citations`` is a list of objects with the names without that beginning.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Any

from claims.formats.records import Fault
from claims.models import (
    Appearance,
    Article,
    Citation,
    Claim,
    Document,
    Source,
    Topic,
)
from claims.models.claim_imports import MAX_EXTERNAL_ID
from claims.models.sources import SourceKind

from . import cells

MAX_CITATIONS = 20
MAX_TOPICS = 20
MAX_TEXT_CHARACTERS = 20_000
PRIORITIES = tuple(name.lower() for name in Claim.Priority.names)
_NUMBERED = re.compile(r"citation_([1-9][0-9]?)_([a-z_]+)")


@dataclass(frozen=True)
class Column:
    """One column. ``read``: returns the value of a cell's text, or raises ``ValueError``.

    ``words``: what it takes, where that is a closed list. ``is_list``: several values,
    between semicolons; in JSON Lines a list.
    """

    name: str
    explanation: str
    read: Callable[[str], Any]
    is_required: bool = False
    words: tuple[str, ...] = ()
    is_list: bool = False


def _most(model: Any, field: str) -> int:
    return model._meta.get_field(field).max_length or MAX_TEXT_CHARACTERS


def _text(name: str, explanation: str, most: int, **more: Any) -> Column:
    return Column(name, explanation, partial(cells.text, most=most), **more)


def _word(name: str, explanation: str, model: Any, field: str, **more: Any) -> Column:
    known = tuple(str(value) for value, _label in model._meta.get_field(field).choices)
    known = tuple(word for word in known if word and word != more.get("but"))
    more.pop("but", None)
    reads = partial(cells.word, known=frozenset(known))
    return Column(name, explanation, reads, words=known, **more)


def _edtf(name: str, explanation: str) -> Column:
    return Column(name, explanation, cells.edtf)


CLAIM_COLUMNS = (
    _text(
        "external_id",
        "What the row is called where it comes from. The same id is the same claim.",
        MAX_EXTERNAL_ID,
        is_required=True,
    ),
    _text(
        "claim",
        "One statement that can be checked, in our own words.",
        _most(Claim, "text"),
        is_required=True,
    ),
    _word("kind", "What kind of statement it is.", Claim, "kind", is_required=True),
    _word(
        "voice",
        "How the article puts it. Empty: attributed. For “own” leave the source empty.",
        Claim,
        "voice",
    ),
    _text(
        "article",
        "The article it stands in: the end of its address here, or its public id.",
        _most(Article, "slug"),
    ),
    Column(
        "article_url",
        "Where the article is on the web; by it an article here is found.",
        cells.url,
    ),
    _text(
        "article_title",
        "The title; with it an article that is not here yet is made.",
        _most(Document, "title"),
    ),
    _text("article_publisher", "Who published a new article.", _most(Source, "name")),
    _edtf("article_published", "When a new article appeared, in EDTF."),
    _text(
        "wording",
        "The words as they stand in the article, letter for letter.",
        MAX_TEXT_CHARACTERS,
    ),
    _word(
        "placement",
        "Where they stand. Empty: as the stored copy has it, else body.",
        Appearance,
        "placement",
    ),
    _text(
        "source",
        "Whom the article names: a name or other name here, or a new one.",
        _most(Source, "name"),
    ),
    _word("source_kind", "Needed where the source is new.", Source, "kind"),
    _text("source_role", "As of the statement.", _most(Claim, "role")),
    _text(
        "said_words",
        "When, in the article's words: “last month”.",
        _most(Claim, "said_words"),
    ),
    _edtf("said_edtf", "When, in EDTF. Empty: read from the words, and shown to you."),
    _text("said_basis", "What the date rests on.", _most(Claim, "said_basis")),
    _text(
        "topics",
        "Labels or addresses of topics; new ones are made.",
        _most(Topic, "label"),
        is_list=True,
    ),
    Column(
        "priority",
        "How urgent it is. Empty: normal.",
        partial(cells.word, known=frozenset(PRIORITIES)),
        words=PRIORITIES,
    ),
    _text("assignee", "Username of whom it is assigned to.", 150),
    Column("due_on", "The day it is due, as 2026-03-31.", cells.day),
    _text("note", "A note for the desk. Never public.", MAX_TEXT_CHARACTERS),
)

CITATION_COLUMNS = (
    Column("url", "Where the document is; by it one here is found.", cells.url),
    _text("title", "Needed where the document is new.", _most(Document, "title")),
    _word("kind", "Of a new document. Empty: webpage.", Document, "kind"),
    _text("publisher", "Of a new document.", _most(Source, "name")),
    _edtf("published", "When a new document appeared, in EDTF."),
    _word(
        "stance",
        "What the document does to the claim; says which question it answers.",
        Citation,
        "stance",
        is_required=True,
    ),
    _word(
        "form",
        "Form of evidence. Empty: passage. An inquiry is entered at the desk.",
        Citation,
        "form",
        but="inquiry",
    ),
    _text("quotation", "Word for word, without marks.", MAX_TEXT_CHARACTERS),
    _text("language", "Of the quotation, as in ar.", _most(Citation, "language")),
    _word("locator_kind", "What the locator counts.", Citation, "locator_kind"),
    _text("locator", "Where it stands: 12, or 00:14:30.", _most(Citation, "locator")),
    _text("value", "A value, with its unit.", _most(Citation, "value")),
    _text("working", "Of a calculation: inputs and steps.", MAX_TEXT_CHARACTERS),
    _text("description", "What an image or recording shows.", MAX_TEXT_CHARACTERS),
    Column("observed_on", "The day of an own observation.", cells.day),
    _text("origin", "What the document took it from.", _most(Citation, "origin")),
    _text("desk_note", "For the desk. Never public.", MAX_TEXT_CHARACTERS),
)
OF_CLAIM = {column.name: column for column in CLAIM_COLUMNS}
OF_CITATION = {column.name: column for column in CITATION_COLUMNS}
#: Kinds of sources that publish: the first is that of a new one.
PUBLISHER_KINDS = (
    *(SourceKind.OUTLET, SourceKind.ORGANISATION, SourceKind.GOVERNMENT),
    SourceKind.SERIES,
)


def numbered(name: str) -> tuple[int, str] | None:
    """Return number and column of ``citation_2_url``; ``None`` for any other name."""
    found = _NUMBERED.fullmatch(name)
    if found is None or found[2] not in OF_CITATION or int(found[1]) > MAX_CITATIONS:
        return None
    return int(found[1]), found[2]


def unknown_columns(names: Iterable[str]) -> list[Fault]:
    """Return a fault for each name that is no column, with the nearest that is one."""
    return [
        Fault(name, f"There is no column “{name[:60]}”.", _nearest(name, _all_names()))
        for name in names
        if name not in OF_CLAIM and name != "citations" and numbered(name) is None
    ]


def unknown_citation_names(names: Iterable[str], place: str) -> list[Fault]:
    return [
        Fault(
            f"{place}{name[:60]}",
            f"A citation has no “{name[:60]}”.",
            _nearest(name, OF_CITATION),
        )
        for name in names
        if name not in OF_CITATION
    ]


def _all_names() -> list[str]:
    first = [f"citation_1_{name}" for name in OF_CITATION]
    return [*OF_CLAIM, *first, "citations"]


def _nearest(name: str, known: Iterable[str]) -> str:
    names = list(known)
    near = get_close_matches(re.sub(r"\d+", "1", name.casefold()), names, n=1)
    if near:
        return f"Did you mean “{near[0]}”?"
    return "`import_claims --columns` lists them all."
