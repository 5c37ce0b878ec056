"""What is found, on either database alike: entries are written as they are here."""

import pytest
from django.db import transaction

from claims.models import Appearance, Claim
from claims.search import (
    PUBLIC,
    containing_any,
    find,
    find_at_desk,
    frequencies,
    write_desk,
    write_entries,
)
from claims.search.entries import Entry, column
from tests import factories

TEXTS = {
    "brandmauer": "Die Straße über den Fluß wurde 1911 geöffnet.",
    "bridge0000": "The old mill bridge was opened in 1911 by its mayor.",
    "library000": "Two libraries in Elmbrook closed; the mill’s owner says 5,000 left.",
    "arabic0000": "قالت الأُمَم المتحدة إنّ مدرسةً أُغلقت في طرابلس.",
    "japanese00": "東京都は新しい橋を2024年に開いた。",
    "chinese000": "该市新图书馆于去年关闭。",
    "hindi00000": "पुल पिछले साल हिन्दी स्कूल के पास खुला।",
    "russian000": "Мэр сказал, что мост через реку закрыт ещё в мае.",
    "turkish000": "İSTANBUL Valisi ISPARTA yolunun kapandığını söyledi.",
    "greek00000": "Ο Δήμαρχος Σίσυφος έκλεισε τη γέφυρα.",
    "korean0000": "서울시는 다리를 열었다.",
    "persian000": "شهردار می‌خواهد پل را ببندد.",
}


def entry(public_id, moment, text, summary="", quoted=(), beside=()):
    columns = (column([text]), column([summary]), column(quoted), column(beside))
    return Entry(public_id, moment, columns)


def written(*entries):
    with transaction.atomic():
        write_entries(PUBLIC, [each.public_id for each in entries], entries)


@pytest.fixture(scope="module")
def texts(module_database):
    written(*(entry(key, at, text) for at, (key, text) in enumerate(TEXTS.items())))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mill", {"bridge0000", "library000"}),
        ("MILL Bridge", {"bridge0000"}),
        ('"mill bridge"', {"bridge0000"}),
        ("“old bridge”", set()),
        ("mill -bridge", {"library000"}),
        ('mill -"bridge was"', {"library000"}),
        ("libr*", {"library000"}),
        ("lib*", {"library000"}),
        ("li*", set()),
        ("mill's", {"library000"}),
        ("5,000", {"library000"}),
        ('"old mil*"', set()),
        ("1911", {"brandmauer", "bridge0000"}),
        ("strasse", {"brandmauer"}),
        ("STRASSE fluss", {"brandmauer"}),
        ("geoffnet", {"brandmauer"}),
        ("nowhere", set()),
        ("mill nowhere", set()),
        # Arabic: without points and hamza, with another alef.
        ("الامم", {"arabic0000"}),
        ("مدرسه", {"arabic0000"}),
        ("ألأمم المتّحدة", {"arabic0000"}),
        # Without spaces: any stretch, a single character, and not any order.
        ("東京", {"japanese00"}),
        ("京都", {"japanese00"}),
        ("橋", {"japanese00"}),
        ("新しい橋", {"japanese00"}),
        ("橋新", set()),
        ("図書館", set()),
        ("图书馆", {"chinese000"}),
        ("闭", {"chinese000"}),
        ('"橋を 2024"', {"japanese00"}),
        ("हिन्दी", {"hindi00000"}),
        ("स्कू*", {"hindi00000"}),
        ("МОСТ еще", {"russian000"}),
        ("istanbul", {"turkish000"}),
        ("ıstanbul isparta", {"turkish000"}),
        ("KAPANDIĞINI", {"turkish000"}),
        ("ΣΙΣΥΦΟΣ", {"greek00000"}),
        ("다리를", {"korean0000"}),
        ("میخواهد", {"persian000"}),
    ],
)
def test_a_search_finds_what_was_meant(texts, typed, expected):
    assert set(find(typed).public_ids()) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "*",
        '* ** -* "*"',
        "-mill",
        '"',
        '""',
        '"mill',
        "mill\x00bridge \x01\x1f",
        "mill AND bridge OR NOT NEAR(mill bridge, 2)",
        "text: mill ^mill {text summary}: mill",
        "mill & bridge | !mill <-> 'mill':*A \\",
        "%s %(a)s '; DROP TABLE claims_claim; --",
        "\ue000 \ue000mill",
        "\ud800",
        "😀 ☃️ ‮",
        "mill " * 10_000,
        " ".join(f"word{number}" for number in range(10_000)),
        '"' + "mill bridge " * 10_000 + '"',
        "m" * 100_000,
        "mil* " * 10_000,
        "-mill " * 10_000,
        "字" * 10_000,
    ],
    ids=lambda typed: ascii(typed)[:24],
)
def test_nothing_typed_is_an_error(texts, typed):
    assert find(typed).query.is_cut == (len(typed) > 400)


