"""manage.py check_quotations: compare quotations with the stored copies they are from."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import CommandError

from claims.jobs.progress import bar
from claims.jobs.quotations import check_citations, quoting, unchecked
from claims.management.teaching import TeachingCommand
from claims.models import Citation, Document, QuoteCheck

HELP = """\
Compares the quotations of citations with the newest stored copies of their documents,
and keeps what it finds: a quotation is compared once with each copy, as long as its
words and the program that compares them stay the same. What "upkeep" does by itself.

Prints how many have the same words and how many do not, and names each that a person
should look at: on the claim's page, "Quotation and source". Exits with 1 when one of
them is cited for a published claim.

  manage.py check_quotations                       what was not compared yet
  manage.py check_quotations --all                 every quotation
  manage.py check_quotations --document 4bq0c9w2xk every quotation from one document
"""


class Command(TeachingCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--all", action="store_true", help="every quotation of working claims"
        )
        which.add_argument(
            "--document", metavar="ID", help="those from one document (public id)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        citations = _chosen(options)
        with bar(citations.count(), "quotations") as progress:
            found = list(check_citations(citations, progress=progress.update))
        self.stdout.write(_summary(found))
        to_look_at = QuoteCheck.objects.to_look_at().select_related("citation__claim")
        for check in to_look_at.order_by("citation__claim", "pk").iterator():
            self.stdout.write(_line(check))
        if public := to_look_at.of_published_claims().count():
            raise CommandError(
                f"{public} quotations of published claims are not as they stand in "
                "their copies, and nobody has looked at them."
            )


def _chosen(options: dict[str, Any]) -> Any:
    if options["all"]:
        return quoting()
    if not options["document"]:
        return unchecked()
    document = Document.objects.filter(public_id=options["document"]).first()
    if document is None:
        raise CommandError(f"There is no document {options['document']}.")
    return quoting().filter(document=document)


def _summary(found: list[QuoteCheck]) -> str:
    if not found:
        return "Nothing new to compare."
    verdicts = Counter(str(check.get_verdict_display()) for check in found)
    told = ", ".join(f"{number} {verdict}" for verdict, number in verdicts.items())
    return f"Compared {len(found)}: {told}."


def _line(check: QuoteCheck) -> str:
    citation: Citation = check.citation
    reasons = f" ({', '.join([*check.reasons, *check.flags])})" if check.reasons else ""
    words = " ".join(citation.quotation.split())[:80]
    return f"claim {citation.claim.public_id}: {check.verdict}{reasons}: “{words}”"
