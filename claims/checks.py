"""System checks: settings that make sense, and a database that keeps its promises."""

import os
import sqlite3
import stat
from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connections

from .checking.reviews import KindError, RuleError, read_rules
from .models import Event
from .search import DESK, made, numbers
from .triggers import missing_triggers
from .workflow.words import ClaimKind

# "WAL-reset bug" in https://sqlite.org/wal.html, read November 2026: two connections,
# one of them ending a checkpoint while the other restarts the log, can lose pages.
WAL_FAULT_SINCE = (3, 7, 0)
WAL_FAULT_MENDED = (3, 51, 3)
WAL_FAULT_MENDED_TOO = {(3, 44): 6, (3, 50): 7}  # minor version: first patch release
LAST_HOUR = 23


@register()
def check_site_url(**_: Any) -> list[CheckMessage]:
    parts = urlsplit(settings.TRACKER_SITE_URL)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
        message = (
            f'TRACKER_SITE_URL is "{settings.TRACKER_SITE_URL}", which is not the '
            "address of a site."
        )
        hint = "Write scheme and host, and nothing after: https://claims.example"
        return [Error(message, hint=hint, id="claims.E001")]
    if settings.TRACKER_HTTPS and parts.scheme != "https":
        message = "TRACKER_HTTPS is on, but TRACKER_SITE_URL begins with http."
        return [Error(message, hint="Write https in both.", id="claims.E002")]
    return []


@register()
def check_report_email(**_: Any) -> list[CheckMessage]:
    if not settings.TRACKER_REPORT_EMAIL:
        return []
    try:
        validate_email(settings.TRACKER_REPORT_EMAIL)
    except ValidationError:
        message = (
            f'TRACKER_REPORT_EMAIL is "{settings.TRACKER_REPORT_EMAIL}", which is not '
            "an e-mail address."
        )
        return [Error(message, id="claims.E003")]
    return []


@register()
def check_policies_url(**_: Any) -> list[CheckMessage]:
    parts = urlsplit(settings.TRACKER_POLICIES_URL)
    if not settings.TRACKER_POLICIES_URL:
        return []
    if parts.scheme in {"http", "https"} and parts.netloc:
        return []
    message = (
        f'TRACKER_POLICIES_URL is "{settings.TRACKER_POLICIES_URL}", which is not the '
        "address of a page."
    )
    hint = "Write it in full: https://claims.example/policies"
    return [Error(message, hint=hint, id="claims.E008")]


@register()
def check_reports(**_: Any) -> list[CheckMessage]:
    names = ("REPORTS_PER_ADDRESS", "REPORTS_PER_HOUR", "ANSWER_DAYS", "FORGET_DAYS")
    settings_of_reports = [f"TRACKER_{name}" for name in names]
    return [
        Error(f"{name} is 0.", hint="Write at least 1.", id="claims.E020")
        for name in settings_of_reports
        if getattr(settings, name) < 1
    ]


