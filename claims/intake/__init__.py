"""Bytes → clean text in blocks with roles, and what the page says about itself.

Pure: values in, frozen dataclasses out. What strangers wrote is read by a child process
with limits (``claims.jobs.reading``), never by a web server itself.
"""

from .errors import IntakeError
from .html import read_html
from .kinds import Kind, charset_of, kind_of
from .pdf import read_pdf
from .plain import read_text
from .readings import Block, Page, Reading

__all__ = [
    "Block",
    "IntakeError",
    "Kind",
    "Page",
    "Reading",
    "charset_of",
    "kind_of",
    "read_html",
    "read_pdf",
    "read_text",
]
