"""A file becomes drafts: all of them, with sources, citations, history and one event."""

from typing import Any

import pytest

from claims.jobs import imports
from claims.models import (
    Appearance,
    Article,
    Citation,
    Claim,
    Document,
    Event,
    ExternalId,
    ImportRow,
    Note,
    PublishedClaim,
    Release,
    Source,
    Topic,
)
from claims.models.events import verify_chain
from claims.moves import record_edit
from claims.permissions import editors_of
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.factories import (
    SENTENCES,
    make_article,
    make_assessment,
    make_claim,
    make_copy,
    make_source,
    make_topic,
    make_user,
    release_article,
)

from .files import file_of, finish, imported, row_of, said_of, undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> Any:
    return make_user(RESEARCHERS, username="rosa")


def staged(*rows: dict[str, str], **more: Any) -> Any:
    return imports.stage(file_of(rows, **more))


def test_a_row_becomes_a_draft_with_everything_it_says(rosa):
    ada = make_user(RESEARCHERS, username="ada")
    row = row_of(
        1,
        wording="It rose by one.",
        placement="deck",
        source_role="mayor",
        said_words="last month",
        topics="Water; Bridges",
        priority="urgent",
        assignee="ada",
        due_on="2026-04-01",
        note="Ask the office.",
        citation_1_quotation="By one.",
        citation_1_locator_kind="page",
        citation_1_locator="12",
        citation_1_publisher="The Office",
        citation_1_published="2026-02",
        citation_2_title="A letter",
        citation_2_stance="is_the_statement",
    )
    imported([row], rosa)

    claim = Claim.objects.get()
    assert claim.text == "The river rose by 1 centimetres."
    assert (claim.state, claim.status_id, claim.voice) == (
        *("working", "unverified", "attributed"),
    )
    assert (claim.source.name, claim.source.kind, claim.role) == (
        *("Ada Holm", "person", "mayor"),
    )
    assert (claim.said_edtf, str(claim.said_from)) == ("2026-02", "2026-02-01")
    assert (claim.priority, claim.assignee, str(claim.due_on)) == (4, ada, "2026-04-01")
    assert {topic.label for topic in claim.topics.all()} == {"Water", "Bridges"}
    appearance = claim.appearances.get()
    assert (appearance.wording, appearance.placement) == ("It rose by one.", "deck")
    article = claim.article
    assert (article.state, article.document.publisher.name) == ("open", "The Elm Post")
    first, second = claim.citations.all()
    assert (first.question, first.quotation, first.locator) == (
        "truth",
        "By one.",
        "12",
    )
    assert first.document.publisher.name == "The Office"
    assert str(first.document.published_to) == "2026-02-28"
    assert (second.question, second.document.title) == ("attribution", "A letter")
    assert Note.objects.get().author == rosa


def test_what_is_made_passes_every_check_of_the_desk(rosa):
    make_article(document=None, slug="known")
    rows = [
        row_of(1, said_edtf="2026-02", wording="It rose."),
        row_of(2, voice="own", source="", source_kind=""),
        row_of(3, source="A nurse", source_kind="unnamed_person"),
        row_of(4, source="The report", source_kind="report"),
        row_of(5, voice="passive", source="", source_kind=""),
        row_of(6, article="known", article_title="", article_url=""),
    ]
    imported(rows, rosa)
    for model in (Source, Document, Article, Claim, Appearance, Citation, Topic):
        for row in model.objects.all():
            row.full_clean()
    assert Claim.objects.get(voice="own").attribution_check == "not_applicable"


def test_each_row_has_one_history_row_and_each_batch_one_event(rosa):
    done = imported([row_of(number) for number in range(5)], rosa, batch_rows=2)
    claim = Claim.objects.earliest("pk")
    history = claim.history.get()
    assert (history.history_type, history.history_user) == ("+", rosa)
    assert history.text == claim.text
    assert history.history_change_reason == f"import {done.public_id}"
    assert [row.history.count() for row in Citation.objects.all()] == [1] * 5
    assert [row.history.count() for row in Source.objects.all()] == [1, 1]
    assert [row.history.count() for row in Document.objects.all()] == [1] * 6
    events = list(Event.objects.all())
    assert [(event.verb, event.actor_id) for event in events] == [
        ("imported", str(rosa.pk))
    ] * 3
    digests = {
        key: each for event in events for key, each in event.details["digests"].items()
    }
    assert digests == dict(ImportRow.objects.values_list("claim_public_id", "digest"))
    assert len(events[0].details["made"]["source"]) == 2
    assert verify_chain()[1] is None


