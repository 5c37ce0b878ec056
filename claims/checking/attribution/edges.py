"""Where a clause begins and a verb group: known by small words, capitals and commas."""

from .lexicon import (
    ADVERBS,
    AUXILIARIES,
    COMPLEMENTS,
    DETERMINERS,
    GERUNDS,
    LISTENERS,
    PLURAL_NOUNS,
    PREPOSITIONS,
    RELATIVES,
    STRONG_PASTS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    VERBS,
)
from .tokens import Document, Sentence, Token

_FINITE = frozenset(word for word in AUXILIARIES if not word.startswith("'")) - {
    *("being", "been", "be", "having")
}


_NOT_ADVERBS = frozenset(
    [
        *("family", "italy", "july", "supply", "ally", "reply", "rally", "assembly"),
        *("monopoly", "anomaly", "emily", "sally", "billy", "kelly", "molly", "fly"),
    ]
)


HARD = frozenset([*";:—–()[]…/|", "--", "---", "..."])


Range = tuple[int, int]


def is_adverb(token: Token) -> bool:
    word = token.lower
    return word in ADVERBS or (
        word.endswith("ly") and len(word) > 4 and word not in _NOT_ADVERBS
    )


def group_start(doc: Document, first: int, verb: int) -> int:
    """Return the first token of the verb group: auxiliaries, negation, adverbs."""
    at = verb
    while at > first and doc.tokens[at - 1].quote < 0:
        token = doc.tokens[at - 1]
        if token.lower in ("'s", "'d"):  # “she's said”, but not “the center's said”
            if doc.tokens[at - 2].lower not in SUBJECT_PRONOUNS:
                break
        elif token.lower not in AUXILIARIES and not (
            is_adverb(token) and not (token.capital and at - 1 > first)
        ):
            break
        at -= 1
    while at < verb and is_adverb(doc.tokens[at]) and at == first:
        at += 1
    return at


def clause_edge(doc: Document, sentence: Sentence, end: int) -> int:
    at = end
    while at > sentence.first:
        token = doc.tokens[at - 1]
        if _is_edge(doc, sentence, at - 1, end):
            break
        if token.lower in SUBJECT_PRONOUNS and not _relative_before(
            doc, sentence, at - 1
        ):
            return at - 1 if at == end else at
        at -= 1
    return at


def _is_edge(doc: Document, sentence: Sentence, at: int, end: int) -> bool:
    token = doc.tokens[at]
    if token.quote >= 0:
        return not _is_scare_quote(doc, sentence, at, end)
    if token.text == ")" or token.text in "([]":
        return not _in_brackets(doc, sentence, at)
    if token.lower == "as" and at > sentence.first:  # “identified as”, “such as”
        return not doc.tokens[at - 1].lower.endswith(("ed", "wn", "such"))
    if token.text in HARD or token.lower in SUBORDINATORS:
        return True
    if token.lower == "that":
        before = doc.tokens[at - 1].lower if at > sentence.first else ""
        return before in VERBS or before in ("", ",")
    if token.lower in ("and", "or"):
        return _joins_clauses(doc, sentence, at)
    if is_finite(doc, at):
        return not _relative_before(doc, sentence, at)
    return False


def _is_scare_quote(doc: Document, sentence: Sentence, at: int, end: int) -> bool:
    """Whether the quotation is a word or two inside a phrase: the "Iron" Duke."""
    start, stop = doc.quote_at(at)
    return (
        stop - start < 30
        and start > doc.tokens[sentence.first].start
        and stop < doc.tokens[end - 1].start
        and doc.text[stop - 2] not in ",.?!"
    )


def _in_brackets(doc: Document, sentence: Sentence, at: int) -> bool:
    """Whether a bracket is one of a short pair: “the board (WCB)”."""
    if doc.tokens[at].text == ")":
        return any(
            doc.tokens[each].text == "("
            for each in range(max(sentence.first, at - 12), at)
        )
    return doc.tokens[at].text == "(" and any(
        doc.tokens[each].text == ")"
        for each in range(at + 1, min(sentence.last, at + 13))
    )


def is_finite(doc: Document, at: int) -> bool:
    """Whether a token is a verb with a subject of its own."""
    token = doc.tokens[at]
    if token.lower in _FINITE:
        return not token.capital  # “May” is a month
    if token.lower not in VERBS or token.lower in GERUNDS or token.capital:
        return False
    if token.lower == VERBS[token.lower]:  # “claim”, “report”: as often a noun
        return False
    if token.lower in PLURAL_NOUNS:
        return begins_complement(doc, at + 1)
    after = doc.tokens[at + 1] if at + 1 < len(doc.tokens) else None
    return after is None or after.lower not in PREPOSITIONS


def _relative_before(doc: Document, sentence: Sentence, at: int) -> bool:
    """Whether a verb belongs to a relative clause: “the man who had called”."""
    for each in range(at - 1, max(sentence.first, at - 14), -1):
        token = doc.tokens[each]
        if token.quote >= 0 or token.text in HARD:
            return False
        if token.lower in RELATIVES:
            before = doc.tokens[each - 1]
            return before.is_word or before.text == ","
    return False


def _joins_clauses(doc: Document, sentence: Sentence, at: int) -> bool:
    if at == sentence.first or doc.tokens[at - 1].text == ",":
        return not _is_list(doc, sentence, at)
    for each in range(at - 1, max(sentence.first - 1, at - 25), -1):
        token = doc.tokens[each]
        if token.text in HARD or token.quote >= 0:
            return True
        clear = token.lower in SUBJECT_PRONOUNS or token.lower in STRONG_PASTS
        if is_finite(doc, each) or clear:
            return not _relative_before(doc, sentence, each)
        if token.lower in SUBORDINATORS:
            return True
    return _is_unknown_clause(doc, sentence, at)


def _is_unknown_clause(doc: Document, sentence: Sentence, at: int) -> bool:
    """Whether an unlisted past verb stands before “and”: “growth slowed and …”."""
    before = doc.tokens[at - 1]
    return (
        before.lower.endswith("ed") and not before.capital and at - 1 > sentence.first
    )


def _is_list(doc: Document, sentence: Sentence, at: int) -> bool:
    """Whether “, and” ends a list of names: “Lund, Orr, and Marsk”."""
    return (
        at - 2 >= sentence.first
        and doc.tokens[at - 2].capital
        and at + 1 < sentence.last
        and doc.tokens[at + 1].capital
    )


def begins_complement(doc: Document, at: int) -> bool:
    """Whether what follows a verb is its object or clause."""
    token = doc.tokens[at] if at < len(doc.tokens) else None
    return token is not None and (
        token.quote >= 0
        or token.capital
        or token.text in (":", ",")
        or token.text[0].isdigit()
        or token.lower in COMPLEMENTS | DETERMINERS | SUBJECT_PRONOUNS | LISTENERS
        or token.lower in ("to", "for")
    )
