"""What holds for every page of the desk: queues, banner, headers, history, roles."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from claims.admin.queues import QUEUES
from claims.models import Claim, Methodology
from claims.workflow.roles import (
    DESK_MANAGERS,
    EDITORS,
    OBSERVERS,
    PERMISSIONS,
    RESEARCHERS,
)
from tests import factories
from tests.admin.pages import (
    address_of,
    client_of,
    errors_on,
    form_on,
    move_address,
    open_form,
    save,
)

pytestmark = pytest.mark.django_db

INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son(?:click|load|submit|change|error)=|javascript:",
    re.IGNORECASE,
)
MADE = {
    "claim": factories.make_full_claim,
    "assessment": lambda: factories.make_assessment(state="submitted"),
    "citation": factories.make_citation,
    "source": factories.make_source,
    "document": lambda: factories.make_copy().document,
    "article": lambda: factories.make_claim().article,
    "topic": factories.make_topic,
}


def counts(client) -> dict[str, str]:
    queues = client.get("/admin/").context["queues"]
    return {counted.queue.slug: counted.count for counted in queues}


# Queues


def test_index_counts_what_waits_and_each_link_lists_as_many():
    me = factories.make_user(EDITORS)
    article = factories.make_article(state="released")
    claim = factories.make_claim(article, assignee=me, source=None, voice="passive")
    Claim.objects.filter(pk=claim.pk).update(next_review_on=timezone.localdate())
    factories.make_inquiry(claim, outcome="", answer="", answered_on=None)
    factories.make_assessment(state="submitted")
    factories.make_assessment(state="submitted", author=me)
    factories.make_assessment(state="returned", author=me)
    factories.make_assessment(state="draft", author=me)
    client = client_of(me)

    found = counts(client)

    assert found["waiting-for-me"] == "1"
    assert found["unattributed"] == "1"
    assert found["due-for-recheck"] == "1"
    assert found["awaiting-reply"] == "1"
    assert found["changed-since-release"] == "1"
    assert found["to-sign-off"] == "1"
    assert found["returned-to-me"] == "1"
    assert found["my-drafts"] == "1"
    for counted in client.get("/admin/").context["queues"]:
        listed = client.get(counted.url).context["cl"].queryset
        assert str(listed.count()) == counted.count, counted.queue.slug


def test_index_costs_the_same_with_more_claims(django_assert_max_num_queries):
    client = client_of(factories.make_user(EDITORS))
    for _ in range(12):
        factories.make_claim()
    with django_assert_max_num_queries(len(QUEUES) + 6):
        client.get("/admin/")


def test_returned_assessment_is_told_on_every_page_until_it_is_taken_up():
    author = factories.make_user(RESEARCHERS)
    assessment = factories.make_assessment(state="returned", author=author)
    client, other = client_of(author), client_of(factories.make_user(RESEARCHERS))

    for address in ("/admin/", "/admin/claims/source/", address_of(assessment)):
        assert b"Returned to you:" in client.get(address).content
        assert b"Returned to you:" not in other.get(address).content
    factories.move("submit", assessment, author)
    assert b"Returned to you:" not in client.get("/admin/").content


# Every page


@pytest.mark.parametrize("name", MADE)
def test_page_holds_nothing_inline_and_is_kept_by_no_cache(name):
    row = MADE[name]()
    root = client_of(factories.make_user(EDITORS, is_superuser=True))
    addresses = ["/admin/", reverse(f"admin:claims_{name}_changelist")]
    addresses += [reverse(f"admin:claims_{name}_add"), address_of(row)]
    addresses.append(address_of(row, "history"))
    for address in addresses:
        response = root.get(address)
        assert response.status_code == 200, address
        assert not INLINE.search(response.content.decode()), address
        assert "no-store" in response["Cache-Control"], address


def test_special_pages_hold_nothing_inline_either():
    claim = factories.make_full_claim()
    assessment = factories.make_assessment(claim, state="submitted")
    document = claim.citations.first().document
    root = client_of(factories.make_user(EDITORS, is_superuser=True))
    sheet = reverse("admin:claims_assessment_sheet", args=["sign_off"])
    for address in [
        address_of(claim, "preview"),
        move_address(claim, "discard"),
        move_address(claim.article, "release"),
        move_address(assessment, "sign_off"),
        f"{sheet}?ids={assessment.pk}",
        address_of(document, "attach"),
        address_of(document, "paste"),
        "/admin/jsi18n/",
        "/admin/password_change/",
        "/admin/auth/user/add/",
    ]:
        response = root.get(address)
        assert response.status_code == 200, address
        assert "no-store" in response["Cache-Control"], address
        if "javascript" not in response["Content-Type"]:
            assert not INLINE.search(response.content.decode()), address


def test_no_page_of_the_desk_deletes():
    root = client_of(factories.make_user(is_superuser=True))
    for model, model_admin in admin.site._registry.items():
        assert not model_admin.has_delete_permission(
            root.get("/admin/").wsgi_request
        ), model


# Roles


@pytest.mark.parametrize("group", [None, *PERMISSIONS])
@pytest.mark.parametrize("name", MADE)
def test_each_role_sees_adds_and_changes_what_is_its_own(name, group):
    row = MADE[name]()
    user = factories.make_user(group)
    client = client_of(user)
    allowed = PERMISSIONS[group] if group else frozenset()
    expected = {
        reverse(f"admin:claims_{name}_changelist"): f"view_{name}",
        address_of(row): f"view_{name}",
        address_of(row, "history"): f"view_{name}",
        reverse(f"admin:claims_{name}_add"): f"add_{name}",
    }
    for address, permission in expected.items():
        wanted = 200 if permission in allowed else 403
        assert client.get(address).status_code == wanted, address
    if f"change_{name}" not in allowed:
        assert client.post(address_of(row), {}).status_code == 403


@pytest.mark.parametrize("name", ["event", "release"])
def test_log_and_releases_are_written_by_nobody_here(name):
    factories.publish_claim()
    root = client_of(factories.make_user(is_superuser=True))
    model = {m._meta.model_name: m for m in admin.site._registry}[name]
    row = model.objects.first()

    assert root.get(address_of(row)).status_code == 200
    assert root.post(address_of(row), {"verb": "x"}).status_code == 403
    assert root.get(f"/admin/claims/{name}/add/").status_code == 403


def test_methodology_in_force_is_read_only_and_a_coming_one_is_not():
    manager = client_of(factories.make_user(DESK_MANAGERS))
    today = timezone.localdate()
    in_force = Methodology.objects.get(number=1)
    assert manager.post(address_of(in_force), {"text": "New."}).status_code == 403

    address = reverse("admin:claims_methodology_add")
    coming = {"number": "2", "text": "New.", "effective_on": str(today)}
    assert manager.post(address, coming).status_code == 200
    coming["effective_on"] = str(today.replace(year=today.year + 1))
    assert manager.post(address, coming).status_code == 302

    version_two = Methodology.objects.get(number=2)
    assert save(manager, version_two, text="Newer.").status_code == 302


def test_published_assessment_is_read_and_not_rewritten():
    published = factories.publish_claim()
    editor = client_of(factories.make_user(EDITORS))

    assert b'name="_save"' not in editor.get(address_of(published)).content
    assert editor.post(address_of(published), {"summary": "x"}).status_code == 403


# Assessments


def test_assessment_begun_from_a_claim_has_author_number_and_methodology():
    researcher = factories.make_user(RESEARCHERS)
    published = factories.publish_claim()
    client = client_of(researcher)
    address = reverse("admin:claims_assessment_add") + f"?claim={published.claim_id}"
    form = form_on(client.get(address)) | {"status": "refuted"}

    assert client.post(address, form).status_code == 302

    begun = published.claim.assessments.get(state="draft")
    assert (begun.author, begun.number) == (researcher, published.number + 1)
    assert begun.methodology_id == 1
    again = client.get(address)
    assert again["Location"] == address_of(begun)


def test_second_open_assessment_is_an_error_of_the_form():
    begun = factories.make_assessment()
    client = client_of(factories.make_user(RESEARCHERS))

    response = client.post(
        reverse("admin:claims_assessment_add"),
        {"claim": begun.claim_id, "status": "refuted"},
    )

    assert response.status_code == 200
    assert errors_on(response) == ["This claim already has an open assessment."]


# History


def test_history_speaks_in_labels_and_names():
    researcher = client_of(factories.make_user(RESEARCHERS))
    other = factories.make_source(name="Orla Quince")
    claim = factories.make_claim(kind="figure", voice="attributed")

    save(researcher, claim, kind="state", source=other.pk)

    page = researcher.get(address_of(claim, "history")).content.decode()
    assert "figure" in page
    assert "state of affairs" in page
    assert "Orla Quince" in page
    assert "Version:" not in page


def test_earlier_version_is_read_and_never_reverted_to():
    researcher = client_of(factories.make_user(RESEARCHERS))
    claim = factories.make_claim(text="As it was.")
    save(researcher, claim, text="As it is.")
    first = claim.history.earliest()
    address = f"/admin/claims/claim/{claim.pk}/history/{first.pk}/"

    page = researcher.get(address)

    assert page.status_code == 200
    assert b"As it was." in page.content
    assert b"<textarea" not in page.content
    assert researcher.post(address, open_form(researcher, claim)).status_code == 405
    assert Claim.objects.get(pk=claim.pk).text == "As it is."


def test_slug_known_to_readers_cannot_be_changed():
    claim = factories.publish_claim().claim
    client = client_of(factories.make_user(RESEARCHERS))
    for row in (claim.source, claim.article):
        before = type(row).objects.get(pk=row.pk).slug
        assert save(client, row, slug="another").status_code == 302
        assert type(row).objects.get(pk=row.pk).slug == before


def test_protected_source_needs_its_label_and_reason():
    client = client_of(factories.make_user(RESEARCHERS))
    source = factories.make_source()
    response = save(client, source, is_protected="on")
    assert b"A protected source needs a public label and a reason." in response.content


def test_observer_sees_no_button_that_changes():
    claim = factories.make_full_claim()
    page = client_of(factories.make_user(OBSERVERS)).get(address_of(claim))
    assert b"Begin an assessment" not in page.content