def test_whoever_imports_is_an_author_and_cannot_sign(rosa):
    imported([row_of()], rosa)
    assert editors_of(Claim.objects.get()) == {str(rosa.pk)}


def test_nothing_becomes_public_also_in_a_released_article(rosa):
    article = make_article("released")
    before = Release.objects.count()
    imported([row_of(1, article=article.slug, article_title="", article_url="")], rosa)
    claim = Claim.objects.get()
    assert claim.is_changed
    assert Release.objects.count() == before
    assert not PublishedClaim.objects.exists()


def test_words_find_their_place_in_the_stored_copy(rosa):
    article = make_article()
    where = {"article": article.slug, "article_title": "", "article_url": ""}
    row = row_of(1, wording=SENTENCES[1], **where)
    other = row_of(2, wording="Words of nobody.", **where)
    assert said_of(staged(row, other))[1][2].startswith("The wording does not stand")
    imported([row, other], rosa)
    found, lost = Appearance.objects.order_by("pk")
    assert found.passage.exact == SENTENCES[1]
    assert lost.passage is None


@pytest.mark.parametrize("file_format", ["xlsx", "jsonl"])
def test_the_same_rows_in_another_format_are_the_same(rosa, file_format):
    rows = [row_of(number, topics="Water; Bridges") for number in range(3)]
    imported(rows, rosa)
    again = staged(*rows, file_format=file_format)
    assert (again.added, again.changed, again.skipped) == (0, 0, 3)


def test_citations_of_json_lines_are_a_list(rosa):
    import io

    line = (
        b'{"external_id": 1, "claim": "x", "kind": "event", "article_title": "T", '
        b'"source": "Ada", "source_kind": "person", "topics": ["Water"], '
        b'"citations": [{"title": "A", "stance": "supports"}, '
        b'{"title": "B", "stance": "context", "nonsense": "1"}, {"stance": "odd"}]}\n'
    )
    row = imports.stage(imports.File(io.BytesIO(line), "a.jsonl", "jsonl"))
    assert [each[0] for each in row.rows.get().remarks] == [
        *("citation_2_nonsense", "citation_3_stance", "citation_3_url"),
    ]


class TestRefusals:
    @pytest.mark.parametrize(
        ("cells", "field", "sentence"),
        [
            ({"kind": "rumour"}, "kind", "“rumour” is not one of: cause"),
            ({"claim": ""}, "claim", "It is empty."),
            ({"claim": "x" * 1001}, "claim", "1001 characters; 1000 are the most"),
            ({"source": ""}, "source", "Nobody is named."),
            ({"source_kind": ""}, "source", "is not here yet"),
            ({"voice": "own"}, "source", "its publisher"),
            ({"article_title": "", "article": "no-such"}, "article", "no article"),
            ({"article_title": "", "article_url": ""}, "article", "In which article"),
            ({"article": "no slug"}, "article", "no article “no slug”"),
            ({"said_edtf": "March"}, "said_edtf", "is not a date such as 2016"),
            ({"due_on": "tomorrow"}, "due_on", "is not a day such as"),
            ({"assignee": "nobody"}, "assignee", "no user “nobody”"),
            ({"citation_1_url": "ftp://x"}, "citation_1_url", "is not an address"),
            ({"citation_1_title": ""}, "citation_1_title", "is not here yet"),
            ({"citation_1_stance": ""}, "citation_1_stance", "It is empty."),
            ({"citation_1_locator": "12"}, "citation_1_locator_kind", "“12” count"),
            ({"claim": "a\x00b"}, "claim", "Character 2 (U+0000)"),
        ],
    )
    def test_a_row_is_refused_with_its_field_and_a_sentence(
        self, cells, field, sentence
    ):
        found = staged(row_of(1, **cells), row_of(2)).rows.get(number=2)
        assert found.verdict == "refuse"
        assert found.remarks[0][0] == field
        assert sentence in found.remarks[0][1]

    def test_one_refused_row_refuses_the_file(self, rosa):
        row = staged(row_of(1), row_of(2, kind="rumour"))
        with pytest.raises(imports.ImportRefusedError, match="1 rows are refused"):
            imports.begin(row, rosa)
        assert not Claim.objects.exists()
        assert not Event.objects.exists()

    def test_the_good_rows_are_taken_when_asked(self, rosa):
        imported([row_of(1), row_of(2, kind="rumour")], rosa, partial=True)
        assert Claim.objects.get().external_ids.get().external_id == "elm-1"

    @pytest.mark.parametrize(
        ("column", "hint"),
        [
            ("clam", "Did you mean “claim”?"),
            ("citation_3_qotation", "Did you mean “citation_1_quotation”?"),
            ("zzz", "--columns"),
            ("citation_21_url", "citation_1_url"),
        ],
    )
    def test_an_unknown_column_is_named_with_the_nearest(self, column, hint):
        with pytest.raises(imports.ImportRefusedError, match="no column") as caught:
            staged(row_of(1, **{column: "x"}))
        assert hint in str(caught.value)
        assert not ImportRow.objects.exists()

    def test_a_missing_column_is_named(self):
        with pytest.raises(imports.ImportRefusedError, match="“kind” is missing"):
            staged(row_of(1, kind=""))

    def test_a_name_that_fits_several_sources_is_refused_with_all_of_them(self):
        make_source(name="Jordan", kind="person")
        make_source(name="Kingdom", aliases=["jordan"], kind="government")
        row = row_of(1, source="The Jordan", source_kind="")
        ((_number, verdict, sentence),) = said_of(staged(row))
        assert verdict == "refuse"
        assert "Jordan (person), Kingdom (government)" in sentence
        assert said_of(staged(row | {"source_kind": "government"}))[0][1] == "add"

    def test_two_rows_with_one_id(self):
        rows = (row_of(1), row_of(1), row_of(1, claim="Something else."))
        assert [each[1] for each in said_of(staged(*rows))] == ["add", "skip", "refuse"]

    def test_a_file_that_breaks_off_leaves_nothing(self):
        import io

        raw = file_of([row_of(1)]).stream.read() + b'"never closed'
        with pytest.raises(imports.ImportRefusedError, match="Row 3: The quotes"):
            imports.stage(imports.File(io.BytesIO(raw), "a.csv", "csv"))
        assert not ImportRow.objects.exists()


