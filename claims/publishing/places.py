"""Where the public claims of an article stand in the copy that readers are shown.

A claim keeps the passage that was signed. Where that lies in an older copy, the
article's own release says what became of it in the newer one: of claims that readers
know or come to know by this release, and of no others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

from claims.checking.text import same_words
from claims.models.anchorings import Anchoring
from claims.models.articles import Article
from claims.models.claims import Claim
from claims.models.copies import Passage
from claims.models.releases import Release, SubjectType
from claims.workflow.desk_words import AnchoringState
from claims.workflow.words import Display

from . import content as contents
from .content import Content
from .publication import Publication
from .sealing import seal


class Standing(StrEnum):
    """What the newer copy has of the words that readers know."""

    HERE = "here"
    CHANGED = "changed"
    GONE = "gone"


def places_of(article: Article, listed: Mapping[str, Content]) -> list[Content]:
    """Return what became of each public claim whose passage lies in an older copy.

    ``listed``: contents, by public id, of claims about to be listed. Shape:
    ``[{"claim": id, "standing": …}]``, sorted; where it is *here* with ``start`` and
    ``end``, and with words and context too when readers get no more than excerpts. A
    claim that no person or sure comparison has decided on is left out.
    """
    copy = article.newest_copy
    if copy is None:
        return []
    decided: dict[str, list[Anchoring]] = defaultdict(list)
    rows = Anchoring.objects.filter(stored_copy=copy, appearance__article=article)
    rows = rows.exclude(state=AnchoringState.TO_DECIDE)
    for row in rows.select_related("found", "appearance__claim", "appearance__passage"):
        decided[row.claim.public_id].append(row)
    known = {**_newest_contents(decided), **listed}
    places = [
        (
            claim_id,
            _place(_appearances(known[claim_id], article), found, copy.public_id),
        )
        for claim_id, found in sorted(decided.items())
        if claim_id in known
    ]
    in_excerpts = article.display == Display.EXCERPTS
    return [
        {"claim": claim_id, **_fields(*place, in_excerpts)}
        for claim_id, place in places
        if place is not None
    ]


def _newest_contents(claim_ids: Iterable[str]) -> dict[str, Content]:
    """Return what readers were last given of these claims; one query for all."""
    newest = Release.objects.newest_of(SubjectType.CLAIM, claim_ids)
    return {public_id: release.parsed for public_id, release in newest.items()}


def _appearances(content: Content, article: Article) -> list[Content]:
    """Return where a content stands in the article; nowhere for a tombstone."""
    rows = content.get("claim", {}).get("appearances", [])
    return [
        row for row in rows if row["article"] == article.public_id and row["passage"]
    ]


def _place(
    public: list[Content], decided: list[Anchoring], copy_id: str
) -> tuple[Standing, Passage | None] | None:
    """Return what became of a claim that readers know at these places, if it is known.

    An appearance that the desk has marked anew since tells nothing of what readers
    know. One place where the words are the same is enough; to say that they are others
    or gone, each must be decided.
    """
    if any(row["passage"]["stored_copy"] == copy_id for row in public):
        return None
    passages = {row["id"]: row["passage"] for row in public}
    found = [
        _standing(row, passages[row.subject.public_id]["exact"])
        for row in sorted(decided, key=lambda row: row.found.start if row.found else 0)
        if row.subject.public_id in passages
        and row.subject.passage.public_id == passages[row.subject.public_id]["id"]
    ]
    here = [place for place in found if place[0] == Standing.HERE]
    if here:
        return here[0]
    if not found or len(found) < len(public):
        return None
    return min(found, key=lambda place: place[0] != Standing.CHANGED)


def _standing(row: Anchoring, words: str) -> tuple[Standing, Passage | None]:
    if row.found is None:
        return Standing.GONE, None
    is_same = same_words(row.found.exact, words)
    return (Standing.HERE, row.found) if is_same else (Standing.CHANGED, None)


def _fields(standing: Standing, found: Passage | None, in_excerpts: bool) -> Content:
    fields: Content = {"standing": standing.value}
    if found is not None:
        fields |= {"start": found.start, "end": found.end}
        if in_excerpts:
            fields |= {name: getattr(found, name) for name in _WORDS}
    return fields


_WORDS = ("exact", "prefix", "suffix")


def forget_place(publication: Publication, claim: Claim) -> None:
    """Release anew, without its place, each article that tells where a claim stands.

    The earlier releases that tell it are sealed: for what is taken down.
    """
    telling = Release.objects.filter(
        subject_type=SubjectType.ARTICLE,
        content__contains=f'"claim":"{claim.public_id}"',
    )
    for article_id in sorted(set(telling.values_list("subject_id", flat=True))):
        newest = Release.objects.newest(SubjectType.ARTICLE, article_id)
        content = newest.parsed if newest else {}
        if newest and (kept := without_place(content, claim.public_id)) != content:
            text, digest = contents.sealed(kept)
            publication.add(SubjectType.ARTICLE, article_id, newest.act, text, digest)
        seal(telling.filter(subject_id=article_id), publication.signature.at)


def without_place(content: Content, claim_id: str) -> Content:
    """Return an article's content without the place of one claim."""
    others = [row for row in content.get("places", []) if row["claim"] != claim_id]
    kept = {name: value for name, value in content.items() if name != "places"}
    return {**kept, "places": others} if others else kept
