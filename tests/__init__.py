"""Tests mirror the code: claims/moves/ is tried in tests/moves/, and so on."""