class TestMatching:
    def test_sources_documents_articles_and_topics_that_are_here_are_used(self, rosa):
        ada = make_source(name="A. Holm", aliases=["Ada  HOLM"])
        topic = make_topic(label="Water", slug="water")
        imported([row_of(1), row_of(2)], rosa)
        url = "http://WWW.papers.example/1/#top"
        imported(
            [row_of(3, citation_1_url=url, citation_1_title="", topics="water")], rosa
        )
        assert {claim.source for claim in Claim.objects.all()} == {ada}
        assert Article.objects.count() == 1
        assert Document.objects.filter(url="https://papers.example/1").count() == 1
        assert Citation.objects.latest("pk").document.title == "Paper 1"
        assert Claim.objects.latest("pk").topics.get() == topic

    def test_a_protected_source_is_found_and_none_is_made_beside_it(self, rosa):
        nurse = make_source(name="Ines Roca", is_protected=True)
        imported(
            [row_of(1, source="Ines Roca"), row_of(2, source=nurse.public_label)], rosa
        )
        assert {claim.source for claim in Claim.objects.all()} == {nurse}

    def test_unnamed_sources_never_merge_across_articles(self, rosa):
        unnamed = {"source": "A nurse", "source_kind": "unnamed_person"}
        other = {"article_title": "Other", "article_url": "https://news.example/other"}
        imported([row_of(1, **unnamed), row_of(2, **unnamed)], rosa)
        imported([row_of(3, **unnamed), row_of(4, **unnamed, **other)], rosa)
        assert Source.objects.filter(name="A nurse").count() == 2


