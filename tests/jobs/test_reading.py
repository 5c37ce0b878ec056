"""Reading in a child process: the same as here, and killed when it must be."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from claims.intake import IntakeError, Kind, read_html, read_pdf, read_text
from claims.jobs.reading import BROKE_OFF, TOO_LONG, ReadingLimits, read_apart
from claims.jobs.reading_child import TOO_MUCH_MEMORY, answer
from tests.intake.pages import PARAGRAPHS, news, pdf

URL = "https://elmpost.example/river"
HEAVY = b"<html><body><p>" + b"<a href=/x>link</a> " * 60_000
RIVER = "Река".encode("cp1251")


def test_a_child_reads_what_we_would_read() -> None:
    file = pdf([PARAGRAPHS[0]], [PARAGRAPHS[1]])
    assert read_apart(news(), Kind.PAGE, url=URL) == read_html(news(), URL)
    assert read_apart(file, Kind.PDF) == read_pdf(file)
    assert read_apart(b"Words.", Kind.TEXT) == read_text(b"Words.")
    page = b"<html><p>" + RIVER
    assert read_apart(page, Kind.PAGE, charset="cp1251").text == "Река"


def test_what_a_child_refuses_is_refused_with_its_sentence() -> None:
    with pytest.raises(IntakeError, match="not in UTF-8"):
        read_apart(b"\xff\xfe\xfd", Kind.TEXT)


@pytest.mark.parametrize(
    ("kind", "raw", "url", "error"),
    [
        (Kind.TEXT, b"", "", "It is empty."),
        (Kind.PDF, b"Words.", "", "This is no PDF file."),
        (Kind.PAGE, b"<html><p>Words.", 7, BROKE_OFF),  # a fault of ours
    ],
)
def test_a_child_answers_with_a_sentence(
    kind: Kind, raw: bytes, url: Any, error: str
) -> None:
    asked = {"kind": kind.value, "url": url, "charset": ""}
    assert json.loads(answer(raw, asked)) == {"error": error}


def refused(limits: ReadingLimits, raw: bytes = HEAVY, **options: list[str]) -> str:
    began = time.monotonic()
    with pytest.raises(IntakeError) as caught:
        read_apart(raw, Kind.PAGE, limits=limits, **options)
    assert time.monotonic() - began < limits.wall_seconds + 2
    return str(caught.value)


def test_a_reading_that_takes_too_long_is_killed() -> None:
    assert refused(ReadingLimits(wall_seconds=0.2)) == TOO_LONG


def test_a_reading_that_computes_too_long_is_killed() -> None:
    assert refused(ReadingLimits(cpu_seconds=1)) == TOO_LONG


def test_a_reading_that_takes_too_much_memory_ends() -> None:
    limits = ReadingLimits(memory_bytes=160 * 2**20)
    raw = b"<html><body>" + b"<p>Many words.</p> " * 190_000
    # Which of them depends on where memory ended: in Python, or in libxml2.
    whole = "The page is too large to be read whole."
    assert refused(limits, raw) in (TOO_MUCH_MEMORY, BROKE_OFF, whole)


def program(source: str) -> list[str]:
    return [sys.executable, "-c", source]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("import os; os.abort()", BROKE_OFF),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", BROKE_OFF),
        ("", BROKE_OFF),
        ("print('no JSON')", BROKE_OFF),
        ("print('[]')", BROKE_OFF),
        ("print('{\"reading\": {}}')", BROKE_OFF),
        ('print(\'{"error": "Not this."}\')', "Not this."),
        # In C, deaf to every signal that can be caught, and closed to its input.
        (
            "import ctypes, signal\n"
            "for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:\n"
            "    signal.signal(number, signal.SIG_IGN)\n"
            "ctypes.PyDLL(None).sleep(60)",
            TOO_LONG,
        ),
    ],
)
def test_a_child_that_fails_in_any_way_gives_one_sentence(
    source: str, sentence: str
) -> None:
    limits = ReadingLimits(wall_seconds=1.5)
    assert refused(limits, command=program(source)) == sentence


def test_a_child_is_told_no_secret() -> None:
    source = (
        "import os, json; print(json.dumps({'error': ' '.join(sorted(os.environ))}))"
    )
    names = set(refused(ReadingLimits(), b"x", command=program(source)).split())
    assert "SECRET_KEY" in os.environ
    assert names <= {"PATH", "PYTHONUTF8", "LC_CTYPE"}


def test_a_child_leaves_nothing_running(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    source = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(noted)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)"
    )
    assert refused(ReadingLimits(wall_seconds=1.5), b"x", command=program(source)) == (
        TOO_LONG
    )
    state = Path("/proc") / noted.read_text() / "stat"
    time.sleep(0.2)
    assert not state.exists() or " Z " in state.read_text()


def test_a_child_can_write_no_file(tmp_path: Path) -> None:
    target = tmp_path / "written"
    source = (
        "from claims.jobs.reading_child import limit\n"
        "limit(2**30, 5)\n"
        f"open({str(target)!r}, 'w').write('x')\n"
    )
    subprocess.run([sys.executable, "-c", source], stderr=subprocess.DEVNULL)
    assert not target.exists() or not target.read_bytes()


def test_lower_limits_of_the_system_are_kept() -> None:
    source = (
        "import resource\n"
        "from claims.jobs.reading_child import limit\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (3, 3))\n"
        "limit(2**30, 30)\n"
        "print(resource.getrlimit(resource.RLIMIT_CPU))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True
    )
    assert ended.stdout == "(3, 3)\n"
