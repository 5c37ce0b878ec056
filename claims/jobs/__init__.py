"""Fetch, compute and save: the work that commands, desk and views share."""
