"""A page that no longer says what was quoted: kept as it is now."""

from claims.intake import Reading
from claims.jobs.copies import add_copy, copy_of
from claims.jobs.originals import Original
from claims.jobs.warcs import packed
from claims.models import Document, StoredCopy
from claims.models.copies import sha256_of

ACTOR = "check_links"


def keep_changed(
    document: Document, original: Original, reading: Reading
) -> StoredCopy | None:
    """Add the changed page as the document's next stored copy, unless it is kept.

    With it, passages are found again or missed, quotations are compared, and signed
    claims are told.
    """
    newest = document.newest_copy
    if newest is not None and newest.text_sha256 == sha256_of(reading.text):
        return None
    original = packed(original)
    copy = copy_of(original, reading)
    return add_copy(document, copy, ACTOR, raw=original.raw, warc=original.warc)
