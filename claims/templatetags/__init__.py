"""How values look on the pages."""
