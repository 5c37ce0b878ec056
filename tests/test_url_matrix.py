"""Who gets what at every address: each URL × method × role, none left undecided.

The rows come from the URL resolver and the admin registry. A public address answers
everybody alike; a desk address answers what Django's permissions say. An address
without a row fails.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from claims.jobs.imports import stage
from claims.models import (
    Assessment,
    Claim,
    ClaimImport,
    CorrectionRequest,
    Event,
    StoredCopy,
)
from claims.views.requests import FORM_TYPE
from claims.workflow.moves import MOVES
from claims.workflow.roles import DESK_MANAGERS, EDITORS, OBSERVERS, RESEARCHERS
from tests.factories import (
    NOON,
    make_assessment,
    make_citation,
    make_claim,
    make_inquiry,
    make_link,
    make_news,
    make_note,
    make_request,
    make_search,
    make_topic,
    make_user,
    move,
    publish_claim,
    release_article,
)
from tests.jobs.imports.files import file_of, row_of

pytestmark = pytest.mark.django_db

ROLES = (
    "anonymous",
    OBSERVERS,
    RESEARCHERS,
    EDITORS,
    DESK_MANAGERS,
    "superuser",
    "reader with an account",
    "deactivated",
)
WRITING = ("post", "put", "patch", "delete")


@dataclass(frozen=True)
class World:
    """One published claim with everything, one retracted, one draft, and users."""

    published: Claim
    retracted: Claim
    draft: Assessment
    copy: StoredCopy
    claims: ClaimImport
    users: dict[str, User | None]

    def client(self, role: str) -> Client:
        client = Client()
        user = self.users[role]
        if user is not None:
            client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        if role == "deactivated":
            User.objects.filter(pk=user.pk).update(is_active=False)
        return client


@pytest.fixture(scope="module")
def world(module_database) -> World:
    users: dict[str, User | None] = {
        role: make_user(role)
        for role in (OBSERVERS, RESEARCHERS, EDITORS, DESK_MANAGERS)
    }
    users["anonymous"] = None
    users["superuser"] = make_user(is_superuser=True)
    users["reader with an account"] = make_user(is_staff=False)
    users["deactivated"] = make_user(EDITORS)
    published = make_claim(topics=[make_topic()])
    for add in (make_citation, make_inquiry, make_link, make_note, make_search):
        add(published)
    publish_claim(published)
    make_news(published)
    make_request(published, settled_at=NOON)
    retracted = make_claim(published.article)
    release_article(published.article, listed=[retracted])
    move("retract", retracted, make_user(EDITORS), reason="Nobody said it.")
    draft = make_assessment(make_claim(published.article))
    copy, claims = published.article.newest_copy, stage(file_of([row_of()]))
    return World(published, retracted, draft, copy, claims, users)


# The public half

Arguments = Callable[[World], list[str]]


def nothing(world: World) -> list[str]:
    return []


#: Name of a public address → what it takes, and what everybody gets.
PUBLIC: dict[str, tuple[Arguments, int]] = {
    "overview": (nothing, 200),
    "claim_list": (nothing, 200),
    "claim_detail": (lambda world: [world.published.public_id], 200),
    "claim_history": (lambda world: [world.published.public_id], 200),
    "claim_record": (lambda world: [world.published.public_id], 200),
    "article_list": (nothing, 200),
    "article_detail": (lambda world: [world.published.article.slug], 200),
    "source_list": (nothing, 200),
    "source_detail": (lambda world: [world.published.source.slug], 200),
    "document_list": (nothing, 200),
    "document_detail": (
        lambda world: [world.published.citations.get().document.public_id],
        200,
    ),
    "correction_list": (nothing, 200),
    "request_received": (lambda world: ["0" * 10], 200),
    "methodology": (nothing, 200),
    "about": (nothing, 200),
    "styleguide": (nothing, 404),  # 200 while debugging alone
    "robots": (nothing, 200),
    "healthz": (nothing, 200),
}


#: Name of a form that any reader may send → what its address takes. Its page differs
#: from another of the same form in its stamp alone.
FORMS: dict[str, Arguments] = {
    "request": nothing,
    "claim_request": lambda world: [world.published.public_id],
}
STAMP = re.compile(rb'name="stamp" value="[^"]+"')


def patterns(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry


def test_every_public_address_has_a_row() -> None:
    public = {entry.name for route, entry in patterns() if route[:6] != "admin/"}
    assert public == {*PUBLIC, *FORMS}


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_address_answers_everybody_alike(world: World, name: str) -> None:
    arguments, status = PUBLIC[name]
    address = reverse(name, args=arguments(world))
    bodies = set()
    for role in ROLES:
        client = world.client(role)
        response = client.get(address)
        assert response.status_code == status, role
        assert "Set-Cookie" not in response.headers
        assert "cookie" not in response.headers.get("Vary", "").lower()
        bodies.add((response.content, str(sorted(response.headers.items()))))
        assert client.head(address).status_code == status
        for method in WRITING:
            assert getattr(client, method)(address).status_code == 405, (role, method)
    assert len(bodies) == 1


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_readers_form_answers_everybody_alike(world: World, name: str) -> None:
    address = reverse(name, args=FORMS[name](world))
    bodies = set()
    for role in ROLES:
        client = world.client(role)
        response = client.get(address)
        assert response.status_code == 200, role
        assert "Set-Cookie" not in response.headers
        assert "cookie" not in response.headers.get("Vary", "").lower()
        assert response.headers["Cache-Control"] == "no-store"
        bodies.add(STAMP.sub(b"", response.content))
        assert client.head(address).status_code == 200
        for method in ("put", "patch", "delete", "options"):
            assert getattr(client, method)(address).status_code == 405, (role, method)
        nothing_typed = client.post(address, "text=", content_type=FORM_TYPE)
        assert nothing_typed.status_code == 422
        assert "Set-Cookie" not in nothing_typed.headers
    assert len(bodies) == 1
    assert CorrectionRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("claim_request", lambda world: world.draft.claim.public_id),
        ("claim_detail", lambda world: world.draft.claim.public_id),
        ("claim_history", lambda world: world.draft.claim.public_id),
        ("article_detail", lambda world: make_claim().article.slug),
        ("source_detail", lambda world: make_claim().source.slug),
        ("document_detail", lambda world: make_citation().document.public_id),
    ],
)
def test_unpublished_answers_as_what_never_was(world, name, known) -> None:
    address = reverse(name, args=[known(world)])
    never = reverse(name, args=["0000000000"])
    for role in ROLES:
        client = world.client(role)
        there, nowhere = client.get(address), client.get(never)
        assert there.status_code == nowhere.status_code == 404
        assert (
            there.content.replace(address.encode(), never.encode()) == nowhere.content
        )


@pytest.mark.parametrize("name", ["claim_detail", "claim_history", "claim_request"])
def test_a_retracted_claim_is_gone_for_everybody(world: World, name: str) -> None:
    address = reverse(name, args=[world.retracted.public_id])
    for role in ROLES:
        assert world.client(role).get(address).status_code == 410


# The desk


@dataclass(frozen=True)
class DeskAddress:
    """One address of the desk, with Django's own answer to who may open it."""

    name: str
    path: str
    may: Callable[[Any], bool]
    status: int = 200
    missing: int = 403


