"""Importing this registers every page of the desk (see ``DeskConfig``)."""

from . import (  # noqa: F401
    accounts,
    articles,
    assessments,
    citations,
    claims,
    documents,
    log,
    reference,
    requests,
    sources,
)
