"""States, moves, permissions and completeness as data. No queries, no models."""
