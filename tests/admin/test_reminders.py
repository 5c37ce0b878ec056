"""The daily mail is switched off and on by whoever gets it, and by nobody else."""

import datetime

import pytest

from claims.models import Reminder
from claims.workflow.roles import OBSERVERS, RESEARCHERS
from tests.admin.pages import client_of, form_on
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PAGE = "/admin/auth/user/daily-mail/"
DAY = datetime.date(2026, 3, 2)


@pytest.mark.parametrize("group", [RESEARCHERS, OBSERVERS, None])
def test_everybody_at_the_desk_switches_their_own_mail(group):
    user, other = make_user(group), make_user(group)
    client = client_of(user)
    assert form_on(client.get(PAGE))["is_wanted"] == "on"

    assert client.post(PAGE, {}).status_code == 302
    assert not Reminder.objects.get(user=user).is_wanted
    assert "is_wanted" not in form_on(client.get(PAGE))
    assert client.post(PAGE, {"is_wanted": "on"}).status_code == 302

    assert Reminder.objects.get(user=user).is_wanted
    assert not Reminder.objects.filter(user=other).exists()


def test_switching_leaves_the_day_of_the_last_mail_alone():
    user = make_user(RESEARCHERS)
    Reminder.objects.create(user=user, sent_on=DAY)

    client_of(user).post(PAGE, {"sent_on": "2020-01-01"})

    assert Reminder.objects.get(user=user).sent_on == DAY


def test_page_says_where_the_mail_goes_or_that_it_cannot():
    assert b"no mail can reach you" in client_of(make_user()).get(PAGE).content
    reached = client_of(make_user(email="ada@desk.example")).get(PAGE)
    assert b"It goes to ada@desk.example." in reached.content


def test_every_page_of_the_desk_leads_to_it():
    page = client_of(make_user(RESEARCHERS)).get("/admin/claims/claim/")
    assert f'href="{PAGE}"' in page.content.decode()
    assert client_of(None).get(PAGE).status_code == 302
