"""How others cite our pages, as plain text."""

from django.utils.translation import gettext as _

from .status_page import StatusPage
from .wording import moment_in_words


def page_citation(page: StatusPage, site: str, address: str) -> str:
    """Return the citation of a status page: claim, finding, site, date, address."""
    facts = {
        "claim": page.text,
        "status": page.status.label,
        "site": site,
        "day": moment_in_words(page.decided_at),
        "address": address,
    }
    if page.decided_at:
        return _("“%(claim)s” %(status)s. %(site)s, %(day)s. %(address)s") % facts
    return _("“%(claim)s” %(status)s. %(site)s. %(address)s") % facts
