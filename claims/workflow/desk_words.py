"""The desk's own vocabulary: closed lists of words that no reader meets."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    """What can come to be known of a claim after its finding was signed."""

    WORDS_CHANGED = "words_changed", _("the article's words changed")
    WORDS_GONE = "words_gone", _("the words are no longer in the article")


class DateChoice(TextChoices):
    """What a person decides about a date that was counted from a corrected one."""

    TAKE = "take", _("take the new date")
    KEEP = "keep", _("keep the date as it stands")
