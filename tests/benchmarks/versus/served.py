"""What the benchmark serves of ours: the site as it is, and a view that does nothing."""

from tests.benchmarks.pages import add_empty_view
from tracker.wsgi import application

__all__ = ["application"]

add_empty_view()
