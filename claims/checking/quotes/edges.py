"""What a quotation cuts through where it begins and ends: numbers, words, sentences."""

import re

from claims.checking.figures import PER_CENT, numbers
from claims.checking.lexicon import (
    COUNTER,
    DIRECTION,
    HEDGE,
    LIMIT,
    MAGNITUDE,
    MARKS,
    NEGATION,
    NUMBER,
    TAKES_BACK,
    TURNS_WORD,
    TURNS_WORD_AFTER,
    UNIT,
    WORD,
    kind_of,
)
from claims.checking.text import without_spaces

from .match import Flag, Reason

#: Characters of the text looked at beside an edge for a number cut in two.
_AROUND = 48
#: Characters of the sentence looked at before and behind the quotation.
_SENTENCE = 400
#: Words right behind or before the quotation in which a negation concerns it.
_NEAR_WORDS = 3
_SIGNS = re.compile(r"[\s<>≤≥~≈±+‐-―−-]+")
#: What belongs to a number in words that it follows, at the beginning and at the end.
_AFTER_NUMBERS: tuple[dict[str | None, Reason], ...] = (
    {MAGNITUDE: Reason.MAGNITUDE, NUMBER: Reason.NUMBER},
    {MAGNITUDE: Reason.MAGNITUDE, NUMBER: Reason.NUMBER, UNIT: Reason.UNIT},
)
_SENTENCE_END = re.compile(r"[.!?…。！？؟।](?=[\s\"'“”‘’»)\]]|$)|[。！？।]|\n\s*\n|\f")
_ENDS = tuple(".!?…。！？؟।")
_CLAUSE_END = re.compile(r"[,;:،؛，；：()]|\s[-–—]\s|—")
_OPENS = re.compile(
    r"\W*(?:if|unless|except|only if|provided|although|wenn|falls|sofern|nur wenn|si"
    r"|sauf si|à moins|salvo|a menos|إذا|لو|ما لم|если|кроме|अगर|यदि|如果|除非)(?!\w)",
    re.IGNORECASE,
)
_WORD_CHARACTER = re.compile(rf"[\w{MARKS}]")
#: Up to the last mark before an edge: a negation beyond it belongs to something else.
_BESIDE_BEFORE = re.compile(r".*[.,;:!?…。！？।،؛]", re.DOTALL)
#: What is left of a longer word and says something else.
_PARTS: dict[str | None, Reason] = {
    MAGNITUDE: Reason.MAGNITUDE,
    NUMBER: Reason.NUMBER,
    DIRECTION: Reason.DIRECTION,
}
_CHINESE_NUMBERS = frozenset("零〇一二两三四五六七八九十百千万亿半")
_PREFIXED = frozenset("不没未无無非别勿")


def cut_figures(text: str, start: int, end: int) -> set[Reason]:
    """Return what is cut in two at the edges of a place: a number, its sign or unit."""
    begin = max(0, start - _AROUND)
    reasons: set[Reason] = set()
    for number in numbers(text[begin : end + _AROUND]):
        left, right = begin + number.start, begin + number.end
        if not (left < start < right or left < end < right):
            continue
        inside = text[max(left, start) : min(right, end)]
        rest = text[left : max(left, start)] + text[min(right, end) : right]
        if rest.strip() and (_has_digit(inside) or _has_magnitude(inside)):
            reasons.add(_what_is_cut(rest))
    reasons |= _cut_number_words(text, start, end)
    return reasons | _cut_in_words(text, start, end)


def _has_digit(text: str) -> bool:
    return any(map(str.isnumeric, text))


def _has_magnitude(text: str) -> bool:
    return any(kind_of(word) == MAGNITUDE for word in WORD.findall(text))


def _what_is_cut(rest: str) -> Reason:
    if _has_digit(rest):
        return Reason.NUMBER
    if _has_magnitude(PER_CENT.sub("", rest)):
        return Reason.MAGNITUDE
    return Reason.SIGN if _SIGNS.fullmatch(rest) else Reason.UNIT


def _cut_number_words(text: str, start: int, end: int) -> set[Reason]:
    """Return what is cut from numbers in words: “five | million”, “twenty | percent”."""
    pairs = (
        (
            _last_word(text[max(0, start - _AROUND) : start]),
            _first_word(text, start, end),
        ),
        (_last_word(text[start:end][-_AROUND:]), _first_word(text, end, end + _AROUND)),
    )
    reasons = set()
    for place, (before, after) in enumerate(pairs):
        kinds = kind_of(before), kind_of(after)
        if kinds[0] in (NUMBER, MAGNITUDE) and kinds[1] in _AFTER_NUMBERS[place]:
            reasons.add(_AFTER_NUMBERS[place][kinds[1]])
    return reasons


def _cut_in_words(text: str, start: int, end: int) -> set[Reason]:
    """Return what is left of a word cut in two: zwei|hundert, north|east, 十|二人."""
    reasons = set()
    parts = (
        (start, _first_word(text, start, end)),
        (end, _last_word(text[start:end][-_AROUND:])),
    )
    for edge, part in parts:
        if len(part) > 2 and inside_word(text, edge) and kind_of(part) in _PARTS:
            reasons.add(_PARTS[kind_of(part)])
    for edge in (start, end):
        sides = text[max(0, edge - 1) : edge], text[edge : edge + 1]
        if all(side and side in _CHINESE_NUMBERS for side in sides):
            reasons.add(Reason.NUMBER)
    return reasons


def _last_word(text: str) -> str:
    match = re.search(r"[^\W\d_]+[-\s]?$", text)
    return match[0].strip("- \n\t") if match else ""


def _first_word(text: str, start: int, end: int) -> str:
    match = re.compile(r"[-\s]?([^\W\d_]+)").match(
        text, start, min(end, start + _AROUND)
    )
    return match[1] if match else ""


def cut_negation(text: str, start: int, end: int) -> bool:
    """Whether an edge cuts off what turns the words round.

    Part of a word (un|safe, do|n't, 不|安全), or the word right beside: not | safe.
    """
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if before and before[-1] in _PREFIXED:
        return True
    if inside_word(text, start) and TURNS_WORD.search(before):
        return True
    if inside_word(text, end) and TURNS_WORD_AFTER.match(after):
        return True
    beside = (
        WORD.findall(_BESIDE_BEFORE.sub("", before))[-1:],
        WORD.match(after.lstrip()),
    )
    last = beside[0] if before[-1:].isspace() else []
    goes_on = after[:1].isspace() and _WORD_CHARACTER.match(text[end - 1])
    following = [beside[1][0]] if beside[1] and goes_on else []
    return NEGATION in map(kind_of, [*last, *following])


def inside_word(text: str, place: int) -> bool:
    """Whether a place lies between two characters of one word."""
    before = text[max(0, place - 2) : place].rstrip("'’")[-1:]
    after = text[place : place + 2].lstrip("'’")[:1]
    if not before or not after or without_spaces(before) or without_spaces(after):
        return False
    return all(_WORD_CHARACTER.match(side) for side in (before, after))


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
    head = before[ends[-1] if ends else 0 :]
    if _OPENS.match(head):
        return True
    clauses = [match.end() for match in _CLAUSE_END.finditer(head.rstrip())]
    clause = WORD.findall(head[clauses[-1] if clauses else 0 :])
    if any(word.casefold() in TAKES_BACK for word in clause):
        return True
    near = [kind_of(word) for word in clause[-_NEAR_WORDS - 1 :]]
    return NEGATION in near or HEDGE in near[-1:]
