"""Which module copies which database; all have the same functions.

``copy_out``, ``facts``, ``occupied``, ``put_back``, ``faults`` and ``clear``: see there.
"""

from types import ModuleType

from . import postgresql_copies, sqlite_copies
from .manifest import BackupError

_MODULES = {"sqlite": sqlite_copies, "postgresql": postgresql_copies}


def copier(vendor: str) -> ModuleType:
    """Return the module for databases of this vendor."""
    if vendor not in _MODULES:
        raise BackupError(f"Backups of {vendor} are not supported.")
    return _MODULES[vendor]
