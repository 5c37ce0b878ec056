"""Accounts: desk managers keep them; nobody raises themselves."""

import pytest
from django.contrib.auth.models import Group, User

from claims.workflow.roles import DESK_MANAGERS, EDITORS, PERMISSIONS
from tests import factories
from tests.admin.pages import address_of, client_of, form_on, save

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough phrase"


@pytest.fixture
def manager() -> User:
    return factories.make_user(DESK_MANAGERS)


def group(name: str) -> Group:
    return Group.objects.get(name=name)


def test_manager_adds_an_account_of_the_desk(manager):
    client = client_of(manager)
    form = form_on(client.get("/admin/auth/user/add/")) | {
        "username": "newcomer",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "groups": [group(EDITORS).pk],
    }

    assert client.post("/admin/auth/user/add/", form).status_code == 302

    user = User.objects.get(username="newcomer")
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert list(user.groups.all()) == [group(EDITORS)]
    assert user.check_password(PASSWORD)


def test_manager_deactivates_and_never_deletes(manager):
    user = factories.make_user(EDITORS)
    client = client_of(manager)
    form = form_on(client.get(address_of(user)))
    form.pop("is_active")

    assert save(client, user, form).status_code == 302

    user.refresh_from_db()
    assert not user.is_active
    assert client.post(address_of(user, "delete"), {"post": "yes"}).status_code == 403
    assert client_of(None).get("/admin/").status_code == 302


def test_manager_cannot_raise_themself(manager):
    client = client_of(manager)
    form = form_on(client.get(address_of(manager)))
    assert "groups" not in form

    raised = {
        "groups": [group(EDITORS).pk, group(DESK_MANAGERS).pk],
        "is_superuser": "on",
        "user_permissions": ["1"],
        "is_staff": "on",
    }
    client.post(address_of(manager), {**form, **raised, "_continue": "1"})

    fresh = User.objects.get(pk=manager.pk)
    assert list(fresh.groups.all()) == [group(DESK_MANAGERS)]
    assert not fresh.is_superuser
    assert not fresh.user_permissions.exists()
    assert not fresh.has_perm("claims.sign_assessment")


def test_manager_makes_nobody_a_superuser(manager):
    user = factories.make_user()
    save(client_of(manager), user, is_superuser="on", user_permissions="1")
    fresh = User.objects.get(pk=user.pk)
    assert not fresh.is_superuser
    assert not fresh.user_permissions.exists()


def test_manager_cannot_touch_a_superuser(manager):
    root = factories.make_user(is_superuser=True)
    client = client_of(manager)

    assert client.post(address_of(root), {"username": "taken"}).status_code == 403
    password = f"/admin/auth/user/{root.pk}/password/"
    assert client.post(password, {"password1": PASSWORD}).status_code == 403
    assert User.objects.get(pk=root.pk).username == root.username


@pytest.mark.parametrize("spelling", ["{}", "0{}"])
def test_own_password_is_changed_with_the_old_one_only(manager, spelling):
    key = spelling.format(manager.pk)
    response = client_of(manager).get(f"/admin/auth/user/{key}/password/")
    assert response.status_code == 403
    assert client_of(manager).get("/admin/password_change/").status_code == 200


def test_no_hash_of_a_password_is_shown(manager):
    user = factories.make_user(password=PASSWORD)
    algorithm, salt = user.password.split("$")[:2]
    page = client_of(manager).get(address_of(user)).content.decode()
    assert algorithm not in page
    assert salt not in page


def test_groups_are_read_only(manager):
    root = client_of(factories.make_user(is_superuser=True))
    address = address_of(group(EDITORS))
    assert client_of(manager).get(address).status_code == 200
    for client in (client_of(manager), root):
        assert client.post(address, {"name": "Kings"}).status_code == 403
        assert client.get("/admin/auth/group/add/").status_code == 403


@pytest.mark.parametrize(
    "name", [name for name in PERMISSIONS if name != DESK_MANAGERS]
)
def test_accounts_are_closed_to_everybody_else(name):
    client = client_of(factories.make_user(name))
    assert client.get("/admin/auth/user/").status_code == 403
    assert client.get("/admin/auth/user/add/").status_code == 403
