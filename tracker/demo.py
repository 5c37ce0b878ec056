"""`make run`: sets up a demo with its own database and logins, then serves it.

What is there already stays as it is: fixtures are loaded into an empty database only,
and logins are made only while nobody can log in. Models are imported where they are
used, after the settings they need have been chosen.
"""

import os
import secrets
import socket
import sys
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

PROJECT = Path(__file__).resolve().parent.parent
FIXTURES = ["libya_2016.json", "town_demo.json"]
PORTS = range(8000, 8100)
LOGINS = [  # user name and group
    ("researcher", "Researchers"),
    ("researcher2", "Researchers"),
    ("editor", "Editors"),
    ("manager", "Desk managers"),
]
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that looks like a digit


def main() -> None:
    listener = listen(os.environ.get("PORT", ""))
    address = "http://{}:{}".format(*listener.getsockname())
    folder = Path(os.environ.setdefault("TRACKER_DATA_DIR", str(PROJECT / "var")))
    write_secret_key(folder)
    os.environ.setdefault("TRACKER_SITE_URL", address)
    os.environ.setdefault("TRACKER_REPORT_EMAIL", "errors@example.org")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    try:
        django.setup()
        say("Bringing the database up to date …")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        logins = make_logins(folder / "demo_logins.txt")
        load_fixtures()
    except (ImproperlyConfigured, CommandError) as error:
        sys.exit(str(error))
    say(f"\nThe tracker is at {address}/ and its desk at {address}/admin/\n{logins}")
    say("Control-C ends it; `make run` continues where it was.\n")
    serve(listener)


def listen(wanted: str) -> socket.socket:
    """Return a listening socket, on the wanted port or else on the first free one."""
    if wanted and not (wanted.isdecimal() and 0 < int(wanted) < 65536):
        sys.exit(f'PORT is "{wanted}": it must be a number up to 65535.')
    for port in [int(wanted)] if wanted else PORTS:
        try:
            return socket.create_server(("127.0.0.1", port))
        except PermissionError:
            sys.exit(f"Port {port} is not open to you: choose one above 1023.")
        except OSError:
            continue
    taken = f"Port {wanted} is" if wanted else f"Ports {PORTS[0]} to {PORTS[-1]} are"
    sys.exit(f"{taken} taken: choose another one, as in `make run PORT=8123`.")


def write_secret_key(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / "secret_key").exists():
        write_private(folder / "secret_key", secrets.token_urlsafe(50))


def write_private(path: Path, text: str) -> None:
    """Write a file that only this user can read, whole or not at all."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    unfinished.replace(path)


def make_logins(path: Path) -> str:
    """Make the demo's users while nobody can log in; return what to print."""
    from django.contrib.auth.models import Group, User
    from django.db import transaction

    if not User.objects.filter(is_active=True).exists():
        lines = [f"{'user':<14}{'password':<22}group"]
        with transaction.atomic():
            for name, group in LOGINS:
                password = readable_password()
                user = User.objects.create_user(name, password=password, is_staff=True)
                user.groups.add(Group.objects.get(name=group))
                lines.append(f"{name:<14}{password:<22}{group}")
            write_private(path, "\n".join(lines))
    if path.exists():
        return f"\n{path.read_text(encoding='utf-8')}\n(kept in {path})\n"
    return ""


def load_fixtures() -> None:
    """Load the demo into an empty tracker; its researcher is the one who can log in."""
    from claims.models import Article, Claim, Document, Source

    paths = [str(PROJECT / "fixtures" / name) for name in FIXTURES]
    if not any(room.objects.exists() for room in (Claim, Source, Document, Article)):
        say("Loading the demo …")
        call_command("loaddata", *paths, verbosity=0)


def readable_password() -> str:
    """Return 16 characters of 31, in fours: 79 bits."""
    return "-".join(
        "".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4)
    )


def serve(listener: socket.socket) -> None:
    """Become the web server of production, on the socket that is already ours."""
    from django.db import connections

    connections.close_all()
    listener.set_inheritable(True)
    os.execv(sys.executable, web_server(listener))


def web_server(
    listener: socket.socket, workers: int = 2, application: str = "tracker.wsgi"
) -> list[str]:
    """Return the command that serves an application on a socket it inherits."""
    command = [sys.executable, "-m", "gunicorn", application]
    command += ["--workers", str(workers)]
    command += ["--bind", f"fd://{listener.fileno()}", "--chdir", str(PROJECT)]
    return [*command, "--log-level", "warning", "--no-control-socket"]


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
