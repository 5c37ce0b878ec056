"""How often hypothesis tries a property, and whether it is the same each time.

A run tries the same examples each time, so that a failure names the change that made
it; `make torture` tries new ones, and many more. Pure code sees no database. Each of
the two runs of `make test` has a Python of its own, so both try every property, and
the run on PostgreSQL a tenth of the examples.
"""

import os

from hypothesis import HealthCheck, settings

#: How many times as often as usual; anything but 1 is a campaign, with new examples.
TIMES = int(os.environ.get("TRACKER_TEST_EXAMPLES", "1"))
IN_FULL = os.environ.get("TRACKER_TEST_DATABASE", "sqlite") == "sqlite"


def tried(times: int, *unwatched: HealthCheck) -> settings:
    """Try a property so many times, in a run in full; no example is timed."""
    return settings(
        max_examples=times * TIMES if IN_FULL else times * TIMES // 10,
        deadline=None,
        derandomize=TIMES == 1,
        suppress_health_check=unwatched,
    )


def try_others(times: int) -> None:
    """Try properties without a number of their own so many times."""
    settings.register_profile("others", tried(times))
    settings.load_profile("others")
