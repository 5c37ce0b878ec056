"""The vocabulary: every closed list of words that models, moves and pages share."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ClaimKind(TextChoices):
    FIGURE = "figure", _("figure")
    EVENT = "event", _("event")
    STATE = "state", _("state of affairs")
    COMPARISON = "comparison", _("comparison")
    CAUSE = "cause", _("cause")
    IDENTITY = "identity", _("identity or post")
    STATEMENT = "statement", _("statement made")
    DEFINITION = "definition", _("definition")
    FORECAST = "forecast", _("forecast")
    OPINION = "opinion", _("opinion")
    PRESCRIPTION = "prescription", _("prescription")


#: Kinds that cannot be true or false now; they take only the status "not-rated".
NOT_RATED_KINDS = frozenset(
    {ClaimKind.FORECAST, ClaimKind.OPINION, ClaimKind.PRESCRIPTION}
)


class Voice(TextChoices):
    ATTRIBUTED = "attributed", _("attributed to somebody")
    OWN = "own", _("in the article's own voice")
    PASSIVE = "passive", _("passive (“is estimated”)")
    UNCLEAR = "unclear", _("unclear whose claim it is")


class AttributionCheck(TextChoices):
    """Did they say it? In the order of the desk's menu."""

    UNCHECKED = "unchecked", _("not checked")
    CONFIRMED = "confirmed", _("confirmed: seen in the original")
    RELAYED = "relayed", _("relayed: seen only second-hand")
    ALTERED = "altered", _("altered: words or figures differ")
    MISATTRIBUTED = "misattributed", _("misattributed: somebody else said it")
    NOT_FOUND = "not_found", _("not found, after a recorded search")
    CANNOT_CHECK = "cannot_check", _("cannot be checked")
    NOT_APPLICABLE = "not_applicable", _("not applicable: the article's own voice")


#: Weakest first: what a claim shows for its whole chain (design, section 5).
ATTRIBUTION_WEAKEST_FIRST = (
    AttributionCheck.MISATTRIBUTED,
    AttributionCheck.ALTERED,
    AttributionCheck.NOT_FOUND,
    AttributionCheck.CANNOT_CHECK,
    AttributionCheck.UNCHECKED,
    AttributionCheck.RELAYED,
    AttributionCheck.CONFIRMED,
    AttributionCheck.NOT_APPLICABLE,
)


def weakest_check(checks: list[str]) -> str:
    """Return the weakest of a chain's attribution checks ("unchecked" of none)."""
    ranks = {check.value: rank for rank, check in enumerate(ATTRIBUTION_WEAKEST_FIRST)}
    return min(checks, key=lambda check: ranks[check], default="unchecked")


class Question(TextChoices):
    ATTRIBUTION = "attribution", _("Did they say it?")
    TRUTH = "truth", _("Is it true?")


class Stance(TextChoices):
    IS_THE_STATEMENT = "is_the_statement", _("is the statement")
    REPEATS_IT = "repeats_it", _("repeats it")
    DIFFERS = "differs", _("differs")
    SUPPORTS = "supports", _("supports")
    SUPPORTS_IN_PART = "supports_in_part", _("supports in part")
    CONTRADICTS = "contradicts", _("contradicts")
    CONTEXT = "context", _("gives context")


STANCES = {
    Question.ATTRIBUTION: (
        Stance.IS_THE_STATEMENT,
        Stance.REPEATS_IT,
        Stance.DIFFERS,
    ),
    Question.TRUTH: (
        Stance.SUPPORTS,
        Stance.SUPPORTS_IN_PART,
        Stance.CONTRADICTS,
        Stance.CONTEXT,
    ),
}


class EvidenceForm(TextChoices):
    PASSAGE = "passage", _("quoted passage")
    TABLE_VALUE = "table_value", _("value in a table")
    CALCULATION = "calculation", _("calculation")
    MAP_IMAGE = "map_image", _("map or image")
    RECORDING = "recording", _("recording")
    INQUIRY = "inquiry", _("answer to our inquiry")
    OBSERVATION = "observation", _("own observation")


#: The facts (fields of Citation) without which a form of evidence proves nothing.
REQUIRED_FACTS = {
    EvidenceForm.PASSAGE: ("quotation", "locator"),
    EvidenceForm.TABLE_VALUE: ("value", "locator"),
    EvidenceForm.CALCULATION: ("working", "value"),
    EvidenceForm.MAP_IMAGE: ("description",),
    EvidenceForm.RECORDING: ("description", "locator"),
    EvidenceForm.INQUIRY: ("inquiry",),
    EvidenceForm.OBSERVATION: ("description", "observed_on"),
}


