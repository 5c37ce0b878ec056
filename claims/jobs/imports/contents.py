"""A record → what it says of a claim, under the names of the columns.

Pure: nothing is looked up. The same row gives the same content whatever format it came
in, so that its digest says whether anything changed.
"""

from typing import Any

from django.utils.translation import gettext as _

from claims.formats.records import Fault, Record
from claims.workflow.words import STANCES, Voice

from .cells import refuse_unstorable
from .columns import (
    MAX_CITATIONS,
    MAX_TOPICS,
    OF_CITATION,
    OF_CLAIM,
    Column,
    unknown_citation_names,
    unknown_columns,
)

Content = dict[str, Any]
_NUMBERED = {
    f"citation_{number}_{name}": (number, name)
    for number in range(1, MAX_CITATIONS + 1)
    for name in OF_CITATION
}
#: Stance → the question it answers.
QUESTION_OF = {
    str(stance): str(question)
    for question, stances in STANCES.items()
    for stance in stances
}


def content_of(record: Record) -> tuple[Content, list[Fault]]:
    """Return the content of a record, and why it cannot be taken."""
    faults = list(record.faults)
    content: Content = {}
    citations: dict[int, dict[str, Any]] = {}
    for name, cell in record.cells.items():
        if column := OF_CLAIM.get(name):
            _take(content, column, cell, name, faults)
        elif place := _NUMBERED.get(name):
            citations.setdefault(place[0], {})[place[1]] = cell
        elif name == "citations":
            citations.update(_listed(cell, faults))
        else:
            faults += unknown_columns([name])
    if citations:
        content["citations"] = [
            _citation(citations[number], number, faults) for number in sorted(citations)
        ]
    if not record.faults:
        _refuse_missing(content, OF_CLAIM, "", faults)
        faults += _contradictions(content, faults)
    return content, faults


def _take(
    into: Content, column: Column, cell: Any, place: str, faults: list[Fault]
) -> None:
    try:
        value = _values(column, cell) if column.is_list else column.read(_as_text(cell))
    except ValueError as error:
        faults.append(Fault(place, str(error)))
        return
    if value:
        into[column.name] = value


def _as_text(cell: Any) -> str:
    if not isinstance(cell, str):
        if not isinstance(cell, int) or isinstance(cell, bool):
            raise ValueError(_("Give a text."))
        return str(cell)
    if not cell.isascii() or "\x00" in cell:
        refuse_unstorable(cell)
    return cell


def _values(column: Column, cell: Any) -> list[str]:
    parts = cell if isinstance(cell, list) else _as_text(cell).split(";")
    values = [column.read(_as_text(part)) for part in parts]
    found = list(dict.fromkeys(value for value in values if value))
    if len(found) > MAX_TOPICS:
        raise ValueError(_("%(most)s are the most.") % {"most": MAX_TOPICS})
    return found


def _listed(cell: Any, faults: list[Fault]) -> dict[int, dict[str, Any]]:
    """Return the citations of a JSON list by number."""
    if not isinstance(cell, list) or not all(isinstance(each, dict) for each in cell):
        faults.append(Fault("citations", _("Give a list of objects.")))
        return {}
    if len(cell) > MAX_CITATIONS:
        sentence = _("%(most)s citations are the most.") % {"most": MAX_CITATIONS}
        faults.append(Fault("citations", sentence))
        return {}
    return dict(enumerate(cell, start=1))


def _citation(given: dict[str, Any], number: int, faults: list[Fault]) -> Content:
    place = f"citation_{number}_"
    citation: Content = {}
    for name, cell in given.items():
        column = OF_CITATION.get(name)
        if column is None:
            faults += unknown_citation_names([name], place)
        elif cell is not None and cell != "":
            _take(citation, column, cell, f"{place}{name}", faults)
    _refuse_missing(citation, OF_CITATION, place, faults)
    if not citation.get("url") and not citation.get("title"):
        sentence = _("Which document? It has neither address nor title.")
        faults.append(Fault(f"{place}url", sentence))
    if citation.get("locator") and not citation.get("locator_kind"):
        sentence = _("What does “%(locator)s” count? Give page, paragraph …")
        sentence %= {"locator": citation["locator"]}
        faults.append(Fault(f"{place}locator_kind", sentence))
    return citation


def _refuse_missing(
    content: Content, columns: dict[str, Column], place: str, faults: list[Fault]
) -> None:
    said = {fault.field for fault in faults}
    for name, column in columns.items():
        if column.is_required and name not in content and place + name not in said:
            faults.append(Fault(place + name, _("It is empty."), column.explanation))


def _contradictions(content: Content, faults: list[Fault]) -> list[Fault]:
    """Return what is wrong between cells that are right one by one."""
    found = []
    said = {fault.field for fault in faults}
    if "voice" not in content and "voice" not in said:
        content["voice"] = str(Voice.ATTRIBUTED)
    voice, source = content.get("voice"), content.get("source")
    if voice == Voice.ATTRIBUTED and not source and "source" not in said:
        remedy = _("Name it, or give the voice: own, passive or unclear.")
        found.append(Fault("source", _("Nobody is named."), remedy))
    if voice == Voice.OWN and source:
        sentence = _("In the article's own voice the source is its publisher.")
        found.append(Fault("source", sentence, _("Leave it empty.")))
    names = ("article", "article_url", "article_title")
    if not any(content.get(name) or name in said for name in names):
        sentence = _("In which article does it stand?")
        found.append(
            Fault("article", sentence, _("Give its address here, or its url."))
        )
    return found
