"""The persons that a byline names; only those that are clearly persons.

A wrong guess is worse than none: whoever imports sees what was noted and can add.
"""

import re
from collections.abc import Iterator

MAX_CHARACTERS = 500
MAX_PERSONS = 12
_MAX_WORDS = 5
_SHORTEST_IN_CAPITALS = 5

#: What opens a byline, in the languages of the pages that came.
_OPENING = re.compile(
    r"(?:(?:written|story|report(?:ed|ing)?|text|words|analysis|article|commentary)\s+)?"
    r"by[:\s]\s*"
    r"|(?:text(?:e|o)?|(?:ein\s+)?(?:bericht|beitrag|kommentar|gastbeitrag)"
    r"|eine\s+(?:analyse|reportage))?\s*\b(?:von|par|por)\b[:\s]\s*"
    r"|(?:text|texte|texto|autorin|autor|auteur|author)s?\s*:\s*",
    re.IGNORECASE,
)
_ARABIC_OPENING = re.compile(
    r"(?:بقلم|كتبت?|تأليف)\s*[:：]?\s+|(?:بقلم|كتبت?)\s*[:：]\s*"
)
#: What follows is no author: who edited, who took the pictures, where and when.
_REST = re.compile(
    r"\s*(?:[|•·–—\n]|\s-\s|\b(?:photo(?:graph(?:s|y)?|s)?|pictures?|images?|video"
    r"|graphics?|illustrations?|edit(?:ed|ing)|translat(?:ed|ion)|fact[- ]check\w*"
    r"|additional|contribut(?:ed|ions?)|produced|updated|published|posted"
    r"|fotos?|bilder|mitarbeit|übersetz\w*|aktualisiert|fotografías|traduc\w+)\b).*",
    re.IGNORECASE | re.DOTALL,
)
#: What a person's part may end with: a place, an employer, a handle.
_WHERE = re.compile(
    r"\s+(?:in|at|for|from|of|with|reporting|and\s+agencies|für|aus|bei|mit|pour|à|en|"
    r"para|desde|في|من)\s.*|\s*[@(\[].*|\s*<.*",
    re.DOTALL,
)
_AND = re.compile(r"\s+(?:and|und|et|و)\s+|\s*&\s*", re.IGNORECASE)
#: “Ana Paz y Luis Roe” are two, “Ortega y Gasset” is one name.
_SPANISH_AND = re.compile(r"(?<=\w) y (?=\S+ \S)")
_MARKS = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SUFFIX = re.compile(r",\s*(Jr\.?|Sr\.?|II|III|IV)(?=\s|,|;|$)")
_SUFFIX_AT_END = re.compile(r"\s(?:Jr|Sr)\.$")
_HONORIFIC = re.compile(
    r"(?:(?:dr|prof|professor|mr|mrs|ms|sir|dame|herr|frau|mme|sra|sen|rep|gov|gen|col"
    r"|capt|maj|lt|sgt|rev|hon)\b\.?\s+)+",
    re.IGNORECASE,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTICLES = _words(
    "al as bin bint da dal de del della den der di dos das du el ibn la le ten ter van "
    "von vom y zu zur"
)
#: Words of bylines that name no person, in any place of a name.
_NO_PERSON = _words(
    """
    ab abc admin administrator afp agence agencia agencias agencies agency agentur
    agenturen al-jazeera analyst anchor anonymous ansa ap apa associated author authors
    bbc blog board breaking broadcasting bureau business cbs center centre channel check
    chief chronicle city club cnn columnist commission committee company content
    contributing contributor contributors cooperation corporation correspondent
    correspondents council courier critic customer daily department deputy desk deutsche
    diario digital dispatch dpa dw editor editorial editors efe epd express fact fellow
    foundation france-presse freelance gazette getty global globe government group guest
    herald images independent industry information insider institute interfax
    international internet journal journalist kna korrespondent korrespondentin ledger
    live local magazine mail managing media ministry mirror monitor multimedia nachrichten
    national nbc network networks news newspaper newspapers newsroom ngo noticias npr
    observer office official online onlineredaktion organisation organization partner
    periódico podcast police political politics poll post prensa press presse producer
    project publisher radio rédaction rédacteur redacción redactor redaktion redakteur
    redakteurin release reporter reporters research reuters review rundschau school
    science senior service services sid society special sponsored sport sports staff
    standard star studio submitted sun sunday survey tageblatt tass team tech
    telegraph television the times today tribune tv university upi us user various
    verlag voice watch web website weekly wire wires world writer writers xinhua zeitung
    monday tuesday wednesday thursday friday saturday
    """
)
#: Words that begin the name of a place, a paper or a body, never of a person.
_NO_BEGINNING = _words(
    """
    a an our your their this new los las san santa saint st hong tel buenos kuala north
    south east west middle united di de der die das ein eine le la les el lo il i un una
    """
)
_ARABIC_NO_PERSON = re.compile(
    r"وكال|فريق|تحرير|مراسل|قناة|صحيفة|جريدة|موقع|هيئة|قسم|خاص|رويترز|الجزيرة|أخبار|"
    r"ترجمة|محرر|شبكة|إذاعة"
)
_LATIN_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_INITIALS = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.-?)+")
_SUFFIXES = ("Jr", "Sr", "II", "III", "IV")
_ARABIC_WORD = re.compile(r"[\u0621-\u064a\u0671-\u06d3\u064b-\u0652-]+")


