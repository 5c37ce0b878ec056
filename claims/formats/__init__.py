"""Shapes of the field: values in, texts out. No database, no network, no clock."""
