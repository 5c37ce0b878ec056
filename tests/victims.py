"""A program that tests kill: started once, it forks a victim for each line it reads.

A line is "moves", "loaddata NAME", "backup FOLDER" or "import ID". It answers with the victim's
process id, and with "gone" once the victim has ended, by itself or by a signal.
"""

import os
import sys
import time
import traceback
from collections.abc import Callable

import django


def make_moves() -> None:
    """Make drafts and bring them to readers until somebody ends it."""
    from tests import factories
    from tests.factories import make_article, make_claim, publish_claim, release_article

    factories.count_from(time.time_ns())  # other victims made users in this database
    while True:
        article = make_article()
        claims = [make_claim(article) for _ in range(3)]
        release_article(article)
        for claim in claims:
            publish_claim(claim)


def load(name: str) -> None:
    from django.core.management import call_command

    call_command("loaddata", name, verbosity=0)


def back_up(folder: str) -> None:
    from django.core.management import call_command

    call_command("backup", folder, verbosity=0)


def import_rows(name: str) -> None:
    """Carry on an import of claims, two rows in a batch, until it has ended."""
    from claims.jobs import imports
    from claims.models import ClaimImport

    row = ClaimImport.objects.get(public_id=name)
    for _rows in imports.carry_on(row, batch_rows=2, pause_seconds=0):
        pass


VICTIMS: dict[str, Callable[..., None]] = {
    "moves": make_moves,
    "loaddata": load,
    "backup": back_up,
    "import": import_rows,
}


def run(name: str, *arguments: str) -> None:
    """Be the victim: whatever happens, end without what the parent would do."""
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        VICTIMS[name](*arguments)
    except Exception:  # noqa: BLE001  a victim that fails says why, and ends
        traceback.print_exc()
    finally:
        os._exit(0)


def main() -> None:
    django.setup()
    import tests.factories  # noqa: F401  imported here once, not in each victim

    for line in sys.stdin:
        victim = os.fork()
        if victim == 0:
            run(*line.split())
        sys.stdout.write(f"{victim}\n")
        sys.stdout.flush()
        os.waitpid(victim, 0)
        sys.stdout.write("gone\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
