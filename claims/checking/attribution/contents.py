"""What is stated: the words before or after a cue and its source."""

from .lexicon import (
    ADVERBS,
    AUXILIARIES,
    BARE_GERUNDS,
    COMPLEMENTS,
    DETERMINERS,
    GERUNDS,
    LISTENERS,
    PREPOSITIONS,
    SPEECH,
    SUBJECT_PRONOUNS,
    VERBS,
    WITH_LISTENER,
)
from .suggestions import Place
from .tokens import Document, Sentence, Token

_ENDS = frozenset(".!?;")
_OCCASIONS = frozenset("in at on during after before from to outside".split())  # noqa: SIM905
_TURNS = frozenset("but while and though although whereas as".split())  # noqa: SIM905
#: How far after a verb "that", a colon or a quotation still belongs to it.
_REACH = 16


def sentence_end(doc: Document, sentence: Sentence) -> int:
    """Return the end of a sentence without its full stop."""
    last = doc.tokens[sentence.last - 1]
    if last.quote < 0 and last.text in ".!?:;" and sentence.last - 1 > sentence.first:
        return doc.tokens[sentence.last - 2].end
    return last.end


def clause_end(doc: Document, sentence: Sentence, start: int) -> int:
    """Return where a clause that begins at token ``start`` ends."""
    at = start
    while at < sentence.last:
        if doc.tokens[at].quote >= 0:
            at = _after_quotation(doc, sentence, at)
            continue
        if at > start and _stops(doc, sentence, at):
            break
        at += 1
    end = doc.tokens[at - 1]
    if end.quote < 0 and end.text in (",", ":", "—", "–") and at - 1 > start:
        return doc.tokens[at - 2].end
    return end.end


def _after_quotation(doc: Document, sentence: Sentence, at: int) -> int:
    quote = doc.tokens[at].quote
    while at < sentence.last and doc.tokens[at].quote == quote:
        at += 1
    return at


def _stops(doc: Document, sentence: Sentence, at: int) -> bool:
    token, word = doc.tokens[at], doc.tokens[at].lower
    if token.text in _ENDS and (token.text == ";" or at == sentence.last - 1):
        return True
    following = doc.tokens[at + 1] if at + 1 < sentence.last else None
    if following is None or (following.quote >= 0 and word not in BARE_GERUNDS):
        return False
    if token.text == ",":
        return (
            (following.lower in GERUNDS and following.lower in VERBS)
            or following.lower == "according"
            or (following.lower in _TURNS and _has_own_cue(doc, sentence, at + 2))
            or _is_afterthought(doc, sentence, at + 1)
        )
    if word in BARE_GERUNDS and at + 2 < sentence.last:
        before = doc.tokens[at - 1].lower
        return before not in PREPOSITIONS | AUXILIARIES and before != "as"
    if word == "and":
        return _is_next_verb(doc, sentence, at + 1)
    if word in ("but", "while"):
        return _has_own_cue(doc, sentence, at + 1)
    return word == "according" and following.lower == "to"


def _is_afterthought(doc: Document, sentence: Sentence, start: int) -> bool:
    """Whether “, the report pointed out” ends the sentence."""
    for at in range(start + 1, min(start + 12, sentence.last)):
        token = doc.tokens[at]
        if token.quote >= 0 or token.text in (",", ";"):
            return False
        said = VERBS.get(token.lower, "") in SPEECH | {"point"}
        if said and sentence.last - at <= 3:
            return True
    return False


def _is_next_verb(doc: Document, sentence: Sentence, at: int) -> bool:
    """Whether “and” goes on to the speaker's next verb: “and added that”."""
    while at < sentence.last and doc.tokens[at].lower in ADVERBS | AUXILIARIES:
        at += 1
    if at >= sentence.last:
        return False
    word = doc.tokens[at].lower
    finite = word in VERBS and word not in GERUNDS and word != VERBS[word]
    return finite and VERBS[word] in SPEECH


def _has_own_cue(doc: Document, sentence: Sentence, start: int) -> bool:
    """Whether a clause names a speaker of its own within a few words."""
    for at in range(start, min(start + 10, sentence.last)):
        token = doc.tokens[at]
        if token.quote >= 0 or token.text in (",", ";"):
            return False
        finite = token.lower in VERBS and token.lower not in GERUNDS
        if finite and at > start and not token.capital:
            before = doc.tokens[at - 1].lower
            return before not in DETERMINERS and before not in PREPOSITIONS
    return False


def content_after(
    doc: Document, sentence: Sentence, start: int, verb: str
) -> tuple[Place | None, Place | None]:
    """Return what is stated after the cue that ends before ``start``, and the listener."""
    at, listener = start, None
    if verb in WITH_LISTENER:
        at, listener = _after_listener(doc, sentence, at)
    at = _after_occasion(doc, sentence, at)
    if at + 1 < sentence.last and doc.tokens[at + 1].text == ":":
        at += 1  # “put it bluntly:”
    if at < sentence.last and doc.tokens[at].text in (":", ","):
        quoted = at + 1 < sentence.last and doc.tokens[at + 1].quote >= 0
        that = at + 1 < sentence.last and doc.tokens[at + 1].lower in ("that",)
        if doc.tokens[at].text == "," and not quoted and not that:
            return None, listener
        at += 1
    if at >= sentence.last or doc.tokens[at].text in _ENDS:
        return None, listener
    first = doc.tokens[at]
    if first.quote >= 0:
        return _quoted_content(doc, sentence, at), listener
    if first.lower in ("and", "or", "but", "when", "while", "as", "because", "by"):
        return None, listener
    end = clause_end(doc, sentence, at)
    dangling = first.lower in PREPOSITIONS and end == first.end
    return (None if dangling else (first.start, end)), listener


