"""A page that no longer says what was quoted: kept as it is now."""

from claims.intake import Reading, kind_of
from claims.jobs.copies import add_copy
from claims.jobs.originals import Original
from claims.models import Document, StoredCopy
from claims.models.copies import sha256_of

ACTOR = "check_links"


def keep_changed(
    document: Document, original: Original, reading: Reading
) -> StoredCopy | None:
    """Add the changed page as the document's next stored copy, unless it is kept.

    With it, passages are found again or missed, and signed claims are told.
    """
    newest = document.newest_copy
    if newest is not None and newest.text_sha256 == sha256_of(reading.text):
        return None
    copy = StoredCopy(
        provenance=original.provenance,
        retrieved_at=original.retrieved_at,
        text=reading.text,
        blocks=[vars(block) for block in reading.blocks],
        media_type=kind_of(original.raw, original.content_type).value,
        final_url=original.url,
        http_status=original.http_status,
        extractor=reading.extractor,
        extractor_version=reading.extractor_version,
    )
    return add_copy(document, copy, ACTOR, raw=original.raw)