@register()
def check_mail(**_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    sender = settings.TRACKER_EMAIL_FROM
    if sender and not _is_sender(sender):
        message = f'TRACKER_EMAIL_FROM is "{sender}", which is not an e-mail address.'
        hint = "Write desk@claims.example or Claims <desk@claims.example>."
        found.append(Error(message, hint=hint, id="claims.E005"))
    if settings.TRACKER_REMIND_HOUR > LAST_HOUR:
        message = (
            f"TRACKER_REMIND_HOUR is {settings.TRACKER_REMIND_HOUR}: it must be an "
            f"hour of the day, 0 to {LAST_HOUR}."
        )
        found.append(Error(message, id="claims.E006"))
    if settings.TRACKER_IDLE_DAYS < 1:
        message = "TRACKER_IDLE_DAYS is 0: every claim would be idle at once."
        found.append(Error(message, hint="Write at least 1.", id="claims.E007"))
    return found


@register()
def check_review_after(**_: Any) -> list[CheckMessage]:
    try:
        read_rules(settings.TRACKER_REVIEW_AFTER, ClaimKind.values)
    except (KindError, RuleError) as error:
        message = f"TRACKER_REVIEW_AFTER: {error}"
        return [Error(message, id="claims.E009")]
    return []


def _is_sender(text: str) -> bool:
    try:
        validate_email(parseaddr(text)[1])
    except ValidationError:
        return False
    return "\n" not in text


@register()
def check_data_folder(**_: Any) -> list[CheckMessage]:
    folder = settings.TRACKER_DATA_DIR
    if folder.is_dir() and os.access(folder, os.W_OK):
        return []
    message = f"The data folder {folder} is missing or cannot be written."
    hint = "Make it, owned by the user who runs the tracker, or set TRACKER_DATA_DIR."
    return [Error(message, hint=hint, id="claims.E004")]


@register(deploy=True)
def check_report_email_is_set(**_: Any) -> list[CheckMessage]:
    if settings.TRACKER_REPORT_EMAIL:
        return []
    message = "Status pages offer no address to report an error to."
    hint = "Set TRACKER_REPORT_EMAIL."
    return [Warning(message, hint=hint, id="claims.W001")]


@register(deploy=True)
def check_secret_key_file(**_: Any) -> list[CheckMessage]:
    path = settings.TRACKER_DATA_DIR / "secret_key"
    if not path.exists() or not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    message = f"Other users of this machine can read {path}."
    return [Warning(message, hint=f"chmod 600 {path}", id="claims.W002")]


def has_wal_fault(version: tuple[int, int, int]) -> bool:
    """Say whether this release of SQLite has the WAL-reset fault."""
    if not WAL_FAULT_SINCE <= version < WAL_FAULT_MENDED:
        return False
    mended = WAL_FAULT_MENDED_TOO.get(version[:2])
    return mended is None or version[2] < mended


@register(deploy=True)
def check_sqlite_library(**_: Any) -> list[CheckMessage]:
    return sqlite_faults(connections["default"].vendor, sqlite3.sqlite_version_info)


def sqlite_faults(vendor: str, version: tuple[int, int, int]) -> list[CheckMessage]:
    if vendor != "sqlite" or not has_wal_fault(version):
        return []
    message = (
        f"SQLite {'.'.join(map(str, version))} has the WAL-reset fault: very rarely, "
        "two processes writing at the same instant can damage the database."
    )
    hint = (
        "Use a system with SQLite 3.51.3 or newer (also mended in 3.44.6 and 3.50.7), "
        "or PostgreSQL (DATABASE_URL). Until then take a backup each day. Once you "
        "have decided, TRACKER_SILENCED_CHECKS=claims.W003 keeps this quiet."
    )
    return [Warning(message, hint=hint, id="claims.W003")]


@register(Tags.database)
def check_event_triggers(
    databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Look where databases are looked at: in `migrate` and `check --database default`.

    A warning, since an error would keep `migrate` from installing what is missing.
    """
    if not databases or "default" not in databases:
        return []
    if Event._meta.db_table not in connections["default"].introspection.table_names():
        return []
    message = "The event log can be changed: the trigger {} is missing."
    hint = "Run `manage.py migrate`, which installs it."
    return [
        Warning(message.format(name), hint=hint, id="claims.W004")
        for name in missing_triggers("default")
    ]


@register(Tags.database)
def check_search(
    databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Compare how much there is with how much can be found: quick, and rough."""
    if not databases or "default" not in databases:
        return []
    message = "Of {} {}, the search of {} holds {}."
    hint = "Run `manage.py rebuild_search`; the desk can work meanwhile."
    counted = [(index, *numbers(index)) for index in made()]
    return [
        Warning(
            message.format(
                subjects,
                index.things,
                "the desk" if index == DESK else "readers",
                entries,
            ),
            hint=hint,
            id="claims.W030",
        )
        for index, subjects, entries in counted
        if subjects != entries
    ]
