"""What every command of ours has: help that keeps its lines, and a migrated database."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand


class TeachingCommand(BaseCommand):
    """A command whose help is laid out by hand, examples included."""

    requires_migrations_checks = True

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("formatter_class", RawDescriptionHelpFormatter)
        return super().create_parser(*args, **kwargs)
