"""First guesses for a form: kind of claim, kind of source, a statement of our own.

Guesses only: each stands in a field that a person reads before it is saved. They know
English; of other languages they guess the commonest.
"""

import re

_FORECAST = re.compile(
    r"\b(?:will|would|shall|is expected to|are expected to|is likely to|are likely to"
    r"|is going to|are going to|may soon|could soon)\b",
    re.IGNORECASE,
)
_PRESCRIPTION = re.compile(
    r"\b(?:should|ought to|must|needs? to|has to|have to)\b", re.IGNORECASE
)
_CAUSE = re.compile(
    r"\b(?:because|caused?|led to|leads to|due to|owing to|thanks to|resulted in"
    r"|as a result of)\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r"\b(?:than|times (?:the|as|larger|bigger|smaller)|twice|compared (?:to|with)"
    r"|the (?:most|least|largest|biggest|smallest|highest|lowest|oldest))\b",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"\b(?:is|was|are|were)\s+(?:also\s+)?(?:the|an?|its|their|his|her)\s+(?:[\w-]+\s+){0,4}"
    r"(?:leader|head|president|minister|mayor|director|chair\w*|commander|spokes\w+"
    r"|secretary|founder|owner|author|member|chief|governor)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"[$€£¥]?\d|\b(?:half|third|quarter|dozens?|hundreds?|thousands?|millions?|billions?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_EVENT = re.compile(
    r"\b(?!(?:need|indeed|hundred|unrelated|related|limited|united)\b)\w{2,}ed\b"
    r"|\b(?:began|broke|brought|built|came|cut|died|drew|drove|fell|fled|fought|found|gave"
    r"|got|grew|held|hit|kept|left|lost|made|met|paid|rose|ran|said|saw|sent|set|shot|sold"
    r"|spoke|stood|struck|took|told|went|won|wrote)\b",
    re.IGNORECASE,
)
#: First that fits; what fits none is a state of affairs.
_KINDS = (
    ("forecast", _FORECAST),
    ("prescription", _PRESCRIPTION),
    ("comparison", _COMPARISON),
    ("cause", _CAUSE),
    ("identity", _IDENTITY),
)

_ARMED = re.compile(
    r"\b(?:militias?|brigades?|insurgents?|rebels?|fighters|jihadists?|guerrillas?)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:report|study|survey|poll|paper|analysis|memo|review|audit|census|investigation"
    r"|documents?)\b$",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"\b(?:Journal|Times|Post|Herald|Tribune|News|Gazette|Guardian|Telegraph|Mirror|Sun"
    r"|Chronicle|Courier|Observer|Insider|Reuters|AFP|BBC|CNN|AP|Press|Radio|Television|TV"
    r"|Magazine|Newspaper|Zeitung|Spiegel|Mail|Bulletin)\b$"
)
_GOVERNMENT = re.compile(
    r"\b(?:Ministry|Department|Government|Parliament|Senate|Congress|Court|Police|Army|Navy"
    r"|Pentagon|Kremlin|White House|Commission|Council|Nations|UN|EU|NATO|Office|Bureau"
    r"|Embassy|Administration|Agency|City|State)\b"
)
_ORGANISATION = re.compile(
    r"\b(?:Center|Centre|Institute|University|College|School|Company|Corporation|Corp|Inc"
    r"|Ltd|Group|Union|Association|Federation|Foundation|Fund|Network|Organi[sz]ation"
    r"|Party|Bank|Society|Trust|League|Club|Church|Hospital|Coalition|Alliance|Movement"
    r"|Observatory|Watch|Committee|Board|Think Tank)\b"
)
_UNNAMED_MANY = re.compile(
    r"(?:^|\s)(?:(?!police|press)[\w-]*[^s\W]s|people|police|women|men|some|others|many)$"
    r"|\b(?:officials|sources|experts|analysts|residents|witnesses|activists|researchers"
    r"|scientists|critics|observers|diplomats|doctors|lawyers|aides|authorities)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:that|whether|and|but|how)\s+(?=\S)", re.IGNORECASE)
_MARKS = "\"“”„«»‹›‘’'「」『』"


def claim_kind(words: str) -> str:
    """Return the likely kind of a claim: a value of ``workflow.words.ClaimKind``."""
    for kind, pattern in _KINDS:
        if pattern.search(words):
            return kind
    if _FIGURE.search(_YEAR.sub("", words)):
        return "figure"
    return "event" if _EVENT.search(words) else "state"


def source_kind(name: str) -> str:
    """Return the likely kind of a source: a value of ``models.sources.SourceKind``.

    A name is one by its capitals; what has none is somebody unnamed.
    """
    bare = re.sub(r"^(?:the|an?|one|some)\s+", "", name.strip(), flags=re.IGNORECASE)
    if _REPORT.search(bare):
        return "report"
    if _OUTLET.search(bare):
        return "outlet"
    if _ARMED.search(bare):
        return "armed_group"
    last = bare.split()[-1] if bare.split() else ""
    if last == last.lower():
        return "unnamed_group" if _UNNAMED_MANY.search(bare) else "unnamed_person"
    if _GOVERNMENT.search(bare):
        return "government"
    if _ORGANISATION.search(bare) or (bare.isupper() and " " not in bare):
        return "organisation"
    return "person"


def statement_of(words: str) -> str:
    """Turn the words of a passage into the beginning of a statement of our own.

    Outer quotation marks and a leading “that” go, white space becomes one space, the
    first letter a capital, and a full stop ends it.
    """
    text = " ".join(words.split())
    text = _without_outer_marks(_LEADING.sub("", text)).strip(" ,;:—–-")
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    closed = text.rstrip(_MARKS + ")")
    return text if closed.endswith((".", "!", "?", "…", "。", "؟", "।")) else f"{text}."


def _without_outer_marks(text: str) -> str:
    """Drop quotation marks around all of it; leave those of a part."""
    inner = text[1:-1]
    if len(text) > 2 and text[0] in _MARKS and text[-1] in _MARKS:
        return text if any(mark in inner for mark in _MARKS[:8]) else inner
    if text[:1] in _MARKS and not any(mark in text[1:] for mark in _MARKS[:8]):
        return text[1:]
    if text[-1:] in _MARKS[:8] and not any(mark in text[:-1] for mark in _MARKS[:8]):
        return text[:-1]
    return text