def names_in(byline: str) -> tuple[str, ...]:
    """Return the persons a byline names, in order, each once; empty when in doubt.

    “By Jane Doe and John Roe”, “Von Jana Roth”, “Jane Doe, Gazette staff”. A comma
    parts persons only in a list that “and” shows to be one: otherwise what follows it
    is where somebody works. Arabic, without capitals, needs its “by” (“بقلم”).
    """
    text = re.sub(r"[^\S\n]+", " ", _MARKS.sub("", byline)).strip()
    if len(text) > MAX_CHARACTERS:
        return ()
    if opening := _ARABIC_OPENING.match(text):
        names = _arabic(text[opening.end() :])
    else:
        opened = _OPENING.match(text)
        names = _latin(text[opened.end() :] if opened else text)
    return tuple(dict.fromkeys(names))[:MAX_PERSONS]


def _latin(text: str) -> Iterator[str]:
    text = _SUFFIX.sub(r" \1", _REST.sub("", text))
    for listed in text.split(";"):
        parts = [
            [piece.strip() for piece in part.strip(" ,").split(",")]
            for each in _AND.split(listed)
            for part in _both_or_neither(each)
        ]
        # “Jane Doe, Elm Weekly”, “…, Oak Hill, and John Roe, Elm Weekly”: what
        # follows the comma is where they work. A list ends with “and” and a name.
        is_list = len(parts) > 1 and len(parts[-1]) == 1
        for pieces in parts:
            for piece in pieces if is_list else pieces[:1]:
                if name := _person(piece):
                    yield name


def _both_or_neither(part: str) -> list[str]:
    """Part what a Spanish “y” joins where both sides are whole names."""
    sides = _SPANISH_AND.split(part)
    last_pieces = [side.rpartition(",")[2] for side in sides]
    return sides if all(len(each.split()) > 1 for each in last_pieces) else [part]


def _person(piece: str) -> str:
    """Return the name in one piece of a byline; "" when it is not clearly one."""
    beside = [_WHERE.sub("", each).strip(" :*") for each in piece.split("/")]
    plain = [_HONORIFIC.sub("", each, count=1) for each in beside]
    named = next((each for each in plain if not _is_body(each)), "")
    if not _SUFFIX_AT_END.search(named):
        named = named.rstrip(".")
    return _spelled(named) if _is_name(named.split()) else ""


def _is_body(text: str) -> bool:
    """Whether a text names an agency, a paper, a desk."""
    return bool(_NO_PERSON & {word.strip(".'’").casefold() for word in text.split()})


def _is_name(words: list[str]) -> bool:
    """Whether these are a given name or initial, and a surname after it."""
    if words and words[-1].strip(".") in _SUFFIXES:
        words = words[:-1]
    capital = [word for word in words if word not in _PARTICLES]
    if len(capital) < 2 or len(words) > _MAX_WORDS:
        return False
    if words[0].casefold() in _NO_BEGINNING or capital[-1] != words[-1]:
        return False
    full = [word for word in capital if not _INITIALS.fullmatch(word)]
    return (
        bool(full)
        and full[-1] == capital[-1]
        and all(map(_LATIN_WORD.fullmatch, full))
        and all(map(_begins_as_a_name, capital))
        and len({word.isupper() for word in full}) == 1
    )


def _begins_as_a_name(word: str) -> bool:
    article, dash, rest = word.partition("-")
    return (rest if dash and article in _PARTICLES else word)[0].isupper()


def _spelled(name: str) -> str:
    """Write a name in capitals as names are written, where that is certain."""
    words = [word for word in name.split() if not _INITIALS.fullmatch(word)]
    if not all(word.isupper() for word in words):
        return name
    # “MACDONALD” may be Macdonald or MacDonald, “EPA” may be anybody.
    is_doubtful = any(word.startswith(("MC", "MAC")) for word in words)
    is_short = max(map(len, words)) < _SHORTEST_IN_CAPITALS
    return "" if is_doubtful or is_short else name.title()


def _arabic(text: str) -> Iterator[str]:
    for part in _AND.split(re.split(r"[|/،,؛;\n–—(]", text)[0]):
        words = part.split()
        if not 2 <= len(words) <= 4 or not all(map(_ARABIC_WORD.fullmatch, words)):
            continue
        # “and” is written together with the name that follows: two persons, or one.
        if any(word.startswith("و") for word in words[1:]):
            continue
        if not _ARABIC_NO_PERSON.search(part):
            yield " ".join(words)
