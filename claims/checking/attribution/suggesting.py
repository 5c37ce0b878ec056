"""From the text of an article to suggestions, in the order of the text."""

from dataclasses import replace
from datetime import date

from claims.checking.dates import DateMention, resolve

from .lexicon import ATTITUDE, VERBS
from .names import Names
from .occasions import occasion
from .statements import Statement, statements_in
from .suggestions import Kind, Place, SuggestedDate, Suggestion
from .tokens import Document, Sentence, read
from .worth import reason_to_check

_REASONS = {
    "according to": "“according to” names a source",
    "subject before": "a verb of saying, thinking or showing with its subject before it",
    "subject after": "a verb of saying with its subject after it",
    "same subject": "a further verb of saying with the same subject",
    "passive": "put in the passive",
    "hearsay": "hearsay: the article names nobody",
    "noun": "a noun such as “claim” or “report” with what was claimed",
    "continued": "a quotation that goes on from the sentence before",
    "block": "a quotation announced by a colon",
}


def suggest_claims(text: str, published: date | str | None = None) -> list[Suggestion]:
    """Return what could be claims of an article, in the order of their places.

    ``published``: a day or an EDTF date; with it, date expressions are resolved
    (``EdtfError`` when it is neither). The same text gives the same suggestions; time
    grows with its length. English, with the quotation marks of any common language.
    """
    doc = read(text)
    found = _Finder(doc, published).all()
    return sorted(found, key=lambda each: (each.start, each.end))


