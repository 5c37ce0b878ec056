"""The desk, page by page."""
