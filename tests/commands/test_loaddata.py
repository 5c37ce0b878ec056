"""`manage.py loaddata`: a story comes in whole and checked, or not at all."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from claims.models import (
    Assessment,
    Claim,
    Document,
    Event,
    PublishedArticle,
    PublishedClaim,
    PublishedNotice,
    Release,
    Source,
    StoredCopy,
)
from claims.models.copies import sha256_of
from claims.models.events import canonical_json, verify_chain
from claims.permissions import editors_of
from claims.publishing.rebuild import rebuild
from tests import factories
from tests.jobs.small_story import (
    PUBLISHED,
    SIGNED,
    TEXT,
    change,
    pid,
    published_story,
    ref,
    released_story,
    small_story,
    written,
)
from tests.jobs.stories import empty_tracker

pytestmark = pytest.mark.django_db


def loaddata(*paths: str, **options: Any) -> str:
    out = StringIO()
    call_command("loaddata", *paths, stdout=out, **options)
    return out.getvalue()


def refusal(*paths: str, **options: Any) -> str:
    """Load what must be refused; return what was said, having changed nothing."""
    before = (Claim.objects.count(), Source.objects.count(), Event.objects.count())
    with pytest.raises(CommandError) as error:
        loaddata(*paths, **options)
    after = (Claim.objects.count(), Source.objects.count(), Event.objects.count())
    assert after == before
    return str(error.value)


# What comes in


@pytest.mark.parametrize("turn", [list, reversed])
def test_a_story_loads_in_any_order_of_its_entries(tmp_path, turn):
    entries = list(turn(list(small_story().values())))
    out = loaddata(written(tmp_path, entries))
    assert out.startswith("Loaded 19 rows (1 claims, 0 releases), updated 0,")
    claim = Claim.objects.get(public_id=pid("claim"))
    assert claim.attribution_citation.public_id == pid("said")
    assert [topic.slug for topic in claim.topics.all()] == ["tolls"]
    paper = Document.objects.get(public_id=pid("paper"))
    assert paper.publisher.document == paper


def test_derived_columns_are_derived(tmp_path):
    loaddata(written(tmp_path, small_story()))
    claim = Claim.objects.get()
    assert (claim.said_from.isoformat(), claim.said_to.isoformat()) == (
        "2026-02-01",
        "2026-02-28",
    )
    assert StoredCopy.objects.get().text_sha256 == sha256_of(TEXT)
    assert Source.objects.get(public_id=pid("council")).slug == "wexcombe-council"
    assert claim.is_changed
    assert claim.version == 1


def test_times_keep_their_microseconds(tmp_path):
    loaddata(written(tmp_path, small_story()))
    assert StoredCopy.objects.get().retrieved_at.microsecond == 123456


def test_loading_begins_the_field_history_of_what_it_adds(tmp_path):
    loader = factories.make_user(username="hand")
    loaddata(written(tmp_path, small_story()), by="hand")
    first = Claim.history.get()
    assert (first.history_type, first.history_user) == ("+", loader)
    assert first.text == Claim.objects.get().text
    assert Source.history.count() == Source.objects.count()


def test_a_fixture_is_found_by_name_in_the_fixtures_folder():
    out = loaddata("libya_2016")
    assert "Loaded " in out
    assert PublishedArticle.objects.count() == 1


def test_quiet_says_nothing(tmp_path):
    assert loaddata(written(tmp_path, small_story()), verbosity=0) == ""


def test_several_files_are_one_load_and_may_refer_to_each_other(tmp_path):
    story = small_story()
    late = [story.pop("council"), story["topic"]]
    loaddata(written(tmp_path, story), written(tmp_path, late, "late.json"))
    assert Claim.objects.get().source.public_id == pid("council")


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = Path(written(tmp_path, small_story()))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    loaddata(str(path))


# What is refused


BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("claim", {"said_edtf": "soon"}, "claim: said_edtf: “soon” is not a date"),
    ("claim", {"source": ["nosuchsrc0"]}, "claim: source: names claims.source"),
    ("claim", {"source": 1}, "claim: source: give the natural key"),
    ("claim", {"source": None}, "claim: Name the source"),
    ("claim", {"topics": [["war"]]}, "claim: topics: names claims.topic war"),
    ("claim", {"topics": "tolls"}, "claim: topics: give the natural key"),
    ("claim", {"colour": "red"}, "claim: colour: there is no such field"),
    ("claim", {"text": 900}, "claim: text: give a text"),
    ("claim", {"text": "nul \0 here"}, "claim: text: a NUL character at position 4"),
    ("claim", {"text": "half \ud800"}, "claim: text: half a character"),
    ("claim", {"said_basis": ...}, "claim: Say what the date of the claim rests on"),
    ("claim", {"kind": "gossip"}, "claim: kind: Value 'gossip' is not a valid choice"),
    ("claim", {"status": ["verified"]}, "claim: status: is “verified”, but follows"),
    ("claim", {"status": ["in-review"]}, "claim: status: is “in-review”, but follows"),
    ("claim", {"state": "retracted"}, "claim: state: “retracted” needs its release"),
    ("claim", {"assignee": [""]}, "claim: username"),
    ("claim", {"due_on": "tomorrow"}, "claim: due_on"),
    ("claim", {"article": ref("paper")}, "claim: article: names claims.article"),
    ("claim", {"text": "x" * 1001}, "claim: text"),
    ("copy", {"text_sha256": "0" * 64}, "copy: text: does not have the SHA-256"),
    ("copy", {"retrieved_at": "2026-03-02T09:00:00"}, "copy: retrieved_at: give the"),
    ("copy", {"number": 2**80}, "copy: number"),
    ("copy", {"number": True}, "copy: number: give a whole number"),
    ("copy", {"blocks": [{"role": "body"}]}, "copy: blocks: Blocks are a list"),
    ("passage", {"exact": "other words"}, "passage: The words given are not"),
    ("passage", {"end": 10_000}, "passage: The place"),
    ("appearance", {"wording": "Other words"}, "appearance: wording: The wording"),
    ("clerk", {"article": ...}, "clerk: An unnamed source belongs"),
    ("report", {"document": ...}, "report: document: A report needs the document"),
    ("citation", {"stance": "differs"}, "citation: That stance answers the other"),
    ("article", {"is_demo": "yes"}, "article: is_demo: give true or false"),
    ("article", {"state": "shut"}, "article: state: “shut” is not one of: cleared,"),
    ("paper", {"link_state": "lost"}, "paper: link_state: “lost” is not one of"),
    ("assessment", {"state": "done"}, "assessment: state: “done” is not one of"),
    ("assessment", {"summary": "x" * 281}, "assessment: summary"),
    ("assessment", {"author": ...}, "assessment: author"),
    ("assessment", {"status": ["unverified"]}, "assessment: status"),
    ("assessment", {"signer": ["stamp"]}, "assessment: state: what is not signed"),
    ("paper", {"known_only_from": ref("paper")}, "paper: A document is not known"),
    ("topic", {"slug": "tolls", "label": ""}, "topic: label: This field cannot be"),
]


@pytest.mark.parametrize(("name", "fields", "said"), BROKEN)
def test_a_broken_row_is_refused_with_file_object_and_field(
    tmp_path, name, fields, said
):
    story = small_story(**{name: fields})
    lines = refusal(written(tmp_path, story)).splitlines()
    model = story[name]["model"]
    where = said.partition(":")[0]
    key = story[name]["fields"].get("public_id") or story[name]["fields"]["slug"]
    expected = f"story.json: {model} {key}{said.removeprefix(where)}"
    assert any(line.startswith(expected) for line in lines), lines


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "not JSON"),
        ('{"model": "claims.claim"}', "a fixture is a list"),
        ("[1]", "entry 1: needs “model” and “fields”"),
        ('[{"model": "claims.topic", "fields": {}, "note": 1}]', "entry 1: an entry"),
        (
            '[{"model": "claims.topic", "fields": {"slug": NaN}}]',
            "NaN is not a JSON value",
        ),
        ('[{"model": "a", "model": "b"}]', "“model” is given twice"),
        ('[{"model": "claims.topic", "fields": {"label": "x"}}]', "“slug” is needed"),
        ('[{"model": "claims.claim", "fields": {"text": "x"}}]', "“public_id” is"),
        ('[{"model": "claims.dragon", "fields": {}}]', "there is no model"),
        ('[{"model": 7, "fields": {}}]', "there is no model"),
        (
            '[{"model": "claims.topic", "pk": 3, "fields": {"slug": "x"}}]',
            "without “pk",
        ),
        ('[{"model": "claims.event", "fields": {}}]', "by the tracker alone"),
        ('[{"model": "claims.eventhead", "fields": {}}]', "by the tracker alone"),
        ('[{"model": "claims.historicalclaim", "fields": {}}]', "by the tracker alone"),
        ('[{"model": "claims.publishedclaim", "fields": {}}]', "by the tracker alone"),
        ('[{"model": "auth.user", "fields": {}}]', "--allow-any-model"),
        ('[{"model": "auth.group", "fields": {}}]', "--allow-any-model"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_is_no_fixture_is_refused_in_a_line(tmp_path, text, said):
    path = tmp_path / "story.json"
    path.write_text(text, encoding="utf-8")
    line = refusal(str(path))
    assert said in line
    assert line.startswith("story.json: ")
    assert "\n" not in line


def test_events_are_refused_even_where_any_model_is_allowed(tmp_path):
    entry = {"model": "claims.event", "fields": {}}
    path = written(tmp_path, [entry])
    assert "by the tracker alone" in refusal(path, allow_any_model=True)


def test_other_formats_and_missing_files_are_refused(tmp_path):
    assert "fixtures are read as JSON" in refusal("story.yaml")
    assert "fixtures are read as JSON" in refusal(str(tmp_path / "story.json.gz"))
    assert "there is no such file" in refusal("no_such_story")
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'["caf\xe9"]')
    assert "latin.json: not UTF-8 at byte 5" in refusal(str(latin))


def test_every_fault_found_by_the_check_is_told_at_once(tmp_path):
    story = small_story(claim={"kind": "gossip"}, search={"question": "what"})
    lines = refusal(written(tmp_path, story)).splitlines()
    assert len(lines) == 2
    assert all(line.startswith("story.json: claims.") for line in lines)


def test_a_row_twice_in_one_file_is_refused(tmp_path):
    entries = [*small_story().values(), small_story()["council"]]
    line = refusal(written(tmp_path, entries))
    assert "stands in story.json already, as entry 2" in line


def test_one_row_said_differently_by_two_files_is_refused(tmp_path):
    first = written(tmp_path, small_story())
    topic = small_story(topic={"label": "Bridges"})["topic"]
    assert "stands in story.json already" in refusal(
        first, written(tmp_path, [topic], "b.json"), update=True
    )


# People


def test_a_user_nobody_knows_is_made_inactive_and_named(tmp_path, django_user_model):
    known = factories.make_user(username="marker")
    out = loaddata(written(tmp_path, small_story()))
    assert "made inactive users idle, quill." in out
    made = django_user_model.objects.get(username="quill")
    assert not made.is_active
    assert not made.has_usable_password()
    known.refresh_from_db()
    assert known.is_active


def test_a_claim_gets_one_loaded_event_naming_file_loader_and_authors(
    tmp_path, django_user_model
):
    loader = factories.make_user(username="hand")
    loaddata(written(tmp_path, small_story()), by="hand")
    event = Event.objects.get(verb="loaded")
    users = dict(django_user_model.objects.values_list("username", "pk"))
    assert (event.subject_type, event.subject_id) == ("claim", pid("claim"))
    assert (event.actor_id, event.actor_name) == (str(loader.pk), "hand")
    authors = event.details.pop("authors")
    assert sorted(authors) == sorted(str(users[name]) for name in ("marker", "quill"))
    assert {**event.details, "authors": []} == {
        "file": "story.json",
        "authors": [],
        "signed": False,
        "fields": [],
    }
    assert verify_chain() == (1, None)


def test_without_a_user_the_command_is_the_actor(tmp_path):
    loaddata(written(tmp_path, small_story()))
    event = Event.objects.get()
    assert (event.actor_id, event.actor_name) == ("", "loaddata")


def test_a_loader_nobody_knows_is_refused(tmp_path):
    line = refusal(written(tmp_path, small_story()), by="nobody")
    assert line == "--by: there is no user “nobody”."


def test_loader_and_authors_count_as_editors_and_the_signer_does_not(
    tmp_path, django_user_model
):
    factories.make_user(username="hand")
    loaddata(written(tmp_path, small_story(assessment=SIGNED)), by="hand")
    editors = editors_of(Claim.objects.get())
    names = django_user_model.objects.filter(pk__in=editors)
    assert set(names.values_list("username", flat=True)) == {"hand", "quill", "marker"}


def test_accounts_load_only_where_any_model_is_allowed(tmp_path, django_user_model):
    user = {"model": "auth.user", "fields": {"username": "quill", "password": "!"}}
    path = written(tmp_path, [*small_story().values(), user])
    assert "--allow-any-model" in refusal(path)
    loaddata(path, allow_any_model=True)
    assert django_user_model.objects.get(username="quill").is_active


# Rows that are here already


def test_an_identical_row_is_skipped_and_counted(tmp_path):
    path = written(tmp_path, small_story())
    loaddata(path)
    assert "Loaded 0 rows (0 claims, 0 releases), updated 0, skipped 19" in loaddata(
        path
    )
    assert Event.objects.count() == 1


def test_a_row_that_differs_is_refused_naming_its_fields(tmp_path):
    loaddata(written(tmp_path, small_story()))
    story = small_story(claim={"text": "Other.", "priority": 4})
    line = refusal(written(tmp_path, story))
    assert line == (
        f"story.json: claims.claim {pid('claim')}: text, priority: differs from the "
        "row here (--update overwrites it)."
    )
    assert Claim.objects.get().text == small_story()["claim"]["fields"]["text"]


def test_an_update_is_an_edit_with_its_trace(tmp_path):
    editor = factories.make_user(username="hand")
    loaddata(written(tmp_path, small_story()))
    story = small_story(claim={"text": "It carries 800 carts."}, link={"role": "clerk"})
    out = loaddata(written(tmp_path, story), by="hand", update=True)
    assert "Loaded 0 rows (1 claims, 0 releases), updated 2, skipped 17" in out
    claim = Claim.objects.get()
    assert claim.text == "It carries 800 carts."
    assert claim.version == 2
    assert claim.history.latest().history_user == editor
    assert claim.history.earliest().history_user is None
    edited = Event.objects.get(verb="edited")
    assert edited.details["fields"] == ["attributionlink.role", "claim.text"]
    assert str(editor.pk) in editors_of(claim)


SAID = {"said_words": "last month", "said_edtf": "2026-02", "said_basis": "March"}


@pytest.mark.parametrize(
    ("said", "in_doubt"),
    [
        ({}, True),
        ({"said_edtf": "2026-03", "said_basis": "April"}, False),
        ({"said_edtf": "2026-03-14", "said_basis": "a letter"}, False),
    ],
)
def test_an_update_of_an_article_s_date_puts_those_counted_from_it_in_doubt(
    tmp_path, said, in_doubt
):
    loaddata(written(tmp_path, small_story(claim=SAID)))
    story = small_story(claim={**SAID, **said}, written={"published_edtf": "2026-04"})
    loaddata(written(tmp_path, story), update=True)
    assert Claim.objects.get().said_in_doubt is in_doubt


def test_an_update_can_take_a_reference_away(tmp_path):
    loaddata(written(tmp_path, small_story()))
    story = small_story(claim={"attribution_citation": ..., "topics": ...})
    loaddata(written(tmp_path, story), update=True)
    claim = Claim.objects.get()
    assert claim.attribution_citation is None
    assert claim.topics.count() == 0


def test_a_new_part_of_a_claim_that_is_here_needs_update(tmp_path):
    story = small_story()
    citation = story.pop("citation")
    loaddata(written(tmp_path, story))
    path = written(tmp_path, [citation])
    assert "which is here already (--update lets it)" in refusal(path)
    loaddata(path, update=True)
    assert Event.objects.get(verb="edited").details["fields"] == ["citation.added"]


def test_an_update_voids_nothing_because_signed_content_is_refused(tmp_path):
    loaddata(written(tmp_path, small_story(assessment=SIGNED)))
    for name, fields in (
        ("claim", {"text": "Other."}),
        ("citation", {"locator": "4"}),
        ("link", {"role": "clerk"}),
    ):
        story = small_story(assessment=SIGNED, **{name: fields})
        assert "is signed or published: correct it at the desk" in refusal(
            written(tmp_path, story), update=True
        )
    story = small_story(assessment={**SIGNED, "summary": "Other."})
    assert "the assessment is signed" in refusal(written(tmp_path, story), update=True)


def test_an_update_renames_no_topic_that_was_signed(tmp_path):
    loaddata(written(tmp_path, small_story(assessment=SIGNED)))
    story = small_story(assessment=SIGNED, topic={"label": "Bridges"})
    assert "names this topic: what was signed stays" in refusal(
        written(tmp_path, story), update=True
    )


def test_a_load_that_seals_releases_of_a_protected_source_says_so(tmp_path):
    source = factories.make_source(public_id=pid("council"), name="Ana de Sá")
    factories.publish_claim(factories.make_claim(source=source))
    source.is_protected, source.protection_reason = True, "Would lose her job."
    source.public_label, source.slug = "a clerk", "a-clerk"
    source.save()
    story = small_story(article={"state": "released"})
    del story["council"], story["post_held"]
    loaddata(written(tmp_path, story), with_signatures=True)
    event = Event.objects.get(verb="sealed")
    assert (event.subject_id, event.details) == (source.public_id, {"releases": [1]})


def test_an_update_of_what_no_signature_covers_is_taken(tmp_path):
    loaddata(written(tmp_path, small_story(assessment=SIGNED)))
    story = small_story(assessment=SIGNED, claim={"priority": 4})
    loaddata(written(tmp_path, story), update=True)
    assert Claim.objects.get().priority == 4
    assert Assessment.objects.get().state == "signed_off"


@pytest.mark.parametrize(
    ("name", "fields"),
    [("copy", {"media_type": "text/plain"}), ("passage", {"prefix": "Tolls"})],
)
def test_rows_that_are_only_ever_added_are_never_updated(tmp_path, name, fields):
    loaddata(written(tmp_path, small_story()))
    story = small_story(**{name: fields})
    assert "such rows never change" in refusal(written(tmp_path, story), update=True)


def test_what_moves_write_is_never_updated(tmp_path):
    loaddata(written(tmp_path, small_story()))
    story = small_story(article={"state": "released"})
    assert "no load changes it: moves do" in refusal(
        written(tmp_path, story), update=True, with_signatures=True
    )


def test_a_published_address_never_changes(tmp_path):
    loaddata(written(tmp_path, released_story()))
    story = released_story(council={"slug": "council"})
    line = refusal(written(tmp_path, story), update=True)
    assert "slug: a published address never changes" in line


# Signatures


SIGNING = [
    small_story(assessment={"state": "submitted"}),
    small_story(assessment=SIGNED),
    released_story(),
    published_story(),
]


@pytest.mark.parametrize("story", SIGNING)
def test_what_was_signed_elsewhere_enters_a_working_desk_only_when_asked(
    tmp_path, story
):
    factories.make_source()
    path = written(tmp_path, story)
    assert "only with --with-signatures" in refusal(path)
    loaddata(path, with_signatures=True)
    assert Claim.objects.count() == 1


def test_the_event_says_that_a_signature_was_loaded(tmp_path):
    loaddata(written(tmp_path, small_story(assessment=SIGNED)))
    assert Event.objects.get().details["signed"] is True


def test_a_signature_written_by_hand_covers_the_rows_as_loaded(tmp_path):
    loaddata(written(tmp_path, small_story(assessment=SIGNED)))
    assessment = Assessment.objects.get()
    signed = json.loads(assessment.signed_content)
    assert signed["claim"]["id"] == pid("claim")
    assert signed["claim"]["attribution_citation"] == pid("said")
    assert signed["claim"]["topics"] == [["tolls", "Tolls"]]
    assert assessment.digest == sha256_of(assessment.signed_content)


def test_a_digest_that_is_not_of_the_rows_is_refused(tmp_path):
    story = small_story(assessment={**SIGNED, "digest": "0" * 64})
    assert "digest: claim and assessment, as they stand" in refusal(
        written(tmp_path, story)
    )


def signed_story(tmp_path) -> Any:
    """Return the small story with the content that its signature covers."""
    loaddata(written(tmp_path, small_story(assessment=SIGNED)), verbosity=0)
    row = Assessment.objects.get()
    content = json.loads(row.signed_content)
    empty_tracker()
    return small_story(
        assessment={**SIGNED, "signed_content": content, "digest": row.digest}
    )


def test_a_signed_content_is_taken_as_it_is(tmp_path):
    story = signed_story(tmp_path)
    loaddata(written(tmp_path, story))
    assert Assessment.objects.get().digest == story["assessment"]["fields"]["digest"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda content: content["claim"].update(text="Other."), "have the SHA-256"),
        (lambda content: content["claim"].update(id="other00000"), "have the SHA-256"),
    ],
)
def test_a_signed_content_that_was_touched_is_refused(tmp_path, spoil, said):
    story = signed_story(tmp_path)
    spoil(story["assessment"]["fields"]["signed_content"])
    assert said in refusal(written(tmp_path, story))


def test_a_signed_content_of_another_claim_is_refused(tmp_path):
    story = signed_story(tmp_path)
    content = story["assessment"]["fields"]["signed_content"]
    content["claim"]["id"] = "other00000"
    change(story, "assessment", digest=digest(content))
    assert "does not name this claim" in refusal(written(tmp_path, story))


def test_a_signed_content_of_another_shape_is_refused_naming_the_place(tmp_path):
    story = signed_story(tmp_path)
    content = story["assessment"]["fields"]["signed_content"]
    content["claim"]["citations"][0]["passage"] = "page 3"
    change(story, "assessment", digest=digest(content))
    assert "signed_content.claim.citations.passage: is not what" in refusal(
        written(tmp_path, story)
    )


def test_an_assessment_that_says_other_than_what_was_signed_is_refused(tmp_path):
    story = signed_story(tmp_path)
    change(story, "assessment", summary="Something else.")
    assert "summary: is not what was signed" in refusal(written(tmp_path, story))


def digest(content: Any) -> str:
    return sha256_of(canonical_json(content))


def test_a_superseded_assessment_must_bring_what_was_signed(tmp_path):
    story = small_story(assessment={**PUBLISHED, "state": "superseded"})
    assert "signed_content: give what was signed" in refusal(written(tmp_path, story))


# What becomes public


def test_a_released_article_without_releases_is_released_with_its_claims(tmp_path):
    story = released_story(claim={"status": ["in-review"]})
    out = loaddata(written(tmp_path, story))
    assert "(1 claims, 8 releases)" in out
    public = PublishedClaim.objects.get()
    assert (public.status, public.state) == ("in-review", "listed")
    assert not Claim.objects.get().is_changed
    assert rebuild(fix=False) == []


def test_a_cleared_article_is_released_and_cleared(tmp_path):
    loaddata(written(tmp_path, small_story(article={"state": "cleared"})))
    acts = Release.objects.of("article", pid("article")).values_list("act", flat=True)
    assert list(acts) == ["released", "cleared"]
    assert PublishedArticle.objects.get().state == "cleared"


def test_a_claim_held_back_is_not_listed(tmp_path):
    loaddata(written(tmp_path, released_story(claim={"is_held_back": True})))
    assert PublishedArticle.objects.count() == 1
    assert PublishedClaim.objects.count() == 0


def test_a_published_assessment_is_published_at_its_time(tmp_path):
    loaddata(written(tmp_path, published_story()))
    public = PublishedClaim.objects.get()
    assert (public.status, public.is_decided) == ("verified", True)
    assert public.decided_at.isoformat() == "2026-03-02T13:00:00+00:00"
    assert Release.objects.get(act="published").by == "stamp"
    assert rebuild(fix=False) == []


def test_a_withdrawal_without_releases_is_told_to_readers_at_its_time(tmp_path):
    story = signed_story(tmp_path)
    change(story, "article", state="released")
    change(
        story,
        "assessment",
        state="withdrawn",
        published_at="2026-03-02T13:00:00Z",
        ended_at="2026-03-04T08:00:00Z",
        withdrawal_reason="We counted the wrong bridge.",
    )
    loaddata(written(tmp_path, story))
    acts = Release.objects.of("claim", pid("claim")).values_list("act", flat=True)
    assert list(acts) == ["listed", "published", "withdrawn"]
    notice = PublishedNotice.objects.get()
    assert notice.text == "We counted the wrong bridge."
    assert notice.at.isoformat() == "2026-03-04T08:00:00+00:00"
    assert Claim.objects.get().status_id == "unverified"


def test_a_published_assessment_needs_a_released_article(tmp_path):
    story = published_story(article={"state": ...})
    assert "state: “published” needs its release" in refusal(written(tmp_path, story))


def test_a_status_that_does_not_follow_is_refused(tmp_path):
    story = published_story(claim={"status": ["refuted"]})
    line = refusal(written(tmp_path, story))
    assert "status: is “refuted”, but follows as “verified”" in line


def test_an_open_claim_of_a_released_article_has_no_decided_status(tmp_path):
    story = released_story(claim={"status": ["verified"]})
    assert "is open: it is “unverified” or “in-review”" in refusal(
        written(tmp_path, story)
    )


def test_a_release_without_its_subject_or_out_of_line_is_refused(tmp_path):
    content = {"id": pid("council"), "name": "x"}
    fields = {
        "subject_type": "source",
        "subject_id": pid("council"),
        "number": 2,
        "act": "released",
        "content": content,
        "digest": digest(content),
        "by": "x",
        "at": "2026-03-02T13:00:00Z",
    }
    release = {"model": "claims.release", "fields": fields}
    entries = [*small_story().values(), release]
    assert "number: releases of a subject follow" in refusal(written(tmp_path, entries))
    fields |= {"number": 1, "subject_id": "nobody0000"}
    assert "there is no such subject" in refusal(written(tmp_path, entries))
    fields |= {"subject_id": pid("council"), "act": "listed"}
    assert "act: is not an act of this kind" in refusal(written(tmp_path, entries))
    fields |= {"act": "released", "digest": "0" * 64}
    assert "does not have the SHA-256" in refusal(written(tmp_path, entries))
    fields |= {"digest": digest(content)}
    assert "make no record" in refusal(written(tmp_path, entries))


def test_the_help_teaches(capsys):
    with pytest.raises(SystemExit):
        call_command("loaddata", "--help")
    shown = capsys.readouterr().out
    assert "in one transaction" in shown
    assert "manage.py loaddata libya_2016" in shown


def test_a_claim_that_would_rest_on_itself_is_refused(tmp_path):
    story = small_story()
    change(story, "claim", depends_on=[[pid("claim")]])
    said = refusal(written(tmp_path, story))
    assert "depends_on: A claim cannot rest on itself." in said


def test_a_name_that_was_signed_is_not_left_out_of_the_row(tmp_path):
    story = signed_story(tmp_path)
    content = story["assessment"]["fields"]["signed_content"]
    content["assessment"]["asked_by"] = "Ada Quill"
    change(story, "assessment", digest=digest(content))
    assert "asked_by: is not what was signed" in refusal(written(tmp_path, story))
