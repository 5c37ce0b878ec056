"""A fixture written by hand: one article, one claim and what a claim can carry."""

import json
from pathlib import Path
from typing import Any

from claims.checking.anchors import cut

Story = dict[str, dict[str, Any]]

TEXT = "Tolls double. The bridge carries 900 carts a day, the council says."
WORDS = "The bridge carries 900 carts a day"
NAMES = [
    "topic",
    "council",
    "outlet",
    "report",
    "paper",
    "article",
    "clerk",
    "post_held",
    "written",
    "copy",
    "passage",
    "claim",
    "appearance",
    "inquiry",
    "search",
    "citation",
    "said",
    "link",
    "assessment",
]


def small_story(**changes: dict[str, Any]) -> Story:
    """Return the entries by name; ``changes``: fields to set, by name of the entry.

    A field set to ``...`` is left out. The article is open, the assessment a draft.
    """
    place = cut(TEXT, TEXT.index(WORDS), TEXT.index(WORDS) + len(WORDS))
    fields: dict[str, tuple[str, dict[str, Any]]] = {
        "topic": ("topic", {"slug": "tolls", "label": "Tolls"}),
        "council": ("source", {"name": "Wexcombe council", "kind": "organisation"}),
        "outlet": ("source", {"name": "Wexcombe Courier", "kind": "outlet"}),
        "report": (
            "source",
            {"name": "Bridge count", "kind": "report", "document": ref("paper")},
        ),
        "paper": (
            "document",
            {"title": "Bridge count", "kind": "report", "publisher": ref("report")},
        ),
        "written": ("document", document_fields()),
        "article": ("article", {"document": ref("written"), "slug": "tolls-double"}),
        "clerk": (
            "source",
            {"name": "a clerk", "kind": "unnamed_person", "article": ref("article")},
        ),
        "post_held": (
            "affiliation",
            {"source": ref("council"), "organisation": ref("outlet"), "since": "2019"},
        ),
        "copy": (
            "storedcopy",
            {
                "document": ref("written"),
                "retrieved_at": "2026-03-02T09:00:00.123456Z",
                "provenance": "retold",
                "text": TEXT,
                "blocks": [{"role": "body", "start": 0, "end": len(TEXT)}],
            },
        ),
        "passage": (
            "passage",
            {
                "stored_copy": ref("copy"),
                "start": place.start,
                "end": place.end,
                "exact": place.exact,
                "prefix": place.prefix,
                "suffix": place.suffix,
            },
        ),
        "claim": ("claim", claim_fields()),
        "appearance": (
            "appearance",
            {
                "claim": ref("claim"),
                "article": ref("article"),
                "passage": ref("passage"),
                "wording": WORDS,
            },
        ),
        "inquiry": (
            "inquiry",
            {
                "claim": ref("claim"),
                "addressee": "publisher",
                "addressed_to": "the newsroom",
                "question": "Whose count?",
            },
        ),
        "search": (
            "evidencesearch",
            {
                "claim": ref("claim"),
                "looked_in": "the council's minutes",
                "looked_for": "a count of carts",
                "searched_on": "2026-03-03",
                "result": "None in 2025.",
                "searched_by": ["quill"],
            },
        ),
        "citation": ("citation", citation_fields("supports")),
        "said": (
            "citation",
            {**citation_fields("is_the_statement"), "question": "attribution"},
        ),
        "link": (
            "attributionlink",
            {"claim": ref("claim"), "position": 1, "source": ref("clerk")},
        ),
        "assessment": (
            "assessment",
            {
                "claim": ref("claim"),
                "status": ["verified"],
                "methodology": [1],
                "summary": "The count bears it out.",
                "rationale": "Counted on two days.",
                "as_of": "2026-03-01",
                "author": ["quill"],
                "created_at": "2026-03-02T10:00:00Z",
            },
        ),
    }
    story = {
        name: {"model": f"claims.{model}", "fields": {"public_id": pid(name), **given}}
        for name, (model, given) in fields.items()
    }
    del story["topic"]["fields"]["public_id"]
    for name, changed in changes.items():
        change(story, name, **changed)
    return story


def document_fields() -> dict[str, Any]:
    return {
        "title": "Tolls double",
        "kind": "article-newspaper",
        "publisher": ref("outlet"),
        "published_edtf": "2026-03",
        "published_basis": "dateline",
    }


def claim_fields() -> dict[str, Any]:
    return {
        "text": "The bridge carries 900 carts a day.",
        "kind": "figure",
        "article": ref("article"),
        "source": ref("council"),
        "said_edtf": "2026-02~",
        "said_basis": "the month before the article",
        "attribution_check": "confirmed",
        "attribution_checked_by": ["marker"],
        "attribution_citation": ref("said"),
        "topics": [["tolls"]],
        "assignee": ["idle"],
    }


def citation_fields(stance: str) -> dict[str, Any]:
    return {
        "claim": ref("claim"),
        "document": ref("paper"),
        "stance": stance,
        "quotation": "nine hundred carts",
        "locator_kind": "page",
        "locator": "3",
    }


def pid(name: str) -> str:
    """Return the public id of an entry of the small story."""
    return f"small{NAMES.index(name):05d}".replace("l", "1")


def ref(name: str) -> list[str]:
    return [pid(name)]


def change(story: Story, name: str, /, **fields: Any) -> None:
    for field, value in fields.items():
        if value is ...:
            story[name]["fields"].pop(field, None)
        else:
            story[name]["fields"][field] = value


def released_story(**changes: dict[str, Any]) -> Story:
    """Return the small story with its article released, without release rows."""
    return small_story(**{"article": {"state": "released"}, **changes})


SIGNED = {
    "state": "signed_off",
    "signer": ["stamp"],
    "submitted_at": "2026-03-02T11:00:00Z",
    "signed_at": "2026-03-02T12:00:00Z",
}
PUBLISHED = {**SIGNED, "state": "published", "published_at": "2026-03-02T13:00:00Z"}


def published_story(**changes: dict[str, Any]) -> Story:
    """Return the small story published, its contents and releases left to the load."""
    return released_story(
        **{"assessment": PUBLISHED, "claim": {"status": ["verified"]}, **changes}
    )


def written(folder: Path, story: Story | list[Any], name: str = "story.json") -> str:
    """Write a story as a fixture; return its path."""
    entries = list(story.values()) if isinstance(story, dict) else story
    path = folder / name
    path.write_text(json.dumps(entries), encoding="utf-8")
    return str(path)
