"""The public pages: they read the record and nothing else."""
