"""What cannot be read is refused with one sentence."""


class IntakeError(ValueError):
    """The bytes hold no article that can be read; the text says why, in a sentence."""
