"""A citation of a document as plain text, to be copied."""

from collections.abc import Sequence


def citation_text(
    *, authors: Sequence[str], title: str, publisher: str, date: str, url: str
) -> str:
    """Return authors, title, publisher, date and address; what is unknown is left out.

    The order of the bibliographies of the Chicago Manual of Style (17th ed., 14.191).
    """
    by = ", ".join(authors)
    parts = [by, f"“{title}”", publisher, date, url]
    return " ".join(f"{part.rstrip('.')}." for part in parts[:-1] if part) + (
        f" {url}" if url else ""
    )