class TestAgain:
    def test_a_changed_row_changes_the_draft(self, rosa):
        imported([row_of(1, wording="It rose."), row_of(2)], rosa)
        row = row_of(
            1, claim="It fell.", citation_1_stance="contradicts", topics="Water"
        )
        done = imported([row, row_of(2)], rosa)
        assert (done.added, done.changed, done.skipped) == (0, 1, 1)
        claim = Claim.objects.get(text="It fell.")
        assert (claim.version, claim.history.count()) == (2, 2)
        assert claim.citations.get().stance == "contradicts"
        assert not claim.appearances.exists()
        assert claim.external_ids.get().row.claim_import == done
        assert Claim.objects.count() == 2

    def edited(self, claim: Claim) -> str:
        Claim.raise_version(claim.pk)
        record_edit(claim, make_user(EDITORS), ["claim.text"])
        return "edited at the desk"

    def assessed(self, claim: Claim) -> str:
        make_assessment(claim)
        return "begun to assess"

    def listed(self, claim: Claim) -> str:
        make_copy(claim.article.document)
        release_article(claim.article, listed=[claim])
        return "Readers have seen"

    def rested_on(self, claim: Claim) -> str:
        make_claim().depends_on.add(claim)
        return "rests on this one"

    @pytest.mark.parametrize("touch", ["edited", "assessed", "listed", "rested_on"])
    def test_a_draft_somebody_touched_is_neither_changed_nor_undone(self, rosa, touch):
        done = imported([row_of(1), row_of(2)], rosa)
        claim = Claim.objects.earliest("pk")
        sentence = getattr(self, touch)(claim)
        row = staged(row_of(1, claim="It fell."))
        assert sentence in said_of(row)[0][2]
        undone(done, rosa)
        claim.refresh_from_db()
        assert claim.state == "working"
        assert sentence in done.rows.get(outcome="kept").remarks[0][1]
        assert Claim.objects.get(text__contains="2 cent").state == "discarded"

    def test_a_draft_edited_between_check_and_writing_is_left(self, rosa):
        imported([row_of(1), row_of(2)], rosa)
        row = staged(row_of(1, claim="It fell."), row_of(2, claim="It fell too."))
        self.edited(Claim.objects.earliest("pk"))
        imports.begin(row, rosa)
        finish(row)
        row.refresh_from_db()
        assert (row.written, row.kept, row.state) == (1, 1, "done")
        assert not Claim.objects.filter(text="It fell.").exists()

    def test_the_same_id_of_another_origin_is_another_claim(self, rosa):
        imported([row_of(1)], rosa)
        imported([row_of(1)], rosa, origin="The Oak Post")
        assert Claim.objects.count() == 2


class TestResumingAndUndoing:
    def test_an_import_is_carried_on_where_it_stopped(self, rosa):
        row = staged(*[row_of(number) for number in range(6)])
        imports.begin(row, rosa)
        finish(row, most=2, batch_rows=2)
        assert Claim.objects.count() == 2
        row.refresh_from_db()
        assert row.state == "writing"
        finish(row, batch_rows=2)
        row.refresh_from_db()
        assert (row.state, row.written, row.batches) == ("done", 6, 3)
        assert sorted(ExternalId.objects.values_list("external_id", flat=True)) == [
            f"elm-{number}" for number in range(6)
        ]

    def test_undoing_discards_what_was_made(self, rosa):
        done = imported([row_of(number) for number in range(3)], rosa, batch_rows=2)
        undone(done, rosa)
        assert set(Claim.objects.values_list("state", flat=True)) == {"discarded"}
        assert [claim.history.count() for claim in Claim.objects.all()] == [2, 2, 2]
        assert not ExternalId.objects.exists()
        verbs = [event.verb for event in Event.objects.all()]
        assert verbs == ["imported"] * 2 + ["import_undone"] * 2
        done.refresh_from_db()
        assert done.state == "undone"
        assert staged(row_of(1)).added == 1

    def test_undoing_a_change_brings_the_earlier_values_back(self, rosa):
        first = imported([row_of(1, wording="It rose.")], rosa)
        second = imported([row_of(1, claim="It fell.")], rosa)
        undone(first, rosa)
        assert "later import" in first.rows.get().remarks[0][1]
        undone(second, rosa)
        claim = Claim.objects.get()
        assert claim.text == "The river rose by 1 centimetres."
        assert claim.appearances.get().wording == "It rose."
        assert claim.state == "working"
        assert staged(row_of(1, wording="It rose.")).skipped == 1

    def test_only_an_import_that_nobody_began_is_thrown_away(self, rosa):
        row = staged(row_of(1))
        imports.throw_away(row)
        assert not ImportRow.objects.exists()
        with pytest.raises(imports.ImportRefusedError, match="undo it instead"):
            imports.throw_away(imported([row_of(1)], rosa))


def test_a_batch_takes_the_same_queries_whatever_its_size(
    rosa, django_assert_max_num_queries
):
    imported([row_of(0)], rosa)
    row = staged(*[row_of(number) for number in range(1, 101)])
    imports.begin(row, rosa)
    with django_assert_max_num_queries(60):
        finish(row)
