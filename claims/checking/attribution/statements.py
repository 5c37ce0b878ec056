"""Finds statements: a cue, who stands with it, and what is stated."""

from collections.abc import Iterator
from dataclasses import dataclass

from .contents import clause_end, content_after, content_before, sentence_end
from .cues import FINITE_FORMS, fits, head, is_no_verb, lower, with_particle
from .edges import Range, group_start
from .lexicon import (
    ATTITUDE,
    AUXILIARIES,
    BARE_GERUNDS,
    BE,
    COMPLEMENTS,
    DETERMINERS,
    GERUNDS,
    HEARD,
    HEARSAY,
    NEEDS_PARTICLE,
    NOUNS,
    VERBS,
)
from .phrases import first_clause_end, noun_phrase_after, subject_before
from .suggestions import Place
from .tokens import Document, Sentence


@dataclass(frozen=True)
class Statement:
    """A statement in tokens' places of the text; ``shape`` says how it was found."""

    content: Place
    cue: Place
    source: Place | None
    sentence: int
    shape: str
    listener: Place | None = None


def statements_in(doc: Document, number: int) -> list[Statement]:
    """Return the statements of one sentence, in order of their cues."""
    found: list[Statement] = []
    sentence = doc.sentences[number]
    for at in range(sentence.first, sentence.last):
        token = doc.tokens[at]
        if token.quote >= 0:
            continue
        if token.lower == "according" and lower(doc, at + 1) == "to":
            found += _according(doc, number, at)
        elif token.lower in HEARSAY:
            found += _hearsay(doc, number, at)
        elif token.lower in NOUNS and (owner := _owner(doc, sentence, at)):
            found.append(_by_noun(doc, number, at, owner))
        elif token.lower in VERBS and not (token.capital and at > sentence.first):
            found += _by_verb(doc, number, at, found)
    return found


def _place(doc: Document, tokens: Range) -> Place:
    return doc.tokens[tokens[0]].start, doc.tokens[tokens[1] - 1].end


def _according(doc: Document, number: int, at: int) -> Iterator[Statement]:
    sentence = doc.sentences[number]
    source = noun_phrase_after(doc, sentence, at + 2, whole=True)
    if source is None:
        return
    after = source[1]
    goes_on = after + 1 < sentence.last and doc.tokens[after].text == ","
    content: Place | None = None
    if at > sentence.first:
        content = content_before(doc, sentence, at)
        if goes_on and content:
            content = content[0], sentence_end(doc, sentence)
    elif goes_on:
        start = doc.tokens[after + 1].start
        content = start, clause_end(doc, sentence, after + 1)
    if content:
        cue = _place(doc, (at, at + 2))
        shape = "according to"
        yield Statement(content, cue, _place(doc, source), number, shape)


def _hearsay(doc: Document, number: int, at: int) -> Iterator[Statement]:
    sentence = doc.sentences[number]
    content = (doc.tokens[sentence.first].start, sentence_end(doc, sentence))
    cue = (doc.tokens[at].start, doc.tokens[at].end)
    yield Statement(content, cue, None, number, "hearsay")


def _by_noun(doc: Document, number: int, at: int, owner: Range) -> Statement:
    """“The mayor's claim that …”, where the claim ends the sentence."""
    sentence = doc.sentences[number]
    end = clause_end(doc, sentence, at + 1)
    if owner[0] == sentence.first:
        end = first_clause_end(doc, sentence, at + 2, end)
    content = doc.tokens[at + 1].start, end
    cue = (doc.tokens[at].start, doc.tokens[at].end)
    return Statement(content, cue, _place(doc, owner), number, "noun")


def _owner(doc: Document, sentence: Sentence, at: int) -> Range | None:
    """Return whose claim it is, where a claim "that" something follows."""
    if lower(doc, at + 1) != "that" or at == sentence.first:
        return None
    if lower(doc, at - 1) in ("his", "her", "their", "its", "my", "our"):
        return at - 1, at
    if at - 2 >= sentence.first and lower(doc, at - 1) in ("'s", "'"):
        start = at - 2
        while start > sentence.first and doc.tokens[start - 1].capital:
            start -= 1
        if start > sentence.first and lower(doc, start - 1) in DETERMINERS:
            start -= 1
        return start, at
    return None