def _quoted_content(doc: Document, sentence: Sentence, at: int) -> Place:
    start, end = doc.quote_at(at)
    after = _after_quotation(doc, sentence, at)
    closed = doc.text[start:end].rstrip("\"”’'»“›").endswith((".", ",", "?", "!"))
    if closed or after >= sentence.last:
        return start, end
    return start, clause_end(doc, sentence, at)


def _after_listener(
    doc: Document, sentence: Sentence, at: int
) -> tuple[int, Place | None]:
    first = at
    if at < sentence.last and doc.tokens[at].lower in PREPOSITIONS:
        return at, None
    if at < sentence.last and doc.tokens[at].lower in LISTENERS:
        return at + 1, (doc.tokens[at].start, doc.tokens[at].end)
    for each in range(at, min(at + _REACH, sentence.last)):
        token = doc.tokens[each]
        marks = token.quote >= 0 or token.text in (":", ",", ".")
        if marks or token.lower in COMPLEMENTS or token.lower == "to":
            if each == first:
                return first, None
            return each, (doc.tokens[first].start, doc.tokens[each - 1].end)
        if each > first and _begins_clause(doc, each):
            return each, (doc.tokens[first].start, doc.tokens[each - 1].end)
    return at, None


def _begins_clause(doc: Document, at: int) -> bool:
    """Whether a new phrase begins: “told the forum | he was”, “told Le Monde | the”."""
    token, before = doc.tokens[at], doc.tokens[at - 1]
    if token.lower in SUBJECT_PRONOUNS:
        return True
    opens = token.lower in DETERMINERS and before.lower not in PREPOSITIONS
    return opens and before.lower not in DETERMINERS


def _after_occasion(doc: Document, sentence: Sentence, at: int) -> int:
    """Go past “on Thursday”, “in a radio interview”, “after the match”."""
    while at < sentence.last:
        date = doc.date_from(doc.tokens[at].start)
        on = doc.tokens[at].lower in ("on", "in", "at") and at + 1 < sentence.last
        if date is None and on:
            date = doc.date_from(doc.tokens[at + 1].start)
        if date is None:
            break
        while at < sentence.last and doc.tokens[at].start < date.end:
            at += 1
    if at < sentence.last and doc.tokens[at].lower in _OCCASIONS:
        for each in range(at + 1, min(at + _REACH, sentence.last)):
            token = doc.tokens[each]
            if token.lower == "that" or token.quote >= 0 or token.text == ":":
                quoted_name = token.quote >= 0 and doc.tokens[each - 1].text not in ":,"
                return at if quoted_name else each
            if (
                token.text == ","
                and doc.tokens[min(each + 1, sentence.last - 1)].quote >= 0
            ):
                return each
            if token.text in (",", ".", ";"):
                break
    return at


def content_before(doc: Document, sentence: Sentence, at: int) -> Place | None:
    """Return what is stated before token ``at``: a quotation, or “…, police said”."""
    if at <= sentence.first:
        return None
    before = doc.tokens[at - 1]
    if before.quote >= 0:
        start, end = doc.quote_at(at - 1)
        opening = _opening(doc, sentence, start)
        return opening if opening is not None else start, end
    first = _after_conjunction(doc, sentence)
    if before.lower == "as" and at - 2 > first:
        at -= 1
        before = doc.tokens[at - 1]
    comma = before.text == ","
    # “…, which halted the work, police said”: from the beginning of the sentence.
    last = at - 1 if comma else at
    if not comma and doc.tokens[at].lower != "according":
        return None
    if doc.tokens[at].lower == "according":
        return doc.tokens[first].start, doc.tokens[last - 1].end
    if last - first < 3 or _is_adverbial(doc, first, last):
        return None
    return doc.tokens[first].start, doc.tokens[last - 1].end


def _opening(doc: Document, sentence: Sentence, quote_start: int) -> int | None:
    """Return the start of words that lead into a quotation: Lund “is the one,” …"""
    first = doc.tokens[sentence.first]
    if first.start >= quote_start or first.quote >= 0:
        return None
    leading = [
        token
        for token in doc.tokens[sentence.first : sentence.last]
        if token.start < quote_start
    ]
    if any(_speaks(token) for token in leading):
        return None
    return doc.tokens[_after_conjunction(doc, sentence)].start


def _speaks(token: Token) -> bool:
    return token.lower in VERBS or token.text in ":;" or token.lower == "according"


def _after_conjunction(doc: Document, sentence: Sentence) -> int:
    first = sentence.first
    word = doc.tokens[first].lower
    if word in ("but", "and", "so", "yet") and first + 1 < sentence.last:
        return first + 2 if doc.tokens[first + 1].text == "," else first + 1
    return first


def _is_adverbial(doc: Document, first: int, last: int) -> bool:
    """Whether the words before a comma only set the scene: “In a statement,”."""
    token = doc.tokens[first]
    word = token.lower
    verbs = any(
        doc.tokens[each].lower in AUXILIARIES
        or doc.tokens[each].lower.endswith("ed")
        or doc.tokens[each].lower in SUBJECT_PRONOUNS
        for each in range(first + 1, last)
    )
    if word in PREPOSITIONS or word in ("when", "while", "as", "asked", "speaking"):
        return last - first < 20 and not (
            verbs and any(doc.tokens[each].text == "," for each in range(first, last))
        )
    return not verbs and last - first < 4
