"""How often hypothesis tries a property: on one run in full, on the other briefly.

Pure code sees no database. Each of the two runs has a Python of its own, so both try
every property, and the run on PostgreSQL a tenth of the examples.
"""

import os

from hypothesis import settings

IN_FULL = os.environ.get("TRACKER_TEST_DATABASE", "sqlite") == "sqlite"


def tried(times: int) -> settings:
    """Try a property so many times, in a run in full; no example is timed."""
    return settings(max_examples=times if IN_FULL else times // 10, deadline=None)


def try_others(times: int) -> None:
    """Try properties without a number of their own so many times."""
    settings.register_profile("others", tried(times))
    settings.load_profile("others")
