"""The model, one module per concept; a queryset stands beside its model."""

from .anchorings import Anchoring, places_in
from .appearances import Appearance
from .articles import Article
from .assessments import Assessment, Methodology, VerificationStatus
from .attribution import AttributionLink
from .backgrounds import Background
from .captures import Capture
from .citations import Citation
from .claim_imports import ClaimImport, ExternalId, ImportRow
from .claims import Claim
from .copies import Passage, StoredCopy
from .counted import ContentRevision, PublishedTally
from .documents import Contribution, Document
from .events import Event, EventHead
from .imports import Import
from .inquiries import Inquiry
from .links import LinkNotice, LinkWatch, Probe, WatchedHost
from .news import NewInformation
from .notes import Note
from .pairs import ClaimPair
from .quote_checks import QuoteCheck, asked_of, current_checks
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
from .requests import CorrectionRequest
from .searches import EvidenceSearch
from .sources import Affiliation, Source
from .suggestions import Suggestion
from .topics import Topic

__all__ = [
    "Affiliation",
    "Anchoring",
    "Appearance",
    "Article",
    "Assessment",
    "AttributionLink",
    "Background",
    "Capture",
    "Citation",
    "Claim",
    "ClaimImport",
    "ClaimPair",
    "ContentRevision",
    "Contribution",
    "CorrectionRequest",
    "Document",
    "Event",
    "EventHead",
    "EvidenceSearch",
    "ExternalId",
    "Import",
    "ImportRow",
    "Inquiry",
    "LinkNotice",
    "LinkWatch",
    "Methodology",
    "NewInformation",
    "Note",
    "Passage",
    "Probe",
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
    "PublishedTally",
    "QuoteCheck",
    "Release",
    "Reminder",
    "Source",
    "StoredCopy",
    "Suggestion",
    "Topic",
    "VerificationStatus",
    "WatchedHost",
    "asked_of",
    "current_checks",
    "places_in",
]
