"""The link watch: looks at the addresses of documents, politely, and notes what it saw.

One thread reads and writes the database; others ask, each host by one of them at a
time. Each look is committed by itself, so a run that is cut off goes on where it was.
"""

from .asking import Way
from .choosing import due_links
from .rounds import AlreadyWatchingError, looking
from .saving import Looked

__all__ = ["AlreadyWatchingError", "Looked", "Way", "due_links", "looking"]
