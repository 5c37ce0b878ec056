"""Reading what strangers wrote: in a process of its own, with limits.

Parsers of HTML and PDF can be made to run for ever or to take all memory. No exception
handler helps against that; a process that can be killed does.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import claims
from claims.intake import Block, IntakeError, Kind, Page, Reading

CHILD = (sys.executable, "-B", "-m", "claims.jobs.reading_child")
TOO_LONG = "Reading it takes too long."
BROKE_OFF = "It cannot be read: it makes the program that reads break off."
_ROOT = Path(claims.__file__).parent.parent


@dataclass(frozen=True)
class ReadingLimits:
    """What one reading may take. Ten times what the longest report needs."""

    memory_bytes: int = 1024 * 1024 * 1024
    cpu_seconds: int = 30
    wall_seconds: float = 60


def read_apart(
    raw: bytes,
    kind: Kind,
    *,
    url: str = "",
    charset: str = "",
    limits: ReadingLimits | None = None,
    command: Sequence[str] = CHILD,
) -> Reading:
    """Read an article in a child process; ``IntakeError`` also when it is killed.

    The child gets no setting or secret of ours, and can write no file. ``command``:
    another program in its place, for tests.
    """
    limits = limits or ReadingLimits()
    asked: dict[str, Any] = {"kind": kind.value, "url": url, "charset": charset}
    asked |= {"memory": limits.memory_bytes, "cpu": limits.cpu_seconds}
    child = subprocess.Popen(  # noqa: S603 - our own program
        [*command, json.dumps(asked)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1"},
        start_new_session=True,  # so that it and all it started can be killed
    )
    with child:
        try:
            said, _nothing = child.communicate(raw, timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired:
            raise IntakeError(TOO_LONG) from None
        finally:
            _end(child)
    return _answer(child.returncode, said)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Kill whatever is left, so that nothing outlives its reading."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # it has ended by itself


def _answer(returned: int, said: bytes) -> Reading:
    if returned == -signal.SIGXCPU:
        raise IntakeError(TOO_LONG)
    try:
        answer = json.loads(said)
        error = answer.get("error")
        if error is None:
            return _reading(answer["reading"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise IntakeError(BROKE_OFF) from None
    raise IntakeError(str(error))


def _reading(fields: dict[str, Any]) -> Reading:
    blocks = tuple(Block(**each) for each in fields.pop("blocks"))
    pages = tuple(Page(**each) for each in fields.pop("pages"))
    warnings = tuple(fields.pop("warnings"))
    return Reading(**fields, blocks=blocks, pages=pages, warnings=warnings)


def as_json(reading: Reading) -> str:
    """Return a reading as the child writes it."""
    return json.dumps({"reading": asdict(reading)})