def test_words_of_the_claim_count_more_than_words_beside_it(db):
    written(
        entry("beside0000", 1, "Something else.", beside=["A ferry sank."]),
        entry("quoted0000", 2, "Something else.", quoted=["A ferry sank."]),
        entry("claim00000", 3, "A ferry sank."),
        entry("summary000", 4, "Something else.", summary="A ferry sank."),
    )
    found = find("ferry")
    assert found.is_ranked
    order = ["claim00000", "summary000", "quoted0000", "beside0000"]
    assert found.public_ids() == order


def test_no_phrase_reaches_from_one_text_into_the_next(db):
    written(
        entry("one0000000", 1, "The mayor", summary="resigned.", quoted=["a", "b c"])
    )
    assert not find('"mayor resigned"').keys
    assert not find('"a b"').keys
    assert find('"b c"').keys


def test_of_very_many_matches_the_newest_are_found(db):
    written(*(entry(f"{n:010}", n, "The harbour froze.") for n in range(5001)))
    found = find("harbour")
    assert (len(found.keys), found.has_more, found.is_ranked) == (5000, True, False)
    assert found.public_ids(0, 2) == ["0000005000", "0000004999"]
    exactly = find("harbour -nothing")
    assert exactly.has_more


def test_rows_are_narrowed_to_what_was_found(db):
    claims = [factories.make_claim(text=f"{word} froze.") for word in ("Ice", "Sea")]
    with transaction.atomic():
        write_desk(claim.public_id for claim in claims)
    found = find_at_desk("sea")
    assert list(found.narrow(Claim.objects.all())) == [claims[1]]
    appearances = found.narrow(Appearance.objects.all(), "claim__public_id")
    assert [row.claim for row in appearances] == [claims[1]]
    assert not find_at_desk("nothing").narrow(Claim.objects.all())


def test_terms_are_counted_as_claims_come_change_and_go(db):
    written(entry("one0000000", 1, "A ferry."), entry("two0000000", 2, "Ferry, ferry!"))
    assert frequencies(["ferry", "a", "none"]) == {"ferry": 2, "a": 1, "none": 0}
    written(entry("one0000000", 3, "A boat."))
    assert frequencies(["ferry", "a", "boat"]) == {"ferry": 1, "a": 1, "boat": 1}
    with transaction.atomic():
        write_entries(PUBLIC, ["one0000000"], [])
    assert frequencies(["ferry", "a", "boat"]) == {"ferry": 1, "a": 0, "boat": 0}
    assert not find("boat").keys


def test_what_changed_last_is_the_newest_and_a_new_name_is_no_change(db):
    written(*(entry(f"{n}".zfill(10), n, "The ferry sank.") for n in (1, 2, 3)))
    written(entry("1".zfill(10), 9, "The ferry sank."))
    written(entry("2".zfill(10), 2, "The ferry sank.", beside=["a new name"]))
    keys = {key: find("ferry").public_ids().index(key.zfill(10)) for key in "123"}
    assert sorted(find("sank").keys, reverse=True) == list(find("sank").keys)
    assert keys["1"] < keys["3"] < keys["2"]


def test_claims_with_any_of_some_terms_come_the_best_first(db):
    written(
        entry("one0000000", 1, "The ferry sank.", beside=["a boat"]),
        entry("two0000000", 2, "The ferry and the boat sank."),
        entry("three00000", 3, "The ferry sank."),
        entry("four000000", 4, "Nothing."),
    )
    assert containing_any(["boat", "absent"], 5) == ["two0000000", "one0000000"]
    assert len(containing_any(["boat", "ferry"], 2)) == 2
    assert containing_any(["absent"], 5) == []