def desk_addresses(world: World) -> list[DeskAddress]:
    found = []
    for model, desk in admin.site._registry.items():
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.first()
        assert row is not None, f"the world has no {label}"
        found += model_addresses(label, desk, row)
    return [*found, *own_addresses(world), *site_addresses()]


def model_addresses(label: str, desk: Any, row: Any) -> Iterator[DeskAddress]:
    """Yield the five pages that every model of the desk has."""

    def looks(request: Any) -> bool:
        return desk.has_view_or_change_permission(request)

    def opens(request: Any) -> bool:
        return desk.has_view_or_change_permission(request, row)

    def adds(request: Any) -> bool:
        return desk.has_add_permission(request)

    def deletes(request: Any) -> bool:
        return desk.has_delete_permission(request, row)

    for action, arguments, may in (
        ("changelist", [], looks),
        ("add", [], adds),
        ("change", [row.pk], opens),
        ("history", [row.pk], opens),
        ("delete", [row.pk], deletes),
    ):
        name = f"{label}_{action}"
        yield DeskAddress(name, reverse(f"admin:{name}", args=arguments), may)
    if hasattr(desk, "history_form_view"):
        past = [row.pk, row.history.latest().history_id]
        address = reverse(f"admin:{label}_simple_history", args=past)
        yield DeskAddress(f"{label}_simple_history", address, opens)
    yield DeskAddress(
        "", f"{reverse(f'admin:{label}_changelist')}{row.pk}/", anybody, 302
    )


def has(codename: str) -> Callable[[Any], bool]:
    return lambda request: request.user.has_perm(codename)


