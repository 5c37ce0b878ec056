"""Who stands before or after a verb: noun phrases, found by their edges.

There is no part-of-speech tagger here. A subject reaches from its verb back to the edge
of its clause; what may stand between (names, relative clauses, appositions) is known by
small words, capitals and commas.
"""

from .edges import HARD, Range, clause_edge, is_adverb, is_finite
from .lexicon import (
    DETERMINERS,
    GERUNDS,
    LONE_SUBJECTS,
    PREPOSITIONS,
    RELATIVES,
    STRONG_PASTS,
    SUBJECT_PRONOUNS,
    words,
)
from .tokens import Document, Sentence, Token

MAX_SUBJECT_TOKENS = 45


_TIME_WORDS = frozenset(
    "on in at by late early last this next earlier later".split()  # noqa: SIM905
)


def subject_before(doc: Document, sentence: Sentence, verb: int) -> Range | None:
    """Return the tokens of the subject that ends before ``verb`` (exclusive)."""
    if verb <= sentence.first:
        return None
    end = _without_date(doc, sentence, verb)
    start = clause_edge(doc, sentence, end)
    if start >= end or end - start > MAX_SUBJECT_TOKENS:
        return None
    return _noun_phrase(doc, start, end)


def _without_date(doc: Document, sentence: Sentence, end: int) -> int:
    """Leave out “on Friday” between subject and verb."""
    at = end
    for date in doc.dates_in(sentence.start, doc.tokens[end - 1].end):
        if date.end == doc.tokens[end - 1].end:
            while at > sentence.first and doc.tokens[at - 1].start >= date.start:
                at -= 1
            if at > sentence.first and doc.tokens[at - 1].lower in _TIME_WORDS:
                if doc.tokens[at - 1].lower == "in":  # “a nurse who left in June”
                    return end
                at -= 1
    return at if at > sentence.first else end


def _noun_phrase(doc: Document, start: int, end: int) -> Range | None:
    """Choose among the comma parts of a clause those that name the subject."""
    parts = _parts(doc, start, end)
    closed = doc.tokens[end - 1].text == ","
    if closed and len(parts) >= 2:
        first = _head_of_apposition(doc, parts)
    elif closed:
        return None
    else:
        first = _start_of_list(doc, parts)
    if closed and doc.tokens[parts[first + 1][0]].lower.endswith("ing"):
        end = parts[first][1]  # “Trump, appearing after Clinton, cited”
    left = _trimmed(doc, parts[first][0], end)
    return (left, end) if left is not None and left < end else None


def _parts(doc: Document, start: int, end: int) -> list[Range]:
    parts, left = [], start
    for at in range(start, end + 1):
        if at == end or doc.tokens[at].text == ",":
            if left < at:
                parts.append((left, at))
            left = at + 1
    return parts or [(start, end)]


def _head_of_apposition(doc: Document, parts: list[Range]) -> int:
    """Return the part the appositions belong to: “Aubin, 54, a farmer near Sarlin,”."""
    number = len(parts) - 2
    while number > 0 and _is_apposition(doc, parts[number]):
        if _has_verb(doc, parts[number - 1]) or _is_adverbial(doc, parts[number - 1]):
            break
        number -= 1
    return number


def _is_apposition(doc: Document, part: Range) -> bool:
    token = doc.tokens[part[0]]
    return (
        token.text[0].isdigit()
        or token.lower in RELATIVES
        or token.lower in PREPOSITIONS
        or token.lower in ("a", "an", "and", "the", "now", "then", "formerly")
        or (not token.capital and token.lower not in DETERMINERS)
    )


def _has_verb(doc: Document, part: Range) -> bool:
    return any(
        is_finite(doc, at) or doc.tokens[at].lower in SUBJECT_PRONOUNS
        for at in range(*part)
    )


def _is_adverbial(doc: Document, part: Range) -> bool:
    token = doc.tokens[part[0]]
    return (
        token.lower in PREPOSITIONS
        or is_adverb(token)
        or token.lower.endswith("ing")
        or doc.date_from(token.start) is not None
    )


def _start_of_list(doc: Document, parts: list[Range]) -> int:
    """Return where a list of names begins: “Lund, Orr and Marsk”."""
    number = len(parts) - 1
    if not any(doc.tokens[at].lower in ("and", "or") for at in range(*parts[number])):
        return number
    while number > 0:
        left, right = parts[number - 1]
        named = all(
            doc.tokens[at].capital or doc.tokens[at].lower in DETERMINERS
            for at in range(left, right)
        )
        if right - left > 5 or not named or _is_adverbial(doc, (left, right)):
            break
        number -= 1
    return number


_LINKS = frozenset(("and", "or", "but", "so", "yet", "that", "then"))


def _trimmed(doc: Document, start: int, end: int) -> int | None:
    """Leave out what stands before a noun phrase; ``None``: there is none."""
    at = start
    while at < end:
        token = doc.tokens[at]
        date = doc.date_from(token.start)
        if date and date.end < doc.tokens[end - 1].end and not _possessive(doc, at):
            while at < end and doc.tokens[at].start < date.end:
                at += 1
        elif (
            token.text == ","
            or token.lower in _LINKS
            or (is_adverb(token) and token.lower not in LONE_SUBJECTS)
        ):
            at += 1
        elif token.lower in PREPOSITIONS and not _counts(doc, at):
            found = _after_prepositional(doc, at, end)
            if found is None:
                return None
            at = found
        else:
            break
    if at >= end or not _could_be_noun_phrase(doc, at, end):
        return None
    return at


