"""Fills a database with a record of many claims, quickly, to measure pages with.

    python tests/benchmarks/fill.py --database sqlite:////tmp/big.sqlite3 --claims 100000

The record's own writer makes its rows from the releases, so that `rebuild_record`
finds no difference. There are no desk rows behind them: public pages
read none. The same numbers give the same record each time.
"""

import argparse
import datetime
import os
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.town import BEGINNING, Town  # noqa: E402, needs the path above

PORTION = 2000
#: After so many claims the database looks at its tables anew.
ANALYSED_AT = {2000, 20_000, 100_000}


def set_up(database: str, folder: Path) -> None:
    """Point Django to a database and migrate it; call once, before anything else."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "SECRET_KEY": "a key for measuring, long enough to be taken and no secret",
        "TRACKER_COLLECTED_STATIC": "off",
        "TRACKER_DATA_DIR": str(folder),
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


class Filler:
    """Writes releases in portions, and lets the record's own writer follow."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.made = 0

    def fill(self) -> None:
        from django.db import transaction

        with transaction.atomic():
            self.write_simple("source", self.town.sources)
            self.write_simple("document", self.town.documents)
            self.write_simple("article", self.town.articles)
            self.write_claims()

    def release(
        self, kind: str, act: str, content: dict[str, Any], public_id: str, number: int
    ) -> Any:
        from claims.models import Release
        from claims.publishing.content import sealed

        text, digest = sealed(content)
        self.made += 1
        return Release(
            subject_type=kind,
            subject_id=public_id,
            number=number,
            act=act,
            content=text,
            digest=digest,
            by="An Editor",
            at=BEGINNING + datetime.timedelta(seconds=self.made),
        )

    def write_simple(self, kind: str, contents: list[dict[str, Any]]) -> None:
        self.write(
            self.release(kind, "released", content, content["id"], 1)
            for content in contents
        )

    def write_claims(self) -> None:
        from tqdm import tqdm

        stories = self.town.claim_stories()
        with tqdm(total=self.town.claims, desc="claims") as bar:
            while portion := list(islice(stories, PORTION)):
                if bar.n in ANALYSED_AT:
                    analyse()
                self.write(
                    self.release("claim", act, content, content["claim"]["id"], number)
                    for story in portion
                    for number, (act, content) in enumerate(story, start=1)
                )
                bar.update(len(portion))

    def write(self, releases: Iterable[Any]) -> None:
        from claims.models import Release
        from claims.publishing.record import Rewriter

        rewriter = Rewriter()
        for release in Release.objects.bulk_create(releases):
            rewriter.touch(release.subject_type, release.subject_id)
        rewriter.write()


def fill(claims: int, articles: int = 0, sources: int = 0) -> None:
    """Fill the empty record of the database that Django is set up with.

    Unless told, a large record has 200 articles, 2000 sources and as many documents.
    """
    from django.db import connection

    articles = articles or min(200, claims // 10 + 1)
    sources = sources or min(2000, 2 * claims)
    if (
        connection.vendor == "sqlite"
    ):  # 8 GB at most: rows fall everywhere in the indexes
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -8000000")
    Filler(Town(claims, articles, sources)).fill()
    analyse()


def analyse() -> None:
    """Let the database plan by what is in its tables, as upkeep and autovacuum do."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--database",
        required=True,
        help="address of an empty database, as DATABASE_URL",
    )
    parser.add_argument("--claims", type=int, default=100_000, help="default: 100000")
    parser.add_argument("--articles", type=int, default=200, help="default: 200")
    parser.add_argument("--sources", type=int, default=2000, help="default: 2000")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path("/tmp/claims-benchmarks"),
        help="data folder, kept apart from the project's own; default: %(default)s",
    )
    return parser


def main() -> None:
    chosen = arguments().parse_args()
    set_up(chosen.database, chosen.folder)
    from claims.models import Release

    if Release.objects.exists():
        sys.exit("This database has a record already; give an empty one.")
    fill(chosen.claims, chosen.articles, chosen.sources)
    print(f"{chosen.claims} claims are in {chosen.database}")


if __name__ == "__main__":
    main()