def anybody(request: Any) -> bool:
    return True


def own_addresses(world: World) -> Iterator[DeskAddress]:
    """Yield the desk's own pages: every move, the preview, sheets, evidence files."""
    subjects = {
        "assessment": world.draft,
        "claim": world.published,
        "article": world.published.article,
        "source": world.published.source,
        "document": world.copy.document,
    }
    for (kind, name), move_row in MOVES.items():
        address = reverse(f"admin:claims_{kind}_move", args=[subjects[kind].pk, name])
        may = has(f"claims.{move_row.permission}")
        yield DeskAddress(f"claims_{kind}_move", address, may)
    claim = world.published
    preview = reverse("admin:claims_claim_preview", args=[claim.pk])
    yield DeskAddress("claims_claim_preview", preview, has("claims.view_claim"))

    asking = reverse("admin:claims_article_import")
    yield DeskAddress("claims_article_import", asking, has("claims.add_import"))
    exporting = reverse("admin:claims_claim_export", args=["csv"])
    yield DeskAddress("claims_claim_export", exporting, has("claims.view_claim"))
    importing = reverse("admin:claims_claim_import")
    may = has("claims.add_claimimport")
    yield DeskAddress("claims_claim_import", importing, may)
    report = reverse("admin:claims_claim_import_report", args=[world.claims.public_id])
    yield DeskAddress("claims_claim_import_report", report, may)
    # Only ever sent to, by the buttons of that page.
    act = reverse(
        "admin:claims_claim_import_act", args=[world.claims.public_id, "write"]
    )
    yield DeskAddress("claims_claim_import_act", act, anybody, 405)
    article = world.published.article
    for name in ("sheet", "csv"):
        address = reverse(f"admin:claims_article_{name}", args=[article.pk])
        may = has("claims.view_claim")
        yield DeskAddress(f"claims_article_{name}", address, may)
    for name, arguments, status in (
        ("workspace", [], 200),
        ("workspace_panel", [], 200),
        ("workspace_act", ["mark"], 405),
    ):
        full = f"claims_article_{name}"
        address = reverse(f"admin:{full}", args=[article.pk, *arguments])
        yield DeskAddress(full, address, has("claims.view_claim"), status)
    for name, arguments in (("ask", []), ("alike", [claim.pk])):
        address = reverse(f"admin:claims_claim_{name}", args=arguments)
        yield DeskAddress(f"claims_claim_{name}", address, has("claims.view_claimpair"))
    # Only ever sent to, by a form of that page.
    share = reverse("admin:claims_claim_share", args=[claim.pk, "0" * 10])
    yield DeskAddress("claims_claim_share", share, anybody, 405)
    citing = f"{reverse('admin:claims_claim_cite')}?ids={claim.pk}"
    yield DeskAddress("claims_claim_cite", citing, has("claims.add_citation"))
    dates = reverse("admin:claims_article_dates", args=[article.pk])
    yield DeskAddress("claims_article_dates", dates, has("claims.change_claim"))
    for name in ("submit", "sign_off"):
        sheet = reverse("admin:claims_assessment_sheet", args=[name])
        may = has(f"claims.{MOVES[('assessment', name)].permission}")
        yield DeskAddress("claims_assessment_sheet", sheet, may)
    account = world.users[OBSERVERS]
    yield DeskAddress(
        "auth_user_password_change",
        reverse("admin:auth_user_password_change", args=[account.pk]),
        lambda request: admin.site._registry[User].has_change_permission(
            request, account
        ),
    )
    document, copy = world.copy.document, world.copy
    for name in ("attach", "paste"):
        address = reverse(f"admin:claims_document_{name}", args=[document.pk])
        may = has("claims.change_document")
        yield DeskAddress(f"claims_document_{name}", address, may)
    passages = reverse("admin:claims_document_passages", args=[document.pk])
    may = has("claims.view_claim")
    yield DeskAddress("claims_document_passages", passages, may)
    # Only ever sent to, by a form of that page.
    decision = reverse("admin:claims_document_passage", args=[document.pk, "0" * 10])
    yield DeskAddress("claims_document_passage", decision, anybody, 405)
    citation = claim.citations.earliest("pk")
    address = reverse("admin:claims_citation_quotation", args=[citation.pk])
    may = has("claims.view_citation")
    yield DeskAddress("claims_citation_quotation", address, may)
    for name in ("quotation_seen", "quotation_take_over"):  # only ever sent to
        address = reverse(f"admin:claims_citation_{name}", args=[citation.pk])
        yield DeskAddress(f"claims_citation_{name}", address, anybody, 405)
    link = reverse("admin:claims_document_link", args=[document.pk])
    yield DeskAddress("claims_document_link", link, has("claims.view_document"))
    # Only ever sent to, by the forms of that page.
    act = reverse("admin:claims_document_link_act", args=[document.pk, "look"])
    yield DeskAddress("claims_document_link_act", act, anybody, 405)
    news = [claim.pk, claim.news.get().public_id]
    address = reverse("admin:claims_claim_news", args=news)
    yield DeskAddress("claims_claim_news", address, has("claims.change_claim"))
    request = CorrectionRequest.objects.get()
    for name in ("settle", "erase"):
        full = f"claims_correctionrequest_{name}"
        address = reverse(f"admin:{full}", args=[request.pk])
        yield DeskAddress(full, address, has("claims.change_correctionrequest"))
    address = reverse("admin:claims_document_store", args=[document.pk])
    yield DeskAddress("claims_document_store", address, anybody, 405)
    address = reverse("admin:claims_document_seal", args=[document.pk, copy.public_id])
    may = has("claims.seal_storedcopy")
    yield DeskAddress("claims_document_seal", address, may)
    for name, status in (("text", 200), ("file", 404), ("warc", 404)):
        arguments = [document.pk, copy.public_id]
        address = reverse(f"admin:claims_document_{name}", args=arguments)
        may = has("claims.view_document")
        yield DeskAddress(f"claims_document_{name}", address, may, status)


