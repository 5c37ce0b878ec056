"""What bytes are is told by the bytes."""

import pytest

from claims.intake import Kind, charset_of, kind_of
from tests.intake.pages import news, pdf


@pytest.mark.parametrize(
    ("raw", "content_type", "kind"),
    [
        (news(), "", Kind.PAGE),
        (news(), "text/plain", Kind.PAGE),
        (news().decode().encode("utf-16"), "", Kind.PAGE),
        (b"<p>Hello", "text/html; charset=utf-8", Kind.PAGE),
        (b"<p>Hello", "application/xhtml+xml", Kind.PAGE),
        (pdf(["a"]), "text/html", Kind.PDF),
        (b"Words.", "", Kind.TEXT),
        (b"Words.", "application/pdf", Kind.TEXT),
        (b"", "", Kind.TEXT),
    ],
)
def test_bytes_say_what_they_are(raw: bytes, content_type: str, kind: Kind) -> None:
    assert kind_of(raw, content_type) is kind


def test_a_charset_is_read_from_the_header() -> None:
    assert charset_of('text/html; charset="ISO-8859-1"') == "ISO-8859-1"
    assert charset_of("text/html;Charset=utf-8; x=y") == "utf-8"
    assert charset_of("text/html") == ""
