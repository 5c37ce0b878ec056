"""The desk's own vocabulary: closed lists of words that no reader meets."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .words import LinkState


class Speech(TextChoices):
    """How a suggested statement stands in the article."""

    DIRECT = "direct", _("quoted")
    INDIRECT = "indirect", _("in the article's words")
    MIXED = "mixed", _("partly quoted")
    NONE = "none", _("nobody is named")


class SuggestionState(TextChoices):
    PROPOSED = "proposed", _("to be decided")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")


class PairState(TextChoices):
    """What two claims that are much alike are to each other, and who says so."""

    SUGGESTED = "suggested", _("to be decided")
    SAME = "same", _("the same claim")
    RELATED = "related", _("related")
    REJECTED = "rejected", _("not the same")


class AnchorVerdict(TextChoices):
    """How a passage was found again in a newer stored copy, best first."""

    UNCHANGED = "unchanged", _("the text is the same")
    MAPPED = "mapped", _("the same words at the same place")
    EXACT = "exact", _("the same words in the same context")
    TYPOGRAPHIC = "typographic", _("the same words in other typography")
    SUGGESTED = "suggested", _("similar words, to be confirmed")
    ORPHANED = "orphaned", _("not found again")


class AnchoringState(TextChoices):
    """What holds of a passage in a newer copy, and who says so."""

    CERTAIN = "certain", _("stands there")
    TO_DECIDE = "to_decide", _("to be decided")
    CONFIRMED = "confirmed", _("stands there, confirmed by eye")
    GONE = "gone", _("no longer there, confirmed by eye")


class CaptureState(TextChoices):
    """What became of the wish to store a copy of a document."""

    WANTED = "wanted", _("waiting")
    RUNNING = "running", _("at work")
    STORED = "stored", _("stored")
    UNCHANGED = "unchanged", _("seen unchanged")
    FAILED = "failed", _("failed")


#: Captures that still have to end.
OPEN_CAPTURES = (CaptureState.WANTED, CaptureState.RUNNING)


class NewsKind(TextChoices):
    """What can come to be known of a claim, mostly after its finding was signed."""

    WORDS_CHANGED = "words_changed", _("the article's words changed")
    WORDS_GONE = "words_gone", _("the words are no longer in the article")
    QUOTATION = "quotation", _("the quoted words no longer stand there")
    #: Told to unsigned claims too: whoever works on one must know it.
    BASIS_CHANGED = "basis_changed", _("a claim it rests on changed")


class DateChoice(TextChoices):
    """What a person decides about a date that was counted from a corrected one."""

    TAKE = "take", _("take the new date")
    KEEP = "keep", _("keep the date as it stands")


class EyeFinding(TextChoices):
    """What a person saw who compared a quotation with its source."""

    NONE = "", _("nobody looked")
    SAME = "same", _("the words stand there")
    OTHER = "other", _("the words do not stand there")


class ProbeKind(TextChoices):
    """What one look at a link showed."""

    OK = "ok", _("online")
    MOVED = "moved", _("moved to another address")
    DEVIATED = "deviated", _("online, but quoted words are missing")
    SOFT_404 = "soft_404", _("looks like an error page")
    BLOCKED = "blocked", _("closed to us")
    THROTTLED = "throttled", _("asked us to wait")
    TRANSIENT = "transient", _("did not answer")
    GONE = "gone", _("not found")
    SUSPECT = "suspect", _("perhaps taken over")


class ProbeReason(TextChoices):
    """Why a look at a link counts as what it does."""

    ANSWERED = "answered", _("it answered with a page")
    UNCHANGED = "unchanged", _("the page is the same as at the last look")
    QUOTATIONS_STAND = "quotations_stand", _("every quoted word stands there")
    UNREAD = "unread", _("it answered with something that we read no text from")
    MOVED_FOR_GOOD = "moved_for_good", _("the same page stands at another address")
    QUOTATION_GONE = "quotation_gone", _("quoted words are no longer in its text")
    TO_ROOT = "to_root", _("it leads to the front page")
    TO_SECTION = "to_section", _("it leads to a section, not to the page")
    TO_LOGIN = "to_login", _("it leads to a login")
    TO_SEARCH = "to_search", _("it leads to a search")
    TO_ERROR_PAGE = "to_error_page", _("it leads to an error page")
    TO_OTHER_PAGE = "to_other_page", _("it leads to a page about something else")
    ERROR_TITLE = "error_title", _("its title is that of an error page")
    LIKE_ANY_PAGE = (
        "like_any_page",
        _("the site answers the same to an address that never was"),
    )
    SHRUNK = "shrunk", _("less than a fifth of its text is left")
    EMPTY = "empty", _("the page is empty")
    CLOSED = "closed", _("the site does not let us in")
    CHALLENGE = "challenge", _("a firewall asks for proof of a person")
    ROBOTS = "robots", _("the site's robots.txt asks programs to stay away")
    TOO_LARGE = "too_large", _("it is too large to be fetched")
    NOT_FETCHED = "not_fetched", _("the tracker asks nothing of such an address")
    ASKED_TO_WAIT = "asked_to_wait", _("the site asked us to come back later")
    SERVER_ERROR = "server_error", _("the server reports a fault of its own")
    NAME_SERVER = "name_server", _("the name of the site could not be looked up")
    TIMEOUT = "timeout", _("no answer came in time")
    CONNECTION = "connection", _("the server could not be reached")
    TLS = "tls", _("its certificate or encryption is not valid")
    BROKEN = "broken", _("the answer was damaged")
    TOO_MANY_REDIRECTS = "too_many_redirects", _("it redirects without end")
    NOT_FOUND = "not_found", _("the site says that there is no such page")
    GONE_FOR_GOOD = "gone_for_good", _("the site says that the page is gone for good")
    NO_SUCH_HOST = "no_such_host", _("there is no site of that name")
    PARKED = "parked", _("the page offers the domain for sale")
    OTHER_LANGUAGE = (
        "other_language",
        _("another page, in another language, stands there"),
    )


class LinkNoticeKind(TextChoices):
    """What happened to a link that a person should look at."""

    MOVED = "moved", _("moved: take over the new address?")
    DEVIATED = "deviated", _("the quoted words are gone from the page")
    BLOCKED = "blocked", _("closed to us: look at it yourself")
    DEAD = "dead", _("the page is gone")
    SUSPECT = (
        "suspect",
        _("perhaps taken over by somebody else: look before readers do"),
    )
    BACK = "back", _("online again")


#: What a person may say a link is, against what the machine sees.
OVERRULING_STATES = (
    LinkState.OK,
    LinkState.DEVIATED,
    LinkState.BLOCKED,
    LinkState.DEAD,
    LinkState.USURPED,
)


class RequestOutcome(TextChoices):
    """What became of a reader's request for a correction."""

    CORRECTED = "corrected", _("corrected")
    CLARIFIED = "clarified", _("made clearer")
    NO_CHANGE = "no_change", _("no change: it stands")
    NOT_OURS = "not_ours", _("not about what we publish")
    SPAM = "spam", _("spam")


class ClaimImportState(TextChoices):
    """How far the import of a file of claims has come."""

    READING = "reading", _("being read")
    CHECKED = "checked", _("checked, nothing written")
    WRITING = "writing", _("being written")
    DONE = "done", _("done")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


#: Imports that were begun and have to be brought to an end.
UNFINISHED_IMPORTS = (ClaimImportState.WRITING, ClaimImportState.UNDOING)


class RowVerdict(TextChoices):
    """What importing a row would do."""

    ADD = "add", _("added")
    CHANGE = "change", _("changed")
    SKIP = "skip", _("skipped")
    REFUSE = "refuse", _("refused")


class RowOutcome(TextChoices):
    """What became of a row that was to be written."""

    WAITING = "", _("not yet")
    WRITTEN = "written", _("written")
    KEPT = "kept", _("left as it was")
    UNDONE = "undone", _("undone")
