"""How much a stranger's server may take of us."""

from dataclasses import dataclass, replace

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Limits of one fetch, all redirects together where time is meant.

    The figures are those of InternetArchiveBot and Perma.cc, rounded: 10 s to connect,
    a minute for a page, 25 MB for one.
    """

    total_seconds: float = 60
    connect_seconds: float = 10
    read_seconds: float = 15
    header_bytes: int = 64 * 1024
    body_bytes: int = 25 * MEGABYTE
    decoded_bytes: int = 25 * MEGABYTE
    #: Of a PDF file; 0: no more than of any other body.
    pdf_bytes: int = 0
    #: Decoded to received. Text compresses to a tenth, a bomb to a thousandth.
    expansion: int = 100
    redirects: int = 5

    def for_type(self, content_type: str) -> "Limits":
        """Return the limits that hold for a body of this type."""
        is_pdf = content_type.partition(";")[0].strip().lower() == "application/pdf"
        if not is_pdf or self.pdf_bytes <= self.body_bytes:
            return self
        return replace(self, body_bytes=self.pdf_bytes, decoded_bytes=self.pdf_bytes)
