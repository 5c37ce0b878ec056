"""Where the wording of a row stands in the stored copy of its article."""

from collections import OrderedDict

from django.utils.translation import gettext as _

from claims.checking.anchors import occurrences
from claims.models import StoredCopy

from .matching import ArticleRef

#: Of texts held at once; most files go through some articles again and again.
CHARACTERS_HELD = 20_000_000


class Places:
    """Finds words in the newest stored copies of articles; holds some of them."""

    def __init__(self) -> None:
        with_copy = StoredCopy.objects.filter(document__article__isnull=False)
        self._with_copy = set(with_copy.values_list("document", flat=True))
        self._copies: OrderedDict[int, StoredCopy | None] = OrderedDict()
        self._held = 0

    def copy_of(self, article: ArticleRef) -> StoredCopy | None:
        """Return the newest copy of an article, where it has a text."""
        key = article.document_pk
        if key is None or key not in self._with_copy:
            return None
        if key not in self._copies:
            self._take_up(key)
        return self._copies[key]

    def _take_up(self, key: int) -> None:
        copy = StoredCopy.objects.filter(document=key).order_by("-number").first()
        self._copies[key] = copy if copy is not None and copy.text else None
        self._held += len(copy.text) if copy else 0
        while self._held > CHARACTERS_HELD and len(self._copies) > 1:
            _key, oldest = self._copies.popitem(last=False)
            self._held -= len(oldest.text) if oldest else 0

    def place_of(self, article: ArticleRef, wording: str) -> tuple[int, int] | None:
        """Return where the words stand, if at one place alone."""
        copy = self.copy_of(article) if wording else None
        starts = occurrences(copy.text, wording) if copy else []
        return (starts[0], starts[0] + len(wording)) if len(starts) == 1 else None

    def remark(self, article: ArticleRef, wording: str) -> str:
        """Say what a person should look at; "" if nothing."""
        copy = self.copy_of(article) if wording else None
        if copy is None:
            return ""
        count = len(occurrences(copy.text, wording))
        if count == 1:
            return ""
        if count:
            return _(
                "The wording stands in %(count)s places of the stored copy: choose one "
                "at the desk."
            ) % {"count": count}
        return _("The wording does not stand in the stored copy, letter for letter.")
