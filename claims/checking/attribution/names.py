"""Whom a source phrase means: the fullest name the text gives."""

import bisect
import re
from dataclasses import dataclass, field

from .lexicon import (
    ADVERBS,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TITLES,
    words,
)
from .tokens import Document

_NAME = re.compile(
    r"(?:[^\W\d_a-zß-öø-ÿ][\w’'&.-]*\w|[A-Z]\.?)"
    r"(?:\s+(?:(?:of|for|the|and|de|del|da|van|von|der|den|bin|al|el|la|le|du|di|ter)"
    r"\s+){0,2}(?:[^\W\d_a-zß-öø-ÿ][\w’'&.-]*\w|al-[\w-]+|el-[\w-]+|[A-Z]\.?))*"
)
_SMALL = words("of for the and de del da van von der den bin al el la le du di in at")
_NO_NAMES = (
    DETERMINERS
    | PREPOSITIONS
    | SUBORDINATORS
    | SUBJECT_PRONOUNS
    | ADVERBS
    | {*("but", "and", "or", "there", "here", "mr", "mrs", "ms")}
)
_ORGANISATION = words(
    "center centre institute council commission committee board agency bank party "
    "ministry department office bureau university college school company "
    "corporation group union association federation foundation court police army "
    "force forces government parliament senate congress house administration "
    "campaign report study survey poll paper journal times post herald tribune "
    "news network organization organisation nations fund team club church "
    "hospital airline firm carrier watch coalition alliance movement front state "
    "city district authority service society trust league academy laboratory "
    "observatory research data ledger courier mirror magazine newspaper website "
    "memo letter statement document documents figures"
)
_IDENTIFIED = re.compile(r"(?:identified|known|named|called)\s+(?:only\s+)?(?:as\s+)?$")
_POSSESSIVE = re.compile(r"['’]s?$")
_CUT = re.compile(
    r"\s+(?:who|which|that|whose|identified|known|released|published|issued|seen|obtained"
    r"|based|interviewed|led|in\s+(?:an?|the|his|her)\s+(?:interview|statement)"
    r")\b.*",
    re.DOTALL,
)
#: How many names or sources back a short form may reach, and characters a pronoun.
MAX_NAMES = 60
#: Works that an article brings in as “a new report” and names in the next sentence.
_WORKS = words("report study survey poll paper analysis review audit")
_CAPITALS = r"[A-Z][\w’'-]*(?:\s(?:(?:of|for|and|the|on)\s){0,2}[A-Z][\w’'-]*)*"
NEAR = 600
_LIST = re.compile(r"[A-Z][\w’'-]*(?:, [A-Z][\w’'-]*)*,? and [A-Z][\w’'-]*")
_MAKER = re.compile(r"(?:by|from)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*$")
PERSONAL = frozenset({"he", "she", "him", "her", "his", "i"})
IMPERSONAL = frozenset({"it", "its"})
PLURAL = frozenset({"they", "them", "their", "we"})


@dataclass
class Names:
    """The names of a text by the place where each ends, and the sources met so far."""

    doc: Document
    full: list[tuple[int, str]] = field(default_factory=list)
    sources: list[tuple[int, str]] = field(default_factory=list)
    by_word: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    by_initials: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        text = self.doc.text
        for match in _NAME.finditer(text):
            written = " ".join(match[0].split())
            name = _without_titles(written)
            before = text[max(0, match.start() - 2) : match.start()].strip()
            if written.endswith(f"The {name}") and (
                before.isalnum() or not written.startswith("The ")
            ):
                name = f"The {name}"  # its own: “as The Daily Ledger reported”
            if name:
                self.full.append((match.start(), name))
            if " " in name or name.isupper():
                self.index(match.start(), name)

    def index(self, place: int, name: str) -> None:
        words = [word for word in name.split() if word.lower() not in _SMALL]
        for word in words:
            known = self.by_word.setdefault(_plain(word), [])
            if all(name != each for _, each in known[-MAX_NAMES:]):
                known.append((place, name))
        initials = "".join(word[0] for word in words).upper()
        if len(words) > 1:
            self.by_initials.setdefault(initials, name)

    def resolve(self, start: int, end: int) -> str:
        """Return the fullest name of the source at a place, and remember it."""
        phrase = " ".join(self.doc.text[start:end].split()).strip(" ,;:—–")
        phrase = _POSSESSIVE.sub("", phrase)
        name = _POSSESSIVE.sub("", self.of_phrase(phrase, start))
        if phrase.lower() not in PERSONAL | IMPERSONAL | PLURAL or name != phrase:
            self.sources.append((start, name))
        return name

    def of_phrase(self, phrase: str, start: int) -> str:
        lower = phrase.lower()
        if lower in PERSONAL | IMPERSONAL | PLURAL | {"who", "which", "that"}:
            return self.of_pronoun(lower, start) or phrase
        if _LIST.fullmatch(phrase):
            return phrase
        core = _core(phrase)
        named = _proper_end(core) or _apposed_name(phrase)
        if named:
            return self.fullest(named, start)
        return self.of_description(core, phrase, start)

    def fullest(self, name: str, start: int) -> str:
        """“Zelin” → “Aaron Zelin”, “The Journal” → “The Wall Street Journal”."""
        words = name.split()
        if name.isupper() and len(words) == 1 and name in self.by_initials:
            return self.by_initials[name]
        key = _plain(words[-1])
        known = self.by_word.get(key, [])[:MAX_NAMES]
        longer = [
            each
            for _, each in known
            if len(each) > len(name)
            and _plain(each.split()[-1]) == key
            and {_plain(word) for word in words}
            <= {_plain(word) for word in each.split()} | {"the"}
            and not _swallowed(each, name)
        ]
        return longer[0] if longer else name

    def of_description(self, core: str, phrase: str, start: int) -> str:
        """“the center” → the name met before that has the same noun."""
        words = core.split()
        if not words:
            return phrase
        definite = phrase.split()[0].lower() in ("the", "this", "that", "its", "their")
        key = _plain(words[-1])
        if definite and len(words) <= 3:
            for _, name in reversed(self.sources[-MAX_NAMES:]):
                if key in _nouns(name) and len(name) > len(core):
                    return name
            earlier = [
                each
                for place, each in self.by_word.get(key, [])[:MAX_NAMES]
                if place < start and each.lower() != core.lower()
            ]
            if earlier:
                return max(earlier, key=len)
        return (not definite and self.named_next(core, start)) or core

    def named_next(self, core: str, start: int) -> str | None:
        """“a new report” → “the Mill Institute report” of the sentences that follow."""
        if core.lower() not in _WORKS:
            return None
        text = self.doc.text
        pattern = rf"\b[Tt]he ({_CAPITALS} {core})\b"
        match = re.compile(pattern).search(text, start, start + NEAR)
        return " ".join(match[1].split()) if match else None

    def of_pronoun(self, pronoun: str, start: int) -> str | None:
        paragraph = self.doc.text.rfind("\n", 0, start)
        for place, name in reversed(self.sources[-12:]):
            if _matches(pronoun, name):
                near = place > paragraph or pronoun not in PERSONAL
                return name if near else self.person(start, paragraph) or name
        return self.person(start, start - NEAR) if pronoun in PERSONAL else None

    def person(self, start: int, first: int) -> str | None:
        """Return the last person named between two places, but for “in New York”."""
        at = bisect.bisect_left(self.full, (start, "")) - 1
        while at >= 0 and self.full[at][0] > first:
            place = self.full[at][0]
            before = self.doc.text[max(0, place - 12) : place].split()[-1:]
            if _is_person(self.full[at][1]) and before not in _PLACED:
                return self.full[at][1]
            at -= 1
        return None


