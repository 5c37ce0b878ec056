"""The mail server, from one address: `smtp+starttls://user:password@mail.example`."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FILES = "django.core.mail.backends.filebased.EmailBackend"
#: Scheme → the port usual for it (RFC 6409 for submission, RFC 8314 for implicit TLS).
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """How mail is handed over, in the words of Django's ``EMAIL_…`` settings."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    use_starttls: bool = False
    use_tls: bool = False
    folder: str = ""


def mail_server(address: str) -> MailServer:
    """Read the address of a mail server, or ``file:///folder`` for trying it out."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _refusal() from None
    if parts.scheme == "file" and parts.path and not parts.netloc:
        return MailServer(FILES, folder=unquote(parts.path))
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/"):
        raise _refusal()
    return MailServer(
        SMTP,
        parts.hostname,
        port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        use_starttls=parts.scheme == "smtp+starttls",
        use_tls=parts.scheme == "smtps",
    )


def _refusal() -> ImproperlyConfigured:
    """Name what can be written, and not what was: it may hold a password."""
    return ImproperlyConfigured(
        "TRACKER_EMAIL_URL can be smtp://host, smtp+starttls://user:password@host or "
        "smtps://user:password@host, with :port where it is another; special "
        "characters of a password as in %40."
    )
