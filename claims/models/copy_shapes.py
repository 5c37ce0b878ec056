"""The shapes of what a stored copy lists: its blocks, its pages, its redirects."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.workflow.words import BlockRole


@dataclass(frozen=True)
class PageOfCopy:
    """A page of a stored PDF: where its text starts and ends, end exclusive."""

    number: int
    start: int
    end: int


def validate_blocks(blocks: object) -> None:
    """Refuse anything but ``[{"role", "start", "end"}]`` in order, not overlapping."""
    fault = ValidationError(
        _("Blocks are a list of role, start and end, in order and not overlapping.")
    )
    last_end = 0
    for block in _rows(blocks, {"role", "start", "end"}, fault):
        if not _are_whole(block["start"], block["end"]):
            raise fault
        if block["role"] not in BlockRole.values:
            raise fault
        if not last_end <= block["start"] < block["end"]:
            raise fault
        last_end = block["end"]


def validate_pages(pages: object) -> None:
    """Refuse anything but ``[{"number", "start", "end"}]`` in order, not overlapping.

    A page without text ends where it starts.
    """
    fault = ValidationError(
        _("Pages are a list of number, start and end, in order and not overlapping.")
    )
    last_number = last_end = 0
    for page in _rows(pages, {"number", "start", "end"}, fault):
        if not _are_whole(*page.values()):
            raise fault
        if not last_number < page["number"]:
            raise fault
        if not last_end <= page["start"] <= page["end"]:
            raise fault
        last_number, last_end = page["number"], page["end"]


def validate_redirects(redirects: object) -> None:
    """Refuse anything but ``[{"url", "status"}]``: addresses and 3xx."""
    fault = ValidationError(_("Redirects are a list of address and status."))
    for redirect in _rows(redirects, {"url", "status"}, fault):
        if not isinstance(redirect["url"], str) or not _are_whole(redirect["status"]):
            raise fault
        if not 300 <= redirect["status"] < 400:
            raise fault


def _rows(
    value: object, names: set[str], fault: ValidationError
) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise fault
    if not all(isinstance(row, dict) and set(row) == names for row in value):
        raise fault
    return value


def _are_whole(*numbers: object) -> bool:
    return all(type(number) is int for number in numbers)