def _plain(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower()).strip(".,()")


def _nouns(name: str) -> set[str]:
    return {_plain(word) for word in name.split()}


def _swallowed(longer: str, name: str) -> bool:
    """Whether the longer name is two: “Lund and Orr”."""
    return " and " in f" {longer} " and " and " not in f" {name} "


_PLACED = (["in"], ["at"], ["of"], ["from"], ["to"], ["the"])
_DROPPED = words("the a an this that his her their its our my new")


def _core(phrase: str) -> str:
    """Return a phrase without determiners, appositions and what modifies it after."""
    first = re.split(r",\s|\s[—–]\s|\s\(", phrase)[0]
    maker = _MAKER.search(first)
    first = _CUT.sub("", first)
    if maker and maker[0] not in first:
        first = f"{first} {maker[0]}"
    parts = first.split()
    while parts and parts[0].lower() in _DROPPED:
        parts.pop(0)
    return " ".join(parts).rstrip(",")


def _without_titles(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].lower().strip(".") in TITLES:
        words.pop(0)
    while words and words[0].lower() in _NO_NAMES:
        words.pop(0)
    return " ".join(words)


def _proper_end(core: str) -> str | None:
    """Return the name a phrase ends with: “spokesman Jonas Riel” → Jonas Riel."""
    words = core.split()
    at = len(words)
    while at > 0 and (words[at - 1][0].isupper() or words[at - 1].lower() in _SMALL):
        at -= 1
    while at < len(words) and words[at].lower() in _SMALL | RELATIVES:
        if at > 0:  # “head of the Fisheries Council” is no name
            return None
        at += 1
    name = " ".join(words[at:])
    plain = _without_titles(name)
    if not plain or not plain[0].isupper():
        return None
    if at > 0 and words[at - 1].lower() in PREPOSITIONS:
        return None
    return plain


def _apposed_name(phrase: str) -> str | None:
    """“his lawyer, Bram Oskar,” and “a leader, identified as X”: the name beside it."""
    parts = [part.strip() for part in phrase.split(",")]
    for part in parts[1:]:
        match = _NAME.search(part)
        if match and match.end() == len(part):
            before = part[: match.start()].strip()
            if (
                not before
                or _IDENTIFIED.search(before + " ")
                or _IDENTIFIED.search(before)
                or re.fullmatch(r"identified as|known as|named|called", before)
            ):
                return _without_titles(match[0])
    return None


def _is_person(name: str) -> bool:
    words = name.split()
    capital = len(words) >= 2 and all(
        word[0].isupper() or word.lower() in _SMALL or word.startswith(("al-", "el-"))
        for word in words
    )
    return capital and not (_nouns(name) & _ORGANISATION) and "of" not in words


def _matches(pronoun: str, name: str) -> bool:
    nouns = _nouns(name)
    words = name.split()
    if pronoun in PLURAL:
        last = _plain(words[-1])
        common = words[-1].islower() or len(words) == 1
        return (last.endswith("s") and common) or last == "police"
    if pronoun in IMPERSONAL:
        return bool(nouns & _ORGANISATION) or name.isupper()
    return not nouns & _ORGANISATION and not (
        words[-1].endswith("s") and words[-1][0].islower()
    )
