"""Another database than the installation's own, opened for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend


@contextmanager
def second_database(
    connection: BaseDatabaseWrapper, alias: str, **settings: Any
) -> Iterator[BaseDatabaseWrapper]:
    """Let the models use another database, under an alias, while the block runs.

    ``settings``: what differs from those of ``connection``, as in ``DATABASES``.
    """
    chosen = {**connection.settings_dict, **settings}
    backend = load_backend(chosen["ENGINE"])
    connections[alias] = backend.DatabaseWrapper(chosen, alias)
    try:
        yield connections[alias]
    finally:
        connections[alias].close()
        del connections[alias]
