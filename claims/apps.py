"""The application's entries in Django's registry: the tracker and its desk."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "claims"
    verbose_name = _("Claims")

    def ready(self) -> None:
        # Importing registers the system checks; models are not loaded before this.
        from . import checks, installation  # noqa: F401

        # The one signal of the project: a table rebuild on SQLite drops triggers, and
        # inside migrations the permissions do not exist yet. The sender is the app
        # migrated last, so that every permission is there.
        post_migrate.connect(installation.install_after_migrate)


class DeskConfig(AdminConfig):
    """Django's admin with our site as the default one: models register with it."""

    default_site = "claims.admin.site.DeskSite"

    def ready(self) -> None:
        super().ready()
        from .admin import registry  # noqa: F401 (its import registers the pages)
