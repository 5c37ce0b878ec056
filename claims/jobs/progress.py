"""How far a long job has come: a bar on a terminal, and nothing anywhere else."""

import sys
from collections.abc import Iterable
from typing import Any

from tqdm import tqdm


def on_terminal(steps: Iterable[Any], work: str) -> Iterable[Any]:
    """Wrap the steps of a job in a bar, named after the work."""
    return tqdm(steps, desc=work, disable=None, leave=False, file=sys.stderr)


def bar(total: int, work: str) -> Any:
    """Return a bar to be updated by hand; use it in a ``with`` statement."""
    return tqdm(total=total, desc=work, disable=None, leave=False, file=sys.stderr)
