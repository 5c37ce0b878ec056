"""Search indexes of what readers find beside claims, and of corrections.

They take the place of going through every title for the words typed.
"""

from django.db import migrations

from ._search_tables import MakeIndex


class Migration(migrations.Migration):
    dependencies = [("claims", "0016_claim_imports")]
    operations = [
        MakeIndex("claims_search_sources"),
        MakeIndex("claims_search_documents"),
        MakeIndex("claims_search_articles"),
        MakeIndex("claims_search_corrections"),
    ]
