"""Sealing a stored copy: the move, and then its files, unless another copy has them."""

from collections.abc import Sequence
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from claims.models import Citation, StoredCopy
from claims.models.events import lock_head
from claims.moves import seal_copy

from .quotations import check_soon


def seal(copy: StoredCopy, actor: Any, reason: str) -> None:
    """Seal a copy for good; raises ``MoveError``.

    The files go once that is committed: a sealing that fails loses nothing. What is
    left over when the machine stops in between, `verify_copies` names.
    """
    with transaction.atomic():
        names = seal_copy(copy, actor, reason)
        transaction.on_commit(lambda: remove_unused(names))
        # What was compared with this copy is now compared with the one before.
        check_soon(Citation.objects.of_working_claims().filter(document=copy.document))


def remove_unused(names: Sequence[str]) -> None:
    """Remove files that no copy has any more.

    Under the lock of the log: whoever adds a copy holds it when looking, last of all,
    whether its file is there.
    """
    with transaction.atomic():
        lock_head()
        for name in names:
            if not StoredCopy.objects.filter(Q(file=name) | Q(warc=name)).exists():
                default_storage.delete(name)
