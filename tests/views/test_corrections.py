"""The list of corrections."""

from django.urls import reverse

from claims.models import PublishedNotice
from tests.views.conftest import page_of


def test_every_notice_stands_there_newest_first(town):
    body = page_of(town, reverse("correction_list")).replace("&#x27;", "'")
    places = [body.index(notice.text) for notice in PublishedNotice.objects.all()]
    assert places == sorted(places)


def test_old_and_new_status_stand_side_by_side(town):
    body = page_of(town, reverse("correction_list") + "?kind=withdrawal")
    before, after = body.index("Before:"), body.index("After:")
    assert "Verified" in body[before:after]
    assert "Not checked yet" in body[after:]


def test_a_retracted_claim_is_no_longer_listed_afterwards(town):
    body = page_of(town, reverse("correction_list") + "?kind=retraction")
    assert "No longer listed" in body[body.index("After:") :]


def test_words_are_found_in_the_notice_and_in_the_claim(town):
    notice = PublishedNotice.objects.filter(kind="correction")[0]
    for words in (notice.text.split(".")[0], notice.claim.text[:27].upper()):
        body = town.get(reverse("correction_list"), {"words": words}).content.decode()
        assert notice.claim.get_absolute_url() in body
    nothing = town.get(reverse("correction_list"), {"words": "zebra"}).content.decode()
    assert "Nothing fits" in nothing


def test_an_unchanged_status_is_called_unchanged(town):
    assert "Status unchanged:" in page_of(town, reverse("correction_list"))


def test_the_kind_can_be_chosen(town):
    body = page_of(town, reverse("correction_list") + "?kind=retraction")
    kept = PublishedNotice.objects.get(kind="retraction")
    assert kept.text in body
    for other in PublishedNotice.objects.exclude(pk=kept.pk):
        assert other.text not in body
