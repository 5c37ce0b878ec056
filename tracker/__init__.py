"""Wiring only: settings, addresses, middleware, and the start of the demo."""
