"""The mail server is read from one address."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.tracker.test_settings import settings_with
from tracker.mail import MailServer, mail_server

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://localhost", MailServer(SMTP, "localhost", 25)),
        ("smtp://mail.example:2525", MailServer(SMTP, "mail.example", 2525)),
        (
            "smtp+starttls://ada%40desk:p%3Aw%2F@mail.example",
            MailServer(SMTP, "mail.example", 587, "ada@desk", "p:w/", True),
        ),
        (
            "smtps://ada:word@[::1]",
            MailServer(SMTP, "::1", 465, "ada", "word", use_tls=True),
        ),
    ],
)
def test_scheme_says_port_and_encryption(address, server):
    assert mail_server(address) == server


def test_a_folder_takes_mails_for_trying_out():
    assert mail_server("file:///tmp/mails").folder == "/tmp/mails"


@pytest.mark.parametrize(
    "address",
    [
        "mail.example",
        "http://ada:secret@mail.example",
        "smtp://",
        "smtp://ada:secret@mail.example:port",
        "smtp://mail.example/secret",
        "file://secret",
    ],
)
def test_anything_else_is_refused_without_showing_a_password(address):
    with pytest.raises(ImproperlyConfigured, match="TRACKER_EMAIL_URL can be") as said:
        mail_server(address)
    assert "secret" not in str(said.value)


def test_settings_follow_the_variables():
    names = ["EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "DEFAULT_FROM_EMAIL"]
    told = settings_with(
        *names,
        TRACKER_EMAIL_URL="smtp+starttls://ada:word@mail.example",
        TRACKER_EMAIL_FROM="desk@claims.example",
    )
    assert list(told.values()) == ["mail.example", 587, True, "desk@claims.example"]
    assert list(settings_with(*names).values()) == ["localhost", 25, False, ""]
