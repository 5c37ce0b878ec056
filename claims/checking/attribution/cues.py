"""Which words are cues: verbs of saying that are not nouns, infinitives or participles."""

from .edges import Range, begins_complement
from .lexicon import (
    AUXILIARIES,
    BARE_GERUNDS,
    BASE_FORMS,
    BE,
    DETERMINERS,
    GERUNDS,
    LONE_SUBJECTS,
    PARTICLES,
    PLURAL_NOUNS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    VERBS,
)
from .tokens import Document, Sentence


def lower(doc: Document, at: int) -> str:
    return doc.tokens[at].lower if 0 <= at < len(doc.tokens) else ""


def with_particle(doc: Document, sentence: Sentence, at: int) -> int:
    allowed = PARTICLES.get(VERBS[doc.tokens[at].lower], ())
    more = at + 1 < sentence.last and doc.tokens[at + 1].lower in allowed
    return at + 2 if more else at + 1


def is_no_verb(doc: Document, sentence: Sentence, start: int, at: int) -> bool:
    """Whether a word that looks like a cue is a noun, infinitive or participle here."""
    before, after = lower(doc, at - 1), lower(doc, at + 1)
    token = doc.tokens[at]
    if at == sentence.first:
        return token.lower in BASE_FORMS or token.lower not in GERUNDS
    if before == "'s" and lower(doc, at - 2) in SUBJECT_PRONOUNS:
        return False
    if token.lower in BARE_GERUNDS:  # “a saying”, “for saying”, “is saying”: no cue
        return before in PREPOSITIONS | AUXILIARIES | {"a", "the", "as"}
    if (
        before == "to"
        or before in DETERMINERS - LONE_SUBJECTS
        or before in ("'s", "of")
    ):
        return True
    if before in PREPOSITIONS and token.lower not in GERUNDS:
        return True
    if token.lower in GERUNDS:
        continues = before == "," or before in BE or before in ("and", "is", "are")
        return not continues or (before == "and" and after in PREPOSITIONS)
    if token.lower in BASE_FORMS and start == at:
        return not _plural_before(doc, at) and token.lower not in ("put", "forecast")
    if token.lower.endswith("s") and token.lower not in BASE_FORMS:
        if VERBS[token.lower] == "continue" and doc.tokens[at + 1].quote < 0:
            return after not in (",", ":", "that")
        if token.lower in PLURAL_NOUNS and not begins_complement(doc, at + 1):
            return not _ends_quotation(doc, at)
        return after in PREPOSITIONS - {"to"} or (
            after in (",", ".", "and", "of", "are", "were")
            and not _ends_quotation(doc, at)
        )
    silent = VERBS[token.lower] in ("decline", "refuse", "ask")
    if silent and lower(doc, at + 2) in ("comment", "be", "to"):
        return True
    if VERBS[token.lower] == "continue" and doc.tokens[at + 1].quote < 0:
        return after not in (",", ":", "that")
    return start == at and (
        after == "by" or (after in ("of", "as", "with") and VERBS[token.lower] in TAGS)
    )


#: “the man accused of theft”, “a town described as quiet”: participles.
TAGS = frozenset(("accuse", "suspect", "describe", "regard", "view", "label", "charge"))


def _ends_quotation(doc: Document, at: int) -> bool:
    """Whether a comma or quotation stands before the subject: “…, the mayor says.”"""
    for each in range(at - 1, max(at - 12, -1), -1):
        if doc.tokens[each].text == "," or doc.tokens[each].quote >= 0:
            return True
    return False


def _plural_before(doc: Document, at: int) -> bool:
    before = lower(doc, at - 1)
    return (
        before in LONE_SUBJECTS
        or (before.endswith("s") and not before.endswith(("ss", "'s")))
        or before in ("police", "people", "women", "men", "children", "media", ",")
        or lower(doc, at - 2) == "and"
    )


def fits(doc: Document, subject: Range, start: int, at: int) -> bool:
    """Whether subject and verb agree in number, so far as forms show it."""
    verb = doc.tokens[at].lower
    if start < at or verb not in BASE_FORMS or verb in ("put", "forecast"):
        return True
    first, last = lower(doc, subject[0]), lower(doc, subject[1] - 1)
    if subject[1] - subject[0] == 1 and first in ("he", "she", "it"):
        return False
    return first != "to" and last not in ("a", "an", "the")


def head(doc: Document, cue: Range) -> str:
    return next(
        doc.tokens[at].lower
        for at in range(cue[1] - 1, cue[0] - 1, -1)
        if doc.tokens[at].lower in VERBS
    )


FINITE_FORMS = frozenset(VERBS) - BASE_FORMS - GERUNDS
