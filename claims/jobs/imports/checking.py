"""A file is read and checked whole, row by row, into the staging table. Nothing is made.

What it costs to read is bounded by the readers; rows come in short transactions, so
that nobody at the desk waits.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.formats.readers import READERS
from claims.formats.records import Fault, FormatError, Reading, Record
from claims.jobs.durable import sha256_of
from claims.models import ClaimImport, ExternalId, ImportRow
from claims.models.events import canonical_json, digest_of
from claims.models.identity import new_public_id
from claims.workflow.desk_words import ClaimImportState, RowVerdict

from .cells import storable
from .columns import OF_CLAIM, unknown_columns
from .contents import Content, content_of
from .errors import ImportRefusedError
from .hindrances import hindrances_of
from .inserting import insert
from .matching import Matcher, MatchError
from .places import Places
from .reading_dates import date_of

ROWS_AT_ONCE = 500
#: Of one row; whoever mends these sees the next.
FAULTS_TOLD = 20
#: What an origin is called that nobody named.
UNNAMED_ORIGIN = "unnamed"


@dataclass(frozen=True)
class File:
    """A file that is to be imported: an open binary stream that can be rewound."""

    stream: BinaryIO
    name: str
    format: str
    origin: str = UNNAMED_ORIGIN


def stage(
    file: File,
    by: Any = None,
    at: datetime.datetime | None = None,
    *,
    most: int | None = None,
    progress: Any = None,
) -> ClaimImport:
    """Check every row of a file and say of each what importing it would do.

    ``most``: the number of rows that are taken at most. ``progress``: is told how many
    bytes of the file were read. Raises ``ImportRefusedError`` where the file itself
    cannot be read; what was staged of it is thrown away.
    """
    digest = sha256_of(file.stream)
    file.stream.seek(0)
    reading = _begun(file)
    row: ClaimImport = ClaimImport.objects.create(
        file_name=file.name[-200:],
        file_sha256=digest,
        file_format=file.format,
        origin=file.origin,
        by=by,
        at=at or timezone.now(),
    )
    try:
        _stage_all(row, reading, most, lambda: progress and progress(file.stream))
    except FormatError as error:
        throw_away(row)
        raise ImportRefusedError(str(error)) from None
    except BaseException:
        throw_away(row)
        raise
    return row


def throw_away(row: ClaimImport) -> None:
    """Remove what was staged of an import that nobody began."""
    if row.state not in (ClaimImportState.READING, ClaimImportState.CHECKED):
        raise ImportRefusedError(_("It was begun already: undo it instead."))
    while keys := list(row.rows.values_list("pk", flat=True)[: 4 * ROWS_AT_ONCE]):
        ImportRow.objects.filter(pk__in=keys).delete()
    row.delete()


def _begun(file: File) -> Reading:
    try:
        reading = READERS[file.format](file.stream)
    except FormatError as error:
        raise ImportRefusedError(str(error)) from None
    if reading.columns is not None:
        _refuse_columns(reading.columns)
    return reading


def _refuse_columns(names: tuple[str, ...]) -> None:
    faults = [f"{each.sentence} {each.remedy}" for each in unknown_columns(names)]
    faults += [
        _("The column “%(name)s” is missing.") % {"name": name}
        for name, column in OF_CLAIM.items()
        if column.is_required and name not in names
    ]
    if "citations" in names:
        faults.append(_("Here each citation has columns: citation_1_url …"))
    if faults:
        raise ImportRefusedError("\n".join(faults))


def _stage_all(row: ClaimImport, reading: Reading, most: int | None, tell: Any) -> None:
    checker = Checker(row)
    records = reading.records
    counts = dict.fromkeys(RowVerdict.values, 0)
    while some := list(islice(records, ROWS_AT_ONCE)):
        staged = list(checker.check(some))
        for each in staged:
            counts[each.verdict] += 1
        if most is not None and sum(counts.values()) > most:
            raise FormatError(
                _("More than %(most)s rows are too many for a page.") % {"most": most},
                _("Ask the operator: “manage.py import_claims” takes any number."),
            )
        with transaction.atomic():
            insert(ImportRow, [vars(each) for each in staged])
        tell()
    if not sum(counts.values()):
        raise FormatError(_("There is no row in it."))
    row.added, row.changed = counts[RowVerdict.ADD], counts[RowVerdict.CHANGE]
    row.skipped, row.refused = counts[RowVerdict.SKIP], counts[RowVerdict.REFUSE]
    row.state = ClaimImportState.CHECKED
    row.save()


class Checker:
    """Says of each row of one file what importing it would do."""

    def __init__(self, row: ClaimImport) -> None:
        self._import = row
        self._matcher = Matcher()
        self._places = Places()
        self._seen: dict[str, tuple[int, str]] = {}

    def check(self, records: Iterable[Record]) -> Iterator[ImportRow]:
        read = [(record, *content_of(record)) for record in records]
        known = self._known(content for _record, content, _faults in read)
        hindrances = hindrances_of(known.values())
        for record, content, faults in read:
            row = self._row(record, content)
            found = known.get(row.external_id)
            if faults:
                _refuse(row, faults)
            elif not self._is_double(row):
                self._decide(row, content, found, hindrances)
            yield row

    def _known(self, contents: Iterable[Content]) -> dict[str, ExternalId]:
        ids = [content.get("external_id", "") for content in contents]
        rows = ExternalId.objects.filter(
            origin=self._import.origin, external_id__in=ids
        )
        rows = rows.select_related("claim", "row").defer("row__content")
        return {row.external_id: row for row in rows.order_by()}

    def _row(self, record: Record, content: Content) -> ImportRow:
        text = canonical_json(content) if not record.faults else ""
        return ImportRow(
            claim_import=self._import,
            number=record.number,
            external_id=content.get("external_id", ""),
            content=text,
            digest=digest_of(text) if text else "",
            verdict=RowVerdict.ADD,
        )

    def _is_double(self, row: ImportRow) -> bool:
        """Skip, or refuse, a row whose id an earlier one of the file has."""
        short = row.digest[:16]
        number, digest = self._seen.setdefault(row.external_id, (row.number, short))
        if number == row.number:
            return False
        if digest == short:
            row.verdict = RowVerdict.SKIP
            row.remarks = [
                ["", _("The same as row %(number)s.") % {"number": number}, ""]
            ]
        else:
            sentence = _("Row %(number)s has this id too, and says something else.")
            remedy = _("Give each claim an id of its own.")
            _refuse(row, [Fault("external_id", sentence % {"number": number}, remedy)])
        return True

    def _decide(
        self,
        row: ImportRow,
        content: Content,
        found: ExternalId | None,
        hindrances: dict[int, str],
    ) -> None:
        if found is not None and found.row.digest == row.digest:
            row.verdict, row.claim_public_id = RowVerdict.SKIP, found.claim.public_id
            row.remarks = [["", _("The same as it was imported before."), ""]]
            return
        if found is not None:
            row.verdict, row.previous = RowVerdict.CHANGE, found.row
            if hindrance := hindrances.get(found.claim_id):
                remedy = _("Correct the claim at the desk, or take the row out.")
                _refuse(row, [Fault("", hindrance, remedy)])
                return
        row.claim_public_id = found.claim.public_id if found else new_public_id()
        try:
            matched = self._matcher.match(content)
        except MatchError as error:
            _refuse(row, [error.fault])
            return
        article = matched.article
        remarks = [self._places.remark(article, content.get("wording", ""))]
        remarks.append(date_of(content, article.published).remark)
        if article.is_cleared:
            remarks.append(
                _("The article is cleared: until it is released again, this waits.")
            )
        row.remarks = [["", remark, ""] for remark in remarks if remark]


def _refuse(row: ImportRow, faults: list[Fault]) -> None:
    row.verdict, row.claim_public_id = RowVerdict.REFUSE, ""
    row.remarks = [
        [storable(text) for text in (each.field, each.sentence, each.remedy)]
        for each in faults[:FAULTS_TOLD]
    ]
