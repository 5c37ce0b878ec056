"""What a post says: addresses gone, tags split, who signed it set apart."""

import pytest

from claims.checking.similarity.posts import (
    NAMED,
    SAID,
    SIGNED,
    Piece,
    pieces,
    words_of_tag,
)


def test_a_plain_sentence_is_one_piece():
    assert list(pieces("The bridge was closed.")) == [Piece("The bridge was closed.")]


def test_addresses_and_entities_are_no_words():
    post = "Rain &amp; wind https://t.example/ab pic.twitter.com/xyz www.a.example"
    assert [each.text.split() for each in pieces(post)] == [["Rain", "&", "wind"]]


def test_tags_are_split_and_names_of_accounts_count_less():
    found = list(pieces("RT @harbour_news: #FloodAlert2016 is over"))
    assert [(each.text.strip(), each.counts, each.tag) for each in found] == [
        ("harbour news", NAMED, "harbournews"),
        (":", SAID, ""),
        ("Flood Alert 2016", SAID, "floodalert2016"),
        ("is over", SAID, ""),
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("MillBridge", ["Mill", "Bridge"]),
        ("NASAPhoto", ["NASA", "Photo"]),
        ("covid19", ["covid", "19"]),
        ("lowercase", ["lowercase"]),
        ("وادي_النخيل", ["وادي", "النخيل"]),
        ("Aa" * 30, ["Aa"] * 8 + ["Aa" * 22]),
    ],
)
def test_a_tag_is_split_where_its_writer_parted_it(name, words):
    assert words_of_tag(name) == words


def test_a_signature_counts_little_and_alone_is_what_is_said():
    signed = list(pieces("It is closed. — Harbour News (@harbour) May 3, 2021"))
    assert [each.counts for each in signed] == [SAID, SIGNED, SIGNED, SIGNED]
    alone = list(pieces("— Harbour News (@harbour)"))
    assert {each.counts for each in alone} == {SAID, NAMED}


def test_nothing_says_nothing():
    assert list(pieces(" https://t.example/ab ")) == []
