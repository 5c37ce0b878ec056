"""What every database needs beside its tables; installed after each migrate.

Idempotent, and existing rows are never changed: a desk may word its statuses and
arrange its groups as it likes.
"""

import json
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import connections, transaction
from django.utils import timezone

from claims.models import EventHead, Methodology, VerificationStatus
from claims.publishing.facts import put_methodologies_in_force
from claims.search import fill_if_empty
from claims.triggers import install_triggers
from claims.workflow.roles import ACCOUNT_PERMISSIONS, PERMISSIONS

STATUSES_FILE = "statuses.json"


def install_after_migrate(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """Install once after ``migrate``, when the last app has its permissions."""
    with_models = [config for config in apps.get_app_configs() if config.models_module]
    if sender is with_models[-1] and _tables_are_there(using):
        install(using)


def install(using: str = "default") -> None:
    """Install triggers, event head, groups, statuses, methodology 1; fill the search."""
    with transaction.atomic():
        EventHead.objects.get_or_create(id=1)
        install_groups()
        install_statuses()
        put_methodologies_in_force(timezone.localdate())
    install_triggers(using)
    fill_if_empty()


def install_groups() -> None:
    """Create the groups that are missing, each with the permissions of its role."""
    for name, codenames in PERMISSIONS.items():
        group, made = Group.objects.get_or_create(name=name)
        if made:
            group.permissions.set(
                [
                    *_permissions("claims", codenames),
                    *_permissions("auth", ACCOUNT_PERMISSIONS.get(name, frozenset())),
                ]
            )


def _permissions(app_label: str, codenames: frozenset[str]) -> list[Permission]:
    found = Permission.objects.filter(
        content_type__app_label=app_label, codename__in=codenames
    )
    missing = codenames - {permission.codename for permission in found}
    if missing:
        raise LookupError(f"No such permissions: {', '.join(sorted(missing))}")
    return list(found)


def install_statuses() -> None:
    """Create the statuses and methodologies of ``fixtures/statuses.json``."""
    path = settings.BASE_DIR / "fixtures" / STATUSES_FILE
    for entry in json.loads(path.read_text(encoding="utf-8")):
        fields = dict(entry["fields"])
        if entry["model"] == "claims.verificationstatus":
            slug = fields.pop("slug")
            VerificationStatus.objects.get_or_create(slug=slug, defaults=fields)
        else:
            number = fields.pop("number")
            Methodology.objects.get_or_create(number=number, defaults=fields)


def _tables_are_there(using: str) -> bool:
    tables = connections[using].introspection.table_names()
    return EventHead._meta.db_table in tables
