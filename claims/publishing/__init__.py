"""Releases and the record: everything readers get, and the only writer of it."""
