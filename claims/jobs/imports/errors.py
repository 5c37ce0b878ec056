"""Why an import does not begin, or ends."""


class ImportRefusedError(Exception):
    """Nothing was done; the sentence says why, and what to do."""
