"""Stories told in a real browser, each once."""
