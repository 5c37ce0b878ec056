"""The child process of ``reading``: limits itself, reads, answers, ends.

Started as a program: the first argument says what to read, the bytes come on standard
input, the answer goes to standard output as JSON. It knows neither Django nor settings.
"""

import json
import resource
import sys
from typing import Any

from claims.intake import IntakeError, Kind, Reading, read_html, read_pdf, read_text
from claims.jobs.reading import BROKE_OFF, as_json

TOO_MUCH_MEMORY = "Reading it takes more memory than is allowed."


def main(argument: str) -> None:
    asked = json.loads(argument)
    limit(asked["memory"], asked["cpu"])
    sys.stdout.write(answer(sys.stdin.buffer.read(), asked))


def answer(raw: bytes, asked: dict[str, Any]) -> str:
    """Return what was read, or the sentence why not, as a JSON text."""
    try:
        return as_json(read(raw, asked))
    except IntakeError as error:
        return json.dumps({"error": str(error)})
    except MemoryError:
        return json.dumps({"error": TOO_MUCH_MEMORY})
    except Exception:  # noqa: BLE001 - whatever the parsers think of, in a sentence
        return json.dumps({"error": BROKE_OFF})


def read(raw: bytes, asked: dict[str, Any]) -> Reading:
    if asked["kind"] == Kind.PDF:
        return read_pdf(raw)
    if asked["kind"] == Kind.PAGE:
        return read_html(raw, asked["url"], asked["charset"])
    return read_text(raw)


def limit(memory_bytes: int, cpu_seconds: int) -> None:
    """Let the system hold this process to its limits; no files, no core dumps."""
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        # The hard limit of time is later: the signal of the soft one tells what it was.
        later = most + 1 if what == resource.RLIMIT_CPU else most
        if hard != resource.RLIM_INFINITY:
            later = min(later, hard)
        resource.setrlimit(what, (most, later))


if __name__ == "__main__":
    main(sys.argv[1])
