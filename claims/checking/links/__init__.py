"""What became of a web address: one answer judged, and what follows from many.

``classify(answer, memory)`` says what one answer shows, ``advance(memory, finding, at)``
what holds from then on, and when to look again. The figures are those of Wikimedia's
DeadlinkChecker and InternetArchiveBot (three failures, days apart, and any success
forgives all), with their faults mended: a server that asks us to wait is not dying, a
page that answers is not yet the page that was cited.
"""

from .advancing import advance
from .answers import Answer, Hop, Memory, PageText
from .classifying import classify
from .findings import Finding, FindingKind, Reason
from .likeness import likeness, sketch
from .robots import may_ask

__all__ = [
    "Answer",
    "Finding",
    "FindingKind",
    "Hop",
    "Memory",
    "PageText",
    "Reason",
    "advance",
    "classify",
    "likeness",
    "may_ask",
    "sketch",
]
