"""Which module keeps the indexes on which database; both have the same functions."""

from types import ModuleType

from django.db import connection

from . import postgresql, sqlite

_MODULES = {"sqlite": sqlite, "postgresql": postgresql}


def database() -> ModuleType:
    """Return the module for the database in use."""
    return _MODULES[connection.vendor]
