"""The workloads: a module each, with ``TITLE`` and ``rows(bench)``.

A new one is a module here and its name in ``NAMES``, in the order of the page.
"""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

NAMES = (
    "lists",
    "cached",
    "pages",
    "search",
    "desk",
    "imports",
    "publishing",
    "exports",
    "mixed",
)


def workloads(wanted: list[str]) -> Iterator[tuple[str, ModuleType]]:
    for name in NAMES:
        if not wanted or name in wanted:
            yield name, import_module(f"{__name__}.{name}")
