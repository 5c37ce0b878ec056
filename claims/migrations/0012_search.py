"""The tables of both search indexes: full-text ones on SQLite, GIN on PostgreSQL.

They take the place of the folded words beside each claim of the record.
"""

from django.db import migrations

from ._search_tables import MakeIndex


class Migration(migrations.Migration):
    dependencies = [("claims", "0011_stored_copies")]
    operations = [
        MakeIndex("claims_search_public"),
        MakeIndex("claims_search_desk"),
        migrations.RemoveField("publishedclaim", "words"),
    ]