class LocatorKind(TextChoices):
    NONE = "", _("no locator")
    PAGE = "page", _("page")
    PARAGRAPH = "paragraph", _("paragraph")
    SECTION = "section", _("section")
    TABLE = "table", _("table")
    FIGURE = "figure", pgettext_lazy("locator", "figure")
    TIMECODE = "timecode", _("timecode")
    LINE = "line", _("line")
    CELL = "cell", _("cell")
    OTHER = "other", _("other place")


class CorrectionKind(TextChoices):
    TYPO = "typo", _("typing error corrected")
    CLARIFICATION = "clarification", _("clarification")
    FACT = "fact", _("fact corrected")
    STATUS = "status", _("status changed")
    EVIDENCE = "evidence", _("evidence added")


class LinkState(TextChoices):
    UNKNOWN = "unknown", _("not checked yet")
    OK = "ok", _("online")
    MOVED = "moved", _("moved to another address")
    DEVIATED = "deviated", _("online, but the quoted words are gone")
    SOFT_404 = "soft_404", _("probably gone: the page looks like an error page")
    BLOCKED = "blocked", _("online, but closed to us")
    THROTTLED = "throttled", _("asked us to wait")
    TRANSIENT = "transient", _("did not answer at the last try")
    GONE = "gone", _("not found at the last try")
    DEAD = "dead", _("offline")
    SUSPECT = "suspect", _("perhaps taken over by somebody else")
    USURPED = "usurped", _("the address now belongs to somebody else")


#: What was cited can no longer be read at its address.
BROKEN_LINKS = (
    LinkState.DEVIATED,
    LinkState.SOFT_404,
    LinkState.DEAD,
    LinkState.SUSPECT,
    LinkState.USURPED,
)
#: Nobody should be sent there: who runs the address now is not who was cited.
UNSAFE_LINKS = (LinkState.SUSPECT, LinkState.USURPED)


class Provenance(TextChoices):
    CAPTURED = "captured", _("captured by us")
    UPLOADED = "uploaded", _("uploaded by the desk")
    PASTED = "pasted", _("pasted by the desk")
    ARCHIVE = "archive", _("taken from a public archive")
    RETOLD = "retold", _("our re-telling")


class ImportState(TextChoices):
    WANTED = "wanted", _("wanted, not begun")
    RUNNING = "running", _("at work")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class BlockRole(TextChoices):
    HEADLINE = "headline", _("headline")
    DECK = "deck", _("deck")
    BODY = "body", _("body")
    CAPTION = "caption", _("caption")
    CREDIT = "credit", _("credit")
    LABEL = "label", _("label")
    BLOCK_QUOTE = "block_quote", _("block quotation")


class AssessmentState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    SIGNED_OFF = "signed_off", _("signed off")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DISCARDED = "discarded", _("discarded")


OPEN_STATES = (
    AssessmentState.DRAFT,
    AssessmentState.SUBMITTED,
    AssessmentState.RETURNED,
    AssessmentState.SIGNED_OFF,
)
#: States in which the desk may still write the assessment itself.
WRITABLE_STATES = OPEN_STATES


#: States of an assessment that somebody signed and that still holds.
SIGNED_STATES = (AssessmentState.SIGNED_OFF, AssessmentState.PUBLISHED)


#: States of an assessment that readers have seen: the next one corrects it.
SHOWN_STATES = (
    AssessmentState.PUBLISHED,
    AssessmentState.SUPERSEDED,
    AssessmentState.WITHDRAWN,
)


class ArticleState(TextChoices):
    OPEN = "open", _("open")
    RELEASED = "released", _("released")
    CLEARED = "cleared", _("cleared")


RELEASED_STATES = (ArticleState.RELEASED, ArticleState.CLEARED)


class ClaimState(TextChoices):
    WORKING = "working", _("working")
    DISCARDED = "discarded", _("discarded")
    RETRACTED = "retracted", _("retracted")
    TAKEN_DOWN = "taken_down", _("taken down")


class Display(TextChoices):
    EXCERPTS = "excerpts", _("excerpts: each passage with a little context")
    FULL = "full", _("full text (say why we may)")


class ReleaseAct(TextChoices):
    """Why a release was made; the record is a function of these, in order."""

    LISTED = "listed", _("listed")
    PUBLISHED = "published", _("published")
    RECHECKING = "rechecking", _("put under re-check")
    RECHECK_ENDED = "recheck_ended", _("re-check ended")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RETRACTED = "retracted", _("retracted")
    TAKEN_DOWN = "taken_down", _("taken down")
    RELEASED = "released", _("released")
    CLEARED = "cleared", _("cleared")


#: Statuses an open claim may carry in public; chosen when its article is released.
LISTING_STATUSES = ("unverified", "in-review")
