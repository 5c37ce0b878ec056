"""Fills a database with a record of many claims, quickly, to measure pages with.

    python tests/benchmarks/fill.py --database sqlite:////tmp/big.sqlite3 --claims 100000

Releases and record rows are written side by side and agree with each other, so that
`rebuild_record` finds no difference. There are no desk rows behind them: public pages
read none. The same numbers give the same record each time.
"""

import argparse
import datetime
import os
import sys
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.town import BEGINNING, Town  # noqa: E402, needs the path above

PORTION = 2000


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
    """Writes releases and the rows that follow from them, in portions."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.made = 0

    def fill(self) -> None:
        from django.db import transaction

        with transaction.atomic():
            self.write_simple("source", self.town.sources, "PublishedSource")
            self.write_simple("document", self.town.documents, "PublishedDocument")
            self.write_simple("article", self.town.articles, "PublishedArticle")
            self.write_namings()
            self.write_claims()
            self.write_tallies()

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

    def write_simple(
        self, kind: str, contents: list[dict[str, Any]], table: str
    ) -> None:
        from claims import models
        from claims.publishing import rows

        releases = [
            self.release(kind, "released", content, content["id"], 1)
            for content in contents
        ]
        models.Release.objects.bulk_create(releases, batch_size=PORTION)
        values_of = getattr(rows, f"{kind}_values")
        model = getattr(models, table)
        model.objects.bulk_create(
            (
                model(
                    public_id=release.subject_id,
                    **values_of([release]),
                    **self.joined(kind, release.parsed),
                )
                for release in releases
            ),
            batch_size=PORTION,
        )

    def joined(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """Return the columns that a row takes from other rows."""
        from claims.publishing.rows import first_day

        if kind == "source":
            return {}
        document = content
        if kind == "article":
            known = {each["id"]: each for each in self.town.documents}
            document = known[content["document"]]
        publishers = {each["id"]: each["name"] for each in self.town.sources}
        joined = {"publisher_name": publishers[document["publisher"]]}
        if kind == "article":
            joined["title"] = document["title"]
            joined["published_from"] = first_day(document["published_edtf"])
        return joined

    def write_namings(self) -> None:
        from claims.publishing.demonstrations import write_namings

        for kind, contents in self.naming_contents():
            for content in contents:
                write_namings((kind, content["id"]), content)

    def naming_contents(self) -> list[tuple[str, list[dict[str, Any]]]]:
        return [("source", self.town.sources), ("document", self.town.documents)]

    def write_claims(self) -> None:
        from tqdm import tqdm

        stories = self.town.claim_stories()
        with tqdm(total=self.town.claims, desc="claims") as bar:
            while portion := list(islice(stories, PORTION)):
                self.write_portion(portion)
                bar.update(len(portion))

    def write_portion(self, portion: list[list[tuple[str, dict[str, Any]]]]) -> None:
        from claims.models import PublishedClaim, PublishedNotice, Release
        from claims.publishing import rows

        releases = [
            [
                self.release("claim", act, content, content["claim"]["id"], number)
                for number, (act, content) in enumerate(story, start=1)
            ]
            for story in portion
        ]
        every_release = [release for story in releases for release in story]
        Release.objects.bulk_create(every_release)
        articles = {article["id"] for article in self.town.articles}
        names = {source["id"]: source["name"] for source in self.town.sources}
        claims, notices = [], []
        for made in releases:
            story = rows.tell_story(made)
            values = rows.claim_values(story, made, articles)
            claim = PublishedClaim(
                public_id=made[0].subject_id,
                source_name=names[values["source_id"]],
                **values,
            )
            claims.append(claim)
            notices += [PublishedNotice(claim=claim, **each) for each in story.notices]
        PublishedClaim.objects.bulk_create(claims)
        PublishedNotice.objects.bulk_create(notices)
        self.write_links(claims)

    def write_links(self, claims: list[Any]) -> None:
        from claims import models
        from claims.publishing import record

        articles, sources, topics, documents = [], [], [], []
        for claim in claims:
            content = claim.content["claim"]
            for row in content["appearances"]:
                place = row["passage"]
                articles.append(
                    models.PublishedClaimArticle(
                        claim=claim,
                        article_id=row["article"],
                        start=place["start"],
                        end=place["end"],
                        stored_copy=place["stored_copy"],
                        placement=row["placement"],
                    )
                )
            for position, source in record._chain_sources(content):
                sources.append(
                    models.PublishedClaimSource(
                        claim=claim, source_id=source, position=position
                    )
                )
            for slug, label in content["topics"]:
                topics.append(
                    models.PublishedClaimTopic(claim=claim, slug=slug, label=label)
                )
            for document, stance in record._used_documents(content):
                documents.append(
                    models.PublishedClaimDocument(
                        claim=claim, document_id=document, stance=stance
                    )
                )
        for rows in (articles, sources, topics, documents):
            type(rows[0]).objects.bulk_create(rows)

    def write_tallies(self) -> None:
        from tqdm import tqdm

        from claims.publishing import tallies

        subjects = [
            (kind, content["id"])
            for kind, contents in [
                *self.naming_contents(),
                ("article", self.town.articles),
            ]
            for content in contents
        ]
        for kind, public_id in tqdm(subjects, desc="tallies"):
            tallies.count_again(kind, public_id)


def fill(claims: int, articles: int = 0, sources: int = 0) -> None:
    """Fill the empty record of the database that Django is set up with.

    Unless told, a large record has 200 articles, 2000 sources and as many documents.
    """
    from django.db import connection

    from claims.search import PUBLIC, rebuild

    articles = articles or min(200, claims // 10 + 1)
    sources = sources or min(2000, 2 * claims)
    Filler(Town(claims, articles, sources)).fill()
    rebuild(PUBLIC)
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
