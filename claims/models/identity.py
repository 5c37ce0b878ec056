"""Public ids, versions and immutability: what every row of ours is known by."""

import secrets
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

#: Crockford base32 (https://www.crockford.com/base32.html), lower case: no i l o u.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_CHARACTERS = 10
_BITS = 5 * PUBLIC_ID_CHARACTERS
PUBLIC_ID_PATTERN = rf"[{ALPHABET}]{{{PUBLIC_ID_CHARACTERS}}}"


def new_public_id() -> str:
    """Return 10 random Crockford base32 characters (50 bits), derived from nothing."""
    bits = secrets.randbits(_BITS)
    return "".join([ALPHABET[bits >> shift & 31] for shift in range(0, _BITS, 5)])


class ImmutableRowError(TypeError):
    """A row that is only ever added was about to be changed or deleted."""


class IdentifiedQuerySet(models.QuerySet[Any]):
    def get_by_natural_key(self, public_id: str) -> Any:
        return self.get(public_id=public_id)


class Identified(models.Model):
    """A row with a public id: its natural key and its name in digests and events.

    Its manager is made from ``IdentifiedQuerySet``, which finds it by that key.
    """

    public_id = models.CharField(
        _("public id"),
        max_length=PUBLIC_ID_CHARACTERS,
        unique=True,
        default=new_public_id,
        editable=False,
        validators=[
            RegexValidator(
                rf"^{PUBLIC_ID_PATTERN}\Z",
                _("A public id is 10 characters of Crockford base32, lower case."),
            )
        ],
    )

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str]:
        return (self.public_id,)


class Versioned(models.Model):
    """A row with a desk page of its own; ``version`` counts its accepted saves."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def raise_version(cls, pk: int, seen: int | None = None) -> bool:
        """Count one accepted save; False when ``seen`` is no longer the version."""
        rows = cls._default_manager.filter(pk=pk)
        if seen is not None:
            rows = rows.filter(version=seen)
        return bool(rows.update(version=models.F("version") + 1))


class ImmutableQuerySet(models.QuerySet[Any]):
    def update(self, **values: Any) -> int:
        raise ImmutableRowError(f"{self.model.__name__} rows are only ever added.")

    def delete(self) -> Any:
        raise ImmutableRowError(f"{self.model.__name__} rows are only ever added.")


class IdentifiedImmutableQuerySet(ImmutableQuerySet):
    def get_by_natural_key(self, public_id: str) -> Any:
        return self.get(public_id=public_id)


class Immutable(models.Model):
    """A row that is added once; ``MUTABLE_FIELDS`` names the exceptions."""

    MUTABLE_FIELDS: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        changed = set(kwargs.get("update_fields") or ("*",))
        if not self._state.adding and not changed <= set(self.MUTABLE_FIELDS):
            raise ImmutableRowError(f"{type(self).__name__} rows are only ever added.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise ImmutableRowError(f"{type(self).__name__} rows are only ever added.")