class _Finder:
    """Walks through the sentences and keeps what the next one may refer to."""

    def __init__(self, doc: Document, published: date | str | None) -> None:
        self.doc, self.published = doc, published
        self.names = Names(doc)
        self.last: Suggestion | None = None
        self.last_sentence = -2
        #: Who announced the paragraph after this one, by a colon.
        self.announcer: Suggestion | None = None
        self.announced_paragraph = -1

    def all(self) -> list[Suggestion]:
        found: list[Suggestion] = []
        for number in range(len(self.doc.sentences)):
            found += self.of_sentence(number)
        return found

    def of_sentence(self, number: int) -> list[Suggestion]:
        sentence = self.doc.sentences[number]
        statements = statements_in(self.doc, number)
        stated = self.nested(
            [
                self.suggestion(each, sentence)
                for each in statements
                if not _is_aside(each, statements, self.doc)
            ]
        )
        self.note_announcement(stated, sentence)
        stated = [each for each in stated if each.start < each.end]
        rest = self.rest(number, sentence, stated)
        if stated or rest:
            self.last, self.last_sentence = (stated or rest)[-1], number
        return stated + rest

    def suggestion(self, statement: Statement, sentence: Sentence) -> Suggestion:
        name = ""
        if statement.source:
            name = self.names.resolve(*statement.source)
        where, chain = occasion(self.doc, self.names, statement, sentence)
        announcer = self.announcing(sentence)
        if announcer and announcer.source_name and name != announcer.source_name:
            chain = (*chain, announcer.source_name, *announcer.chain)
        return Suggestion(
            *statement.content,
            cue=statement.cue,
            source=statement.source,
            source_name=name,
            chain=chain,
            kind=self.kind(statement.content),
            date=self.date(sentence, statement),
            reason=_REASONS.get(statement.shape, "") + (f", {where}" if where else ""),
            where=where,
        )

    def announcing(self, sentence: Sentence) -> Suggestion | None:
        if sentence.paragraph == self.announced_paragraph:
            return self.announcer
        return None

    def note_announcement(self, stated: list[Suggestion], sentence: Sentence) -> None:
        if self.doc.tokens[sentence.last - 1].text == ":" and stated:
            self.announcer = stated[-1]
            self.announced_paragraph = sentence.paragraph + 1

    def nested(self, stated: list[Suggestion]) -> list[Suggestion]:
        """What stands inside another's statement is relayed by that other."""
        result = []
        for inner in stated:
            chain = list(inner.chain)
            for outer in reversed(stated):
                holds = inner.cue and outer.start <= inner.cue[0] < outer.end
                if outer is inner or not holds or not outer.source_name:
                    continue
                chain += [outer.source_name, *outer.chain]
            if inner.source_name in chain and inner.source_name:
                continue  # “Zelin said he did not think …” is one statement of Zelin
            result.append(replace(inner, chain=tuple(dict.fromkeys(chain))))
        return result

    def kind(self, content: Place) -> Kind:
        start, end = content
        quoted = sum(
            max(0, min(end, right) - max(start, left))
            for left, right in self.doc.quotations_in(start, end)
        )
        if quoted == 0:
            return "indirect"
        return "direct" if quoted >= end - start - 1 else "mixed"

    def date(
        self, sentence: Sentence, statement: Statement | None
    ) -> SuggestedDate | None:
        """Return the sentence's date: of the saying rather than of what is said."""
        dates = self.doc.dates_in(sentence.start, sentence.end)
        if not dates:
            return None
        start, end = statement.content if statement else (0, 0)
        outside = [each for each in dates if not start <= each.start < end]
        return self.resolved((outside or dates)[0])

    def resolved(self, mention: DateMention) -> SuggestedDate:
        meaning = (
            resolve(mention.expression, self.published)
            if self.published is not None
            else None
        )
        return SuggestedDate(mention.start, mention.end, mention.expression, meaning)

    def rest(
        self, number: int, sentence: Sentence, stated: list[Suggestion]
    ) -> list[Suggestion]:
        """Suggest what no cue of this sentence covers."""
        if stated:
            return self.second_halves(sentence, stated)
        tokens = self.doc.tokens[sentence.first : sentence.last]
        announcer = self.announcing(sentence)
        if announcer:
            return [self.handed_on(sentence, announcer, "block")]
        if all(token.quote >= 0 for token in tokens):
            return self.quotation(number, sentence)
        reason = reason_to_check(self.doc, sentence)
        if reason is None:
            return []
        return [
            Suggestion(
                sentence.start,
                sentence.end,
                cue=None,
                source=None,
                source_name="",
                chain=(),
                kind="none",
                date=self.date(sentence, None),
                reason=reason,
            )
        ]

    def second_halves(
        self, sentence: Sentence, stated: list[Suggestion]
    ) -> list[Suggestion]:
        """“…,” he said, “…”: the second half has the same source."""
        halves = []
        for start, end in self.doc.quotations_in(sentence.start, sentence.end):
            free = all(end <= each.start or start >= each.end for each in stated)
            before = self.doc.text[max(0, start - 3) : start].rstrip()
            owner = stated[-1]
            speech = owner.kind == "direct" and owner.cue and owner.end <= owner.cue[0]
            if free and speech and before.endswith((",", ":", ".", "—")):
                halves.append(
                    replace(
                        owner,
                        start=start,
                        end=end,
                        kind="direct",
                        reason=_REASONS["continued"],
                    )
                )
        return halves

    def quotation(self, number: int, sentence: Sentence) -> list[Suggestion]:
        """A sentence that is nothing but a quotation: whoever was just speaking."""
        last = self.last
        near = last and last.source and number - self.last_sentence <= 1
        if last and near and last.kind != "none":
            return [self.handed_on(sentence, last, "continued")]
        place = (sentence.start, sentence.end)
        if len(self.doc.tokens[sentence.first : sentence.last]) < 7:
            return []
        return [
            Suggestion(
                *place,
                cue=None,
                source=None,
                source_name="",
                chain=(),
                kind="direct",
                date=self.date(sentence, None),
                reason="a quotation that names no speaker",
            )
        ]

    def handed_on(
        self, sentence: Sentence, from_: Suggestion, shape: str
    ) -> Suggestion:
        start, end = sentence.start, sentence.end
        kind = self.kind((start, end))
        if kind == "indirect":
            end -= self.doc.text[start:end].endswith(".")
        return replace(
            from_,
            start=start,
            end=end,
            kind=kind,
            date=self.date(sentence, None),
            reason=_REASONS[shape],
        )


def _is_aside(inner: Statement, stated: list[Statement], doc: Document) -> bool:
    """Whether wishes and views only are told inside somebody else's statement."""
    word = doc.text[slice(*inner.cue)].split()[-1].lower()
    holds = any(
        each is not inner and each.content[0] <= inner.cue[0] < each.content[1]
        for each in stated
    )
    return holds and VERBS.get(word) in ATTITUDE
