"""The model, one module per concept; a queryset stands beside its model."""

from .appearances import Appearance
from .articles import Article
from .assessments import Assessment, Methodology, VerificationStatus
from .attribution import AttributionLink
from .citations import Citation
from .claims import Claim
from .copies import Passage, StoredCopy
from .documents import Contribution, Document
from .events import Event, EventHead
from .imports import Import
from .inquiries import Inquiry
from .notes import Note
from .quote_checks import QuoteCheck
from .record import (
    PublishedArticle,
    PublishedClaim,
    PublishedClaimArticle,
    PublishedClaimDocument,
    PublishedClaimSource,
    PublishedClaimTopic,
    PublishedDocument,
    PublishedMethodology,
    PublishedNaming,
    PublishedNotice,
    PublishedSource,
)
from .releases import Release
from .reminders import Reminder
from .searches import EvidenceSearch
from .sources import Affiliation, Source
from .topics import Topic

__all__ = [
    "Affiliation",
    "Appearance",
    "Article",
    "Assessment",
    "AttributionLink",
    "Citation",
    "Claim",
    "Contribution",
    "Document",
    "Event",
    "EventHead",
    "EvidenceSearch",
    "Import",
    "Inquiry",
    "Methodology",
    "Note",
    "Passage",
    "PublishedArticle",
    "PublishedClaim",
    "PublishedClaimArticle",
    "PublishedClaimDocument",
    "PublishedClaimSource",
    "PublishedClaimTopic",
    "PublishedDocument",
    "PublishedMethodology",
    "PublishedNaming",
    "PublishedNotice",
    "PublishedSource",
    "QuoteCheck",
    "Release",
    "Reminder",
    "Source",
    "StoredCopy",
    "Topic",
    "VerificationStatus",
]
