"""PDF files: text by pypdf, in paragraphs, with the page each word stands on."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from .decoding import without_controls
from .errors import IntakeError
from .readings import (
    BODY,
    HEADLINE,
    Block,
    Page,
    Part,
    Reading,
    check_size,
    joined,
    repaired,
)
from .repair import Repairs

EXTRACTOR = "pypdf"
_MAX_PAGES = 2000
_END = b"%%EOF"
_END_WITHIN_BYTES = 4096
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
)
#: A running head or foot stands on as many pages, among so many lines of its edge.
_REPEATED_ON_PAGES = 3
_EDGE_LINES = 2
_SENTENCE_END = re.compile(r"[.!?:…。؟।][”\"’')\]»\d]*$")
_LINE_HYPHEN = re.compile(r"(\w+)-$")
#: A parted word is looked for in so much: a paragraph may be as long as the file.
_WORD_CHARACTERS = 100
#: A line this much shorter than the longest is the last of its paragraph.
_SHORT_LINE = 0.75
_HEADLINE_CHARACTERS = 200


def read_pdf(raw: bytes) -> Reading:
    """Read a PDF file with a text layer.

    Ligatures are spelled out (pypdf gives "ﬁve"); running heads and page numbers are
    left out; lines become paragraphs. Raises ``IntakeError``.
    """
    check_size(raw)
    if not raw.lstrip()[:5] == b"%PDF-":
        raise IntakeError("This is no PDF file.")
    if _END not in raw[-_END_WITHIN_BYTES:]:
        raise IntakeError("The PDF file is cut off: its end is missing.")
    pages, title = _pages_of(raw)
    without_heads = _without_running_lines(pages)
    repairs = Repairs()
    parts = repaired(_with_headline(_parts(without_heads)), repairs)
    if not parts:
        raise IntakeError(
            "The PDF file holds no text; it may be a scan without a text layer."
        )
    text, blocks = joined(parts)
    headline = parts[0].words if parts[0].role == HEADLINE else ""
    return Reading(
        title=title or headline,
        text=text,
        blocks=blocks,
        extractor=EXTRACTOR,
        extractor_version=version(EXTRACTOR),
        pages=_page_map(parts, blocks, len(pages)),
        warnings=(*repairs.warnings, *_warnings(pages, without_heads)),
    )


def _pages_of(raw: bytes) -> tuple[list[list[str]], str]:
    """Return the lines of each page, and the title in the file's own facts."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise IntakeError("The PDF file is encrypted.")
        if len(reader.pages) > _MAX_PAGES:
            raise IntakeError(f"The PDF file has more than {_MAX_PAGES} pages.")
        title = str(reader.metadata.title or "") if reader.metadata else ""
        return [_lines(page) for page in reader.pages], " ".join(title.split())
    except DependencyError:
        raise IntakeError("The PDF file is encrypted.") from None
    except (PyPdfError, RecursionError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, IntakeError):
            raise
        raise IntakeError("The PDF file is damaged.") from error
    except (AttributeError, IndexError, OSError, AssertionError) as error:
        raise IntakeError("The PDF file is damaged.") from error


