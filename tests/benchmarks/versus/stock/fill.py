"""Fills the stock project from our record: the same claims, sources and citations.

    python -m tests.benchmarks.versus.stock.fill --from record.sqlite3

The database is that of DATABASE_URL. One claim gets 20 citations, for its page in the
admin.
"""

import argparse
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import django
from tqdm import tqdm

PORTION = 2000
MANY_CITATIONS = 20
EDITOR, PASSWORD = "emil", "a-password-for-measuring"
CLAIMS = """
SELECT public_id, text, summary, status, attribution_check, source_id, article_id,
       said_from, changed_at, content
FROM claims_publishedclaim ORDER BY public_id
"""


class StockFiller:
    """Copies the rows of a record, in portions."""

    def __init__(self, record: sqlite3.Connection) -> None:
        self.record = record
        self.keys: dict[str, dict[str, int]] = {}

    def fill(self) -> None:
        from django.contrib.auth.models import User

        from .models import Article, Document, Source

        User.objects.create_superuser(EDITOR, password=PASSWORD)
        self.copy(Source, "publishedsource", "name", "slug")
        self.copy(Article, "publishedarticle", "title", "slug")
        self.copy(Document, "publisheddocument", "title", "'https://documents.example'")
        self.copy_claims()

    def copy(self, model: Any, table: str, one: str, other: str) -> None:
        names = [field.name for field in model._meta.concrete_fields[1:]]
        rows = self.record.execute(
            f"SELECT public_id, {one}, {other} FROM claims_{table} ORDER BY public_id"
        ).fetchall()
        self.keys[table] = {row[0]: number for number, row in enumerate(rows, 1)}
        model.objects.bulk_create(
            [
                model(
                    pk=self.keys[table][row[0]],
                    **dict(zip(names, row[1:], strict=True)),
                )
                for row in rows
            ],
            batch_size=PORTION,
        )

    def copy_claims(self) -> None:
        from django.core.management.color import no_style
        from django.db import connection

        from .models import Article, Citation, Claim, Document, Source

        total = self.record.execute("SELECT count(*) FROM claims_publishedclaim")
        rows = enumerate(self.record.execute(CLAIMS), start=1)
        with tqdm(total=total.fetchone()[0], desc="stock claims") as bar:
            while portion := list(islice(rows, PORTION)):
                claims = [self.claim(*each) for each in portion]
                Claim.objects.bulk_create(claims)
                cited = (each for row in portion for each in self.citations(*row))
                Citation.objects.bulk_create(cited)
                bar.update(len(portion))
        models = [Article, Claim, Document, Source]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
            cursor.execute("ANALYZE")

    def claim(self, number: int, row: tuple[Any, ...]) -> Any:
        from django.utils.dateparse import parse_datetime
        from django.utils.timezone import make_aware

        from .models import Claim

        content = json.loads(row[9])
        return Claim(
            pk=number,
            public_id=row[0],
            text=row[1],
            summary=row[2],
            rationale=(content.get("assessment") or {}).get("rationale", ""),
            status=row[3],
            attribution_check=row[4],
            source_id=self.keys["publishedsource"][row[5]],
            article_id=self.keys["publishedarticle"][row[6]],
            said_on=row[7],
            changed_at=make_aware(parse_datetime(row[8])),
        )

    def citations(self, number: int, row: tuple[Any, ...]) -> Iterator[Any]:
        from .models import Citation

        cited = json.loads(row[9])["claim"]["citations"]
        times = MANY_CITATIONS // max(1, len(cited)) if number == 1 else 1
        for each in cited * times:
            yield Citation(
                claim_id=number,
                document_id=self.keys["publisheddocument"][each["document"]],
                stance=each["stance"],
                quotation=each["quotation"],
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--from", dest="record", type=Path, required=True)
    chosen = parser.parse_args()
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    with closing(sqlite3.connect(chosen.record)) as record:
        StockFiller(record).fill()


if __name__ == "__main__":
    main()
