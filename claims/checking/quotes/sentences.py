"""Whether the sentence that words are quoted from says more than is quoted of it."""

import re

from claims.checking.lexicon import (
    COUNTER,
    HEDGE,
    LIMIT,
    NEGATION,
    TAKES_BACK,
    WORD,
    kind_of,
)

from .match import Flag
from .views import plain

#: Characters of the sentence looked at before and behind the quotation.
_SENTENCE = 400
#: Words right behind or before the quotation in which a negation concerns it.
_NEAR_WORDS = 3
_SENTENCE_END = re.compile(r"[.!?…。！？؟।](?=[\s\"'“”‘’»)\]]|$)|[。！？।]|\n\s*\n|\f")
_MARKED_END = re.compile(r"[.!?…؟]+[\"'“”‘’»)\]]*(?=\s)|[。！？।]|\n\s*\n|\f")
_LAST_WORD = re.compile(r"\w+$")
#: Mr., Dr., St., Nr.
_TITLE_LETTERS = 3
_ENDS = tuple(".!?…。！？؟।")
_CLAUSE_END = re.compile(r"[,;:،؛，；：()]|\s[-–—]\s|—")
_OPENS = re.compile(
    r"\W*(?:if|unless|except|only if|provided|although|wenn|falls|sofern|nur wenn|si"
    r"|sauf si|à moins|salvo|a menos|إذا|لو|ما لم|если|кроме|अगर|यदि|如果|除非)(?!\w)",
    re.IGNORECASE,
)


def crosses_sentence(gap: str) -> bool:
    """Whether what is left out ends a sentence, and begins another in its middle.

    What follows is then put onto the words of another sentence.
    """
    rest = gap
    for end in _MARKED_END.finditer(gap):
        behind = gap[end.end() :]
        if not _is_abbreviation(gap[: end.start()], end[0], behind):
            rest = behind
    return rest != gap and any(map(str.isalnum, rest))


def _is_abbreviation(before: str, mark: str, behind: str) -> bool:
    """Whether a full stop ends a number, an initial or a title: 3. May, Mr. Lind."""
    if not mark.startswith("."):
        return False
    last = _LAST_WORD.search(before)
    word = last[0] if last else ""
    is_title = word[:1].isupper() and len(word) <= _TITLE_LETTERS
    return word.isdecimal() or is_title or behind.lstrip("\"'“”‘’«»( ")[:1].islower()


def sentence_flags(text: str, start: int, end: int) -> set[Flag]:
    """Return whether the sentence around a place says more than what is quoted of it."""
    flags = set()
    if _goes_on(text[start:end], text[end : end + _SENTENCE]):
        flags.add(Flag.TRUNCATED)
    if _is_opened(text[max(0, start - _SENTENCE) : start]):
        flags.add(Flag.OPENING_CUT)
    return flags


def _goes_on(quoted: str, after: str) -> bool:
    """Whether a sentence goes on with what limits it: unless, but, and near it not."""
    if quoted.rstrip("\"'“”‘’»)")[-1:] in _ENDS:
        return False
    found = _SENTENCE_END.search(after)
    rest = after[: found.start()] if found else after
    rest = plain(rest).text
    words = [kind_of(word) for word in WORD.findall(rest)]
    clause = rest[1:] if rest[:1] in ",;،，" else rest
    break_ = _CLAUSE_END.search(clause)
    near = WORD.findall(clause[: break_.start()] if break_ else clause)[:_NEAR_WORDS]
    return (
        LIMIT in words
        or COUNTER in words[:1]
        or any(kind_of(word) == NEGATION for word in near)
    )


def _is_opened(before: str) -> bool:
    """Whether a sentence begins with a condition, or takes back what is quoted of it."""
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    head = plain(before[ends[-1] if ends else 0 :]).text
    if _OPENS.match(head):
        return True
    clauses = [match.end() for match in _CLAUSE_END.finditer(head.rstrip())]
    clause = WORD.findall(head[clauses[-1] if clauses else 0 :])
    if any(word.casefold() in TAKES_BACK for word in clause):
        return True
    near = [kind_of(word) for word in clause[-_NEAR_WORDS - 1 :]]
    return NEGATION in near or HEDGE in near[-1:]