def _lines(page: Any) -> list[str]:
    text = without_controls(page.extract_text()).translate(_LIGATURES)
    return [" ".join(line.split()) for line in text.split("\n")]


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Leave out what stands at the edge of several pages, page numbers too."""
    filled = [[line for line in lines if line] for lines in pages]
    edges = Counter(
        key for lines in filled for key in {_running(line) for line in _edge(lines)}
    )
    repeated = {key for key, count in edges.items() if count >= _REPEATED_ON_PAGES}
    return [_trimmed(lines, repeated) for lines in pages]


def _edge(lines: list[str]) -> list[str]:
    return [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]


def _running(line: str) -> str:
    """Return a line with its numbers made alike: page 3 is page 4."""
    return re.sub(r"\d+", "0", line)


def _trimmed(lines: list[str], repeated: set[str]) -> list[str]:
    edge = set(_edge_numbers(lines))
    return [
        line
        for number, line in enumerate(lines)
        if number not in edge or _running(line) not in repeated
    ]


def _edge_numbers(lines: list[str]) -> list[int]:
    filled = [number for number, line in enumerate(lines) if line]
    return [*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]]


@dataclass
class _Paragraph:
    """A paragraph as its lines come: words, first page, places of page breaks."""

    words: str
    page: int
    breaks: tuple[int, ...] = ()

    def add(self, line: str, page: int, known: set[str]) -> None:
        joint = _joint(self.words, line, known)
        self.words = joint
        start = len(joint) - len(line)
        pages_so_far = self.page + len(self.breaks)
        self.breaks += (start,) * (page - pages_so_far)


def _parts(pages: list[list[str]]) -> list[Part]:
    known = set(re.findall(r"\w+", " ".join(" ".join(lines) for lines in pages)))
    return [
        Part(BODY, paragraph.words, page=paragraph.page, breaks=paragraph.breaks)
        for paragraph in _paragraphs(pages, known)
    ]


def _paragraphs(pages: list[list[str]], known: set[str]) -> Iterator[_Paragraph]:
    current: _Paragraph | None = None
    last, longest = "", 1
    for page, lines in enumerate(pages, start=1):
        longest = max(map(len, lines), default=0) or longest
        for number, line in enumerate(lines):
            if not line:
                # A blank line at the edge of a page parts nothing.
                if current and any(lines[:number]) and any(lines[number:]):
                    yield current
                    current = None
                continue
            if current and _ends(last, longest, line):
                yield current
                current = None
            if current is None:
                current = _Paragraph(line, page)
            else:
                current.add(line, page, known)
            last = line
    if current:
        yield current


def _ends(last: str, longest: int, line: str) -> bool:
    """Say whether a paragraph ended with the last line."""
    is_short = len(last) < longest * _SHORT_LINE
    if not is_short:
        return False
    return bool(_SENTENCE_END.search(last)) or not line[:1].islower()


def _joint(words: str, line: str, known: set[str]) -> str:
    """Join a line to the words before it; the hyphen of a parted word goes."""
    match = _LINE_HYPHEN.search(words[-_WORD_CHARACTERS:])
    if match is None or not line[:1].islower():
        return f"{words} {line}"
    rest = re.match(r"\w+", line)
    if rest and match[1] + rest[0] in known:
        return words[:-1] + line
    return words + line


def _with_headline(parts: list[Part]) -> list[Part]:
    if len(parts) < 2 or parts[0].breaks or _SENTENCE_END.search(parts[0].words):
        return parts
    if len(parts[0].words) > _HEADLINE_CHARACTERS:
        return parts
    return [replace(parts[0], role=HEADLINE), *parts[1:]]


def _page_map(
    parts: list[Part], blocks: tuple[Block, ...], count: int
) -> tuple[Page, ...]:
    """Return where each page with text starts and ends in the text."""
    starts: dict[int, int] = {}
    for part, block in zip(parts, blocks, strict=True):
        starts.setdefault(part.page, block.start)
        for number, place in enumerate(part.breaks, start=part.page + 1):
            starts.setdefault(number, block.start + place)
    numbers = sorted(starts)
    ends = [starts[number] for number in numbers[1:]] + [blocks[-1].end]
    return tuple(
        Page(number, starts[number], end)
        for number, end in zip(numbers, ends, strict=True)
        if number <= count
    )


def _warnings(pages: list[list[str]], kept: list[list[str]]) -> tuple[str, ...]:
    warnings = []
    empty = [str(number) for number, lines in enumerate(pages, 1) if not any(lines)]
    if empty:
        which = "Page" if len(empty) == 1 else "Pages"
        warnings.append(
            f"{which} {', '.join(empty[:10])} of {len(pages)}: no text, perhaps a scan."
        )
    left_out = sum(map(len, pages)) - sum(map(len, kept))
    if left_out:
        warnings.append(f"{left_out} running heads and page numbers were left out.")
    return tuple(warnings)