def _counts(doc: Document, at: int) -> bool:
    """“at least 40”, “up to ten”: a number begins here, no adverbial."""
    following = doc.tokens[at + 1].lower
    return following in ("least", "most") or following[0].isdigit()


def _possessive(doc: Document, at: int) -> bool:
    return any(
        doc.tokens[each].text in ("'s", "’s")
        for each in range(at, min(at + 3, len(doc.tokens)))
    )


def _after_prepositional(doc: Document, at: int, end: int) -> int | None:
    """“In Paris the minister”: return the last determiner after a preposition."""
    for each in range(end - 1, at + 1, -1):
        token = doc.tokens[each]
        before = doc.tokens[each - 1].lower
        if token.text == "," and each + 1 < end:
            return each + 1
        if token.lower in DETERMINERS and before not in PREPOSITIONS:
            return each
        named = token.capital and before.isalpha() and not doc.tokens[each - 1].capital
        if named and before not in PREPOSITIONS and not doc.date_from(token.start):
            return each if before not in DETERMINERS else None
    return None


_NO_ENDS = PREPOSITIONS | words("the a an and or that not to his their its")


def _could_be_noun_phrase(doc: Document, start: int, end: int) -> bool:
    last = doc.tokens[end - 1 if doc.tokens[end - 1].text != "," else end - 2]
    first = doc.tokens[start]
    if last.lower in LONE_SUBJECTS and end - start == 1:
        return True
    if first.lower == "to" or first.lower in GERUNDS:
        return False
    if not last.is_word and last.text not in (")", "%") and last.quote < 0:
        return last.text in ("'s", "’s", "'", "’")
    return last.lower not in _NO_ENDS


_STOPS_AFTER = words(
    "on in at during after before when as while by through following if since "
    "because although though but with and to who to"
) - {"with", "and"}


def first_clause_end(doc: Document, sentence: Sentence, start: int, end: int) -> int:
    """Return where a clause ends before the verb of the clause around it.

    “Her claim that the lake is clean | was met with laughter”: before the second verb.
    """
    verbs = [
        at
        for at in range(start, sentence.last)
        if doc.tokens[at].end <= end and _is_past_or_finite(doc, at)
    ]
    return doc.tokens[verbs[1] - 1].end if len(verbs) > 1 else end


def _is_past_or_finite(doc: Document, at: int) -> bool:
    word = doc.tokens[at].lower
    return is_finite(doc, at) or word.endswith("ed") or word in STRONG_PASTS


def noun_phrase_after(
    doc: Document, sentence: Sentence, start: int, *, whole: bool = False
) -> Range | None:
    """Return the noun phrase that begins at ``start``, its appositions included.

    ``whole``: prepositions do not end it, as in “according to a study by …”.
    """
    at = start
    while at < sentence.last and not (
        _ends_phrase(doc, at, start)
        and not (whole and doc.tokens[at].lower in PREPOSITIONS)
    ):
        at += 1
    if at == start or not _could_be_noun_phrase(doc, start, at):
        return None
    if not _begins_phrase(doc.tokens[start]):
        return None
    return start, _with_appositions(doc, sentence, at)


def _begins_phrase(token: Token) -> bool:
    return (
        token.capital
        or (token.lower in DETERMINERS and token.lower != "that")
        or token.lower in LONE_SUBJECTS
        or token.lower.endswith(("s", "men", "people"))
        or token.lower in ("police", "local", "former", "senior")
        or token.text[0].isdigit()
    )


def _ends_phrase(doc: Document, at: int, start: int) -> bool:
    token = doc.tokens[at]
    if at > start and token.lower in _STOPS_AFTER:
        return True
    if token.quote >= 0 or token.text in (",", ".", "!", "?") or token.text in HARD:
        return token.text not in "()" or token.quote >= 0
    return at > start and (
        doc.date_from(token.start) is not None or is_finite(doc, at) or is_adverb(token)
    )


def _with_appositions(doc: Document, sentence: Sentence, at: int) -> int:
    """Go on over “, a wheat farmer near Sarlin” to the end of the sentence."""
    end = at
    while end + 1 < sentence.last and doc.tokens[end].text == ",":
        part = end + 1
        while part < sentence.last and not (
            doc.tokens[part].text in (",", ".", ";", "—", "–")
            or doc.tokens[part].quote >= 0
        ):
            part += 1
        if not _continues(doc, (end + 1, part)):
            break
        end = part
    return end


def _continues(doc: Document, part: Range) -> bool:
    token = doc.tokens[part[0]]
    if doc.date_from(token.start) or token.lower in GERUNDS:
        return False
    if token.lower in ("who", "whose", "which"):
        return True
    if token.lower in ("a", "an", "the", "one", "former", "head", "chief", "author"):
        return not _has_verb(doc, part) or any(
            doc.tokens[at].lower in RELATIVES for at in range(*part)
        )
    return token.text.isdigit() and part[1] - part[0] <= 3