def _by_verb(
    doc: Document, number: int, at: int, earlier: list[Statement]
) -> Iterator[Statement]:
    sentence = doc.sentences[number]
    verb = doc.tokens[at].lower
    end = with_particle(doc, sentence, at)
    if VERBS[verb] in NEEDS_PARTICLE and end == at + 1:
        return
    start = group_start(doc, sentence.first, at)
    if is_no_verb(doc, sentence, start, at):
        return
    group = [doc.tokens[each].lower for each in range(start, at)]
    if verb not in GERUNDS and not {*group}.isdisjoint(BE):
        if verb in HEARD:
            yield from _passive(doc, number, start, end)
        return
    cue = (start, end)
    subject = None if verb in GERUNDS else subject_before(doc, sentence, start)
    if subject is not None and not fits(doc, subject, start, at):
        return
    if subject is not None:
        yield from _with_subject(doc, number, subject, cue)
    elif verb not in GERUNDS and (found := _inverted(doc, number, cue)):
        yield found
    else:
        yield from _shared_subject(doc, number, cue, earlier)


def _with_subject(
    doc: Document, number: int, subject: Range, cue: Range
) -> Iterator[Statement]:
    sentence = doc.sentences[number]
    verb = VERBS[head(doc, cue)]
    source, shape = _place(doc, subject), "subject before"
    after, listener = content_after(doc, sentence, cue[1], verb)
    before = content_before(doc, sentence, subject[0]) if verb not in ATTITUDE else None
    quoted_before = before is not None and doc.tokens[subject[0] - 1].quote >= 0
    if after and not (quoted_before and not _is_quoted(doc, after)):
        yield Statement(after, _place(doc, cue), source, number, shape, listener)
        if not quoted_before:
            return
    if before:
        yield Statement(before, _place(doc, cue), source, number, shape, listener)
    elif _announces(doc, sentence) and not after:
        yield Statement(
            (sentence.end, sentence.end),
            _place(doc, cue),
            source,
            number,
            "announced",
            listener,
        )


def _announces(doc: Document, sentence: Sentence) -> bool:
    return doc.tokens[sentence.last - 1].text == ":"


def _is_quoted(doc: Document, place: Place) -> bool:
    return bool(doc.quotations_in(place[0], place[0] + 1))


def _inverted(doc: Document, number: int, cue: Range) -> Statement | None:
    """“…,” said Jonas Riel, a spokesman."""
    sentence = doc.sentences[number]
    if cue[0] == sentence.first:
        return None
    before = doc.tokens[cue[0] - 1]
    if before.text != "," and before.quote < 0:
        return None
    source = noun_phrase_after(doc, sentence, cue[1])
    content = content_before(doc, sentence, cue[0])
    if source is None or content is None:
        return None
    return Statement(
        content, _place(doc, cue), _place(doc, source), number, "subject after"
    )


def _shared_subject(
    doc: Document, number: int, cue: Range, earlier: list[Statement]
) -> Iterator[Statement]:
    """“… and added that”, “…, saying”: the subject of the verb before serves again."""
    sentence = doc.sentences[number]
    before = lower(doc, cue[0] - 1)
    bare = lower(doc, cue[0]) in BARE_GERUNDS
    if not bare and before not in ("and", ",", "but", "or", "then"):
        return
    verb = VERBS[head(doc, cue)]
    content, listener = content_after(doc, sentence, cue[1], verb)
    if content is None:
        return
    source = _subject_so_far(doc, sentence, cue[0], earlier)
    if source is None:
        return
    yield Statement(content, _place(doc, cue), source, number, "same subject", listener)


def _subject_so_far(
    doc: Document, sentence: Sentence, at: int, earlier: list[Statement]
) -> Place | None:
    for statement in reversed(earlier):
        if statement.source:
            return statement.source
    for each in range(at - 1, sentence.first, -1):  # the subject of any verb
        token = doc.tokens[each]
        past = token.lower.endswith("ed") or token.lower in AUXILIARIES | FINITE_FORMS
        past = past and not token.text.startswith(("'", "’"))
        if past and token.quote < 0 and not token.capital:
            start = group_start(doc, sentence.first, each)
            subject = subject_before(doc, sentence, start)
            if subject:
                return _place(doc, subject)
    return None


def _passive(doc: Document, number: int, start: int, end: int) -> Iterator[Statement]:
    """“is believed to have”, “was told by the mayor that”."""
    sentence = doc.sentences[number]
    after = lower(doc, end)
    subject = subject_before(doc, sentence, start)
    if after == "by":
        source = noun_phrase_after(doc, sentence, end + 1)
        if source is None or subject is None:
            return
        content = doc.tokens[subject[0]].start, clause_end(doc, sentence, start)
        yield Statement(
            content, _place(doc, (start, end)), _place(doc, source), number, "passive"
        )
    elif subject is not None and (after == "to" or after in COMPLEMENTS):
        first = doc.tokens[subject[0]]
        lone = first.lower == "it" and after == "that"
        content_start = doc.tokens[end].start if lone else first.start
        content = content_start, clause_end(doc, sentence, end)
        yield Statement(content, _place(doc, (start, end)), None, number, "passive")