def site_addresses() -> Iterator[DeskAddress]:
    """Yield the pages of the site itself; their answers are Django's."""
    own = ("jsi18n", "password_change", "password_change_done", "reminders")
    for name in ("index", *own):
        yield DeskAddress(name, reverse(f"admin:{name}"), anybody)
    # Without a field to complete, the answer is a refusal to everybody.
    yield DeskAddress("autocomplete", reverse("admin:autocomplete"), nobody)
    for app in ("claims", "auth"):
        address = reverse("admin:app_list", args=[app])
        yield DeskAddress("app_list", address, sees_app(app), missing=404)
    yield DeskAddress("", "/admin/no-such-page/", nobody, missing=404)


def nobody(request: Any) -> bool:
    return False


def sees_app(app: str) -> Callable[[Any], bool]:
    return lambda request: request.user.has_module_perms(app)


#: Addresses of everybody, or reached only by what another page sends.
ELSEWHERE = {"login", "logout", "view_on_site"}


@pytest.mark.parametrize("role", ROLES)
def test_the_desk_answers_as_permissions_say(world: World, role: str) -> None:
    client, user = world.client(role), world.users[role]
    request = request_of(user)
    at_the_desk = request.user.is_active and getattr(request.user, "is_staff", False)
    wrong = []
    for row in desk_addresses(world):
        response = client.get(row.path)
        if response.streaming:
            response.getvalue()  # a file is closed once it is read
        if not at_the_desk:
            expected = 302
        else:
            expected = row.status if row.may(request) else row.missing
        if response.status_code != expected:
            wrong.append((row.path, response.status_code, expected))
        elif not at_the_desk:
            assert response["Location"].startswith("/admin/login/"), row.path
        if "no-store" not in response.headers.get("Cache-Control", ""):
            wrong.append((row.path, "may be kept by a cache"))
    assert wrong == []


@pytest.mark.parametrize("role", [EDITORS, "superuser"])
def test_methods_of_no_form_write_nothing(world: World, role: str) -> None:
    client = world.client(role)
    before = traces()
    for row in desk_addresses(world):
        for method in ("put", "patch", "delete"):
            response = getattr(client, method)(row.path)
            assert response.status_code < 500, (row.path, method)
    assert traces() == before


def traces() -> tuple[int, int, list[int]]:
    """Return what any write at the desk would change."""
    versions = Claim.objects.order_by("pk").values_list("version", flat=True)
    return Event.objects.count(), User.objects.count(), list(versions)


def test_every_desk_address_has_a_row(world: World) -> None:
    named = {row.name for row in desk_addresses(world)} | ELSEWHERE
    found = {entry.name for route, entry in patterns() if route.startswith("admin/")}
    assert found - named == {None}


def request_of(user: User | None) -> Any:
    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(pk=user.pk) if user else AnonymousUser()
    return request
