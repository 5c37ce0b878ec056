"""Invented contents for a large record, drawn from one stream of numbers."""

import datetime
import random
from collections.abc import Iterator
from typing import Any

SEED = 2016
BEGINNING = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
METHODOLOGY = 1
STATUSES = (
    *["verified"] * 6,
    *["partly-verified"] * 3,
    *["misleading"] * 2,
    *["refuted"] * 3,
    *["disputed", "outdated", "unverifiable", "not-rated"],
)
CHECKS = ("confirmed", "confirmed", "relayed", "unchecked", "altered", "cannot_check")
KINDS = ("figure", "event", "state", "comparison", "cause", "identity", "statement")
VOCABULARY = """
council mill bridge river counts closed opened since people houses ferry water rose fell
quarter budget school teachers harbour vote tax road market winter bakery inspector
report measured promised refused the a two hundred forty by of in
"""
WORDS = VOCABULARY.split()


class Town:
    """Invented contents, drawn from one stream of numbers."""

    def __init__(self, claims: int, articles: int, sources: int) -> None:
        self.chance = random.Random(SEED)
        self.claims = claims
        self.sources = [self.source(number) for number in range(sources)]
        self.documents = [self.document(number) for number in range(sources)]
        self.articles = [self.article(number) for number in range(articles)]

    def public_id(self) -> str:
        from claims.models.identity import ALPHABET, PUBLIC_ID_CHARACTERS

        return "".join(self.chance.choices(ALPHABET, k=PUBLIC_ID_CHARACTERS))

    def sentence(self, words: int) -> str:
        chosen = self.chance.choices(WORDS, k=words)
        return f"{' '.join(chosen).capitalize()}."

    def day(self) -> str:
        days = datetime.timedelta(days=self.chance.randrange(700))
        return (BEGINNING + days).date().isoformat()

    def source(self, number: int) -> dict[str, Any]:
        return {
            "id": self.public_id(),
            "slug": f"source-{number}",
            "name": f"{self.chance.choice(WORDS).capitalize()} Source {number}",
            "aliases": [],
            "kind": "outlet" if number % 10 == 0 else "person",
            "description": self.sentence(12),
            "url": "",
            "same_as": [],
            "document": None,
            "is_protected": False,
            "affiliations": [],
        }

    def document(self, number: int) -> dict[str, Any]:
        outlets = self.sources[::10]
        return {
            "id": self.public_id(),
            "title": self.sentence(7),
            "kind": "report",
            "publisher": outlets[number % len(outlets)]["id"],
            "url": f"https://documents.example/{number}",
            "canonical_url": "",
            "archive_url": "",
            "archived_on": None,
            "published_words": "",
            "published_edtf": self.day(),
            "published_basis": "dateline",
            "language": "en",
            "known_only_from": None,
            "contributions": [],
            "copies": [],
        }

    def article(self, number: int) -> dict[str, Any]:
        sentences = [self.sentence(14) for _ in range(120)]
        text = " ".join(sentences)
        return {
            "id": self.public_id(),
            "slug": f"article-{number}",
            "document": self.documents[number % len(self.documents)]["id"],
            "display": "full",
            "display_reason": "Invented for measuring.",
            "is_demo": False,
            "state": "released",
            "copy": {
                "id": self.public_id(),
                "number": 1,
                "provenance": "retold",
                "text": text,
                "blocks": [{"role": "body", "start": 0, "end": len(text)}],
            },
        }

    def claim_stories(self) -> Iterator[list[tuple[str, dict[str, Any]]]]:
        """Yield for each claim its acts with their contents, in order."""
        for number in range(self.claims):
            claim = self.claim(number)
            listed = {"claim": claim, "assessment": None, "status": "unverified"}
            story = [("listed", listed)]
            if self.chance.random() < 0.7:
                story.append(("published", self.decided(claim, 1)))
                if self.chance.random() < 0.03:
                    story.append(("published", self.decided(claim, 2)))
            yield story

    def claim(self, number: int) -> dict[str, Any]:
        said_by, relayed = self.chance.sample(self.sources, 2)
        cited = self.chance.sample(self.documents, 2)
        return {
            "id": self.public_id(),
            "text": self.sentence(14),
            "kind": self.chance.choice(KINDS),
            "voice": "attributed",
            "article": self.articles[number % len(self.articles)]["id"],
            "source": said_by["id"],
            "role": "",
            **self.check(),
            "said_words": "",
            "said_edtf": self.day()[:7],
            "said_basis": "the article's date",
            "superseded_since": None,
            "superseded_citation": None,
            "topics": [[f"topic-{number % 40}", f"Topic {number % 40}"]],
            "appearances": [self.appearance(number)],
            "chain": [
                {
                    "id": self.public_id(),
                    "position": 1,
                    "source": relayed["id"],
                    "document": None,
                    "role": "",
                    **self.check(),
                }
            ],
            "citations": [
                self.citation(place, document)
                for place, document in enumerate(cited, start=1)
            ],
            "searches": [],
            "inquiries": [],
        }

    def check(self) -> dict[str, Any]:
        return {
            "attribution_check": self.chance.choice(CHECKS),
            "attribution_checked_on": None,
            "attribution_citation": None,
        }

    def appearance(self, number: int) -> dict[str, Any]:
        article = self.articles[number % len(self.articles)]
        copy = article["copy"]
        start = self.chance.randrange(len(copy["text"]) - 80)
        return {
            "id": self.public_id(),
            "article": article["id"],
            "passage": {
                "id": self.public_id(),
                "stored_copy": copy["id"],
                "start": start,
                "end": start + 60,
                "exact": copy["text"][start : start + 60],
                "prefix": copy["text"][max(0, start - 64) : start],
                "suffix": copy["text"][start + 60 : start + 124],
            },
            "wording": copy["text"][start : start + 60],
            "placement": "body",
            "is_first": True,
        }

    def citation(self, position: int, document: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": self.public_id(),
            "position": position,
            "document": document["id"],
            "question": "truth",
            "stance": self.chance.choice(["supports", "contradicts", "context"]),
            "form": "passage",
            "quotation": self.sentence(20),
            "language": "",
            "locator_kind": "page",
            "locator": str(position),
            "value": "",
            "working": "",
            "description": "",
            "observed_on": None,
            "inquiry": None,
            "passage": None,
        }

    def decided(self, claim: dict[str, Any], number: int) -> dict[str, Any]:
        status = self.chance.choice(STATUSES)
        is_correction = number > 1
        assessment = {
            "id": self.public_id(),
            "number": number,
            "status": status,
            "summary": self.sentence(18),
            "rationale": " ".join(self.sentence(20) for _ in range(4)),
            "as_of": self.day(),
            "methodology": METHODOLOGY,
            "part_that_holds": "",
            "part_that_fails": "",
            "attribution_reason": "",
            "independence_reason": "",
            "correction_kind": "status" if is_correction else "",
            "notice": self.sentence(12) if is_correction else "",
        }
        return {"claim": claim, "assessment": assessment, "status": status}
