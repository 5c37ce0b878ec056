"""Names and titles that readers look for, on either database alike."""

import pytest
from django.db import transaction

from claims.models import PublishedArticle, PublishedDocument, PublishedSource
from claims.search import ARTICLES, DOCUMENTS, SOURCES, find, write
from tests.factories import NOON

#: Name or title, then other names or the publisher.
NAMES = {
    SOURCES: {
        "bakery0000": ("Müller & Søn, Bäckerei", ["Muller’s Bakery", "مخبز مولر"]),
        "agency0000": ("وكالة الأنباء", ["News Agency of the North"]),
        "city000000": ("東京都", ["Metropolis of Tokyo"]),
        "ministry00": ("Міністерство охорони здоров’я", ["МОЗ"]),
        "governor00": ("İSTANBUL Valiliği", []),
    },
    DOCUMENTS: {
        "hindi00000": ("हिन्दी में वार्षिक रिपोर्ट", "Elmbrook Press"),
        "yearly0000": ("Yearly report on the weir", "Müller Verlag"),
        "weekly0000": ("Weekly report", "Elmbrook Press"),
        "chinese000": ("图书馆年度报告", ""),
    },
    ARTICLES: {
        "weir000000": ("The weir holds, says the élite", "Elmbrook Press"),
        "closed0000": ("МОСТ закрыт ещё раз", "Müller Verlag"),
    },
}


def row_of(table, public_id, **values):
    at = {"released_at": NOON, "changed_at": NOON, "digest": "0" * 64}
    return table.objects.create(public_id=public_id, **at, **values)


def write_names():
    for key, (name, others) in NAMES[SOURCES].items():
        content = {"aliases": others}
        row_of(PublishedSource, key, name=name, slug=key, content=content)
    for key, (title, publisher) in NAMES[DOCUMENTS].items():
        row_of(PublishedDocument, key, title=title, publisher_name=publisher)
    for key, (title, publisher) in NAMES[ARTICLES].items():
        values = {"title": title, "publisher_name": publisher, "slug": key}
        row_of(PublishedArticle, key, document_id="weekly0000", **values)
    with transaction.atomic():
        for index, names in NAMES.items():
            assert write(index, names) == len(names)


@pytest.fixture(scope="module")
def names(module_database):
    write_names()


@pytest.mark.parametrize(
    ("index", "typed", "expected"),
    [
        (SOURCES, "muller", {"bakery0000"}),
        (SOURCES, "MÜLLER backerei", {"bakery0000"}),
        (SOURCES, "søn", {"bakery0000"}),
        (SOURCES, "müllers", set()),
        (SOURCES, '"mullers bakery"', set()),
        (SOURCES, "muller's bakery", {"bakery0000"}),
        (SOURCES, "baker*", {"bakery0000"}),
        (SOURCES, "مخبز", {"bakery0000"}),
        (SOURCES, "وكالة الانباء", {"agency0000"}),
        (SOURCES, '"north news"', set()),
        (SOURCES, '"agency of the north"', {"agency0000"}),
        (
            SOURCES,
            '"søn bäckerei muller"',
            set(),
        ),  # ends in one name, begins in another
        (SOURCES, "京都", {"city000000"}),
        (SOURCES, "都", {"city000000"}),
        (SOURCES, "міністерство мо*", set()),  # two letters are no beginning
        (SOURCES, "здоров*", {"ministry00"}),
        (SOURCES, "istanbul valiligi", {"governor00"}),
        (DOCUMENTS, "report", {"yearly0000", "weekly0000"}),
        (DOCUMENTS, "report -weir", {"weekly0000"}),
        (DOCUMENTS, "elmbrook", {"hindi00000", "weekly0000"}),
        (DOCUMENTS, "report muller", {"yearly0000"}),
        (DOCUMENTS, "हिन्दी रिपोर्ट", {"hindi00000"}),
        (DOCUMENTS, "图书", {"chinese000"}),
        (DOCUMENTS, "书图", set()),
        (DOCUMENTS, "baker*", set()),
        (ARTICLES, "elite", {"weir000000"}),
        (ARTICLES, "мост еще", {"closed0000"}),
        (ARTICLES, "muller", {"closed0000"}),
        (ARTICLES, "weir -elmbrook", set()),
    ],
)
def test_a_name_is_found_in_its_own_list(names, index, typed, expected):
    assert set(find(typed, index).public_ids()) == expected


def test_a_title_counts_more_than_a_publisher(db):
    row_of(PublishedDocument, "by00000000", title="Tides", publisher_name="Harbour")
    row_of(PublishedDocument, "on00000000", title="Harbour", publisher_name="Tides")
    with transaction.atomic():
        write(DOCUMENTS, ["by00000000", "on00000000"])
    assert find("harbour", DOCUMENTS).public_ids() == ["on00000000", "by00000000"]
    assert find("tides", DOCUMENTS).public_ids() == ["by00000000", "on00000000"]
