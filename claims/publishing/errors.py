"""Why something may not be published as it stands; said to the person who tried."""


class PublishingError(ValueError):
    """A release was not made; the message is a sentence for the desk."""


class ProtectedNameError(PublishingError):
    """A text about to be published holds the name of a protected source."""


class ChangedAddressError(PublishingError):
    """A page that readers already know was about to move to another address."""
