"""What was looked for is marked in the text as it is, in any script."""

import pytest

from claims.search import missing_in, places_of, understand


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("bridge", "The Bridge, a bridge; bridges.", ["Bridge", "bridge"]),
        ("bri*", "The bridges.", ["bridges"]),
        ('"old mill"', "Old mill, the mill; old  mill.", ["Old mill", "old  mill"]),
        ('mill "old mill"', "The old mill.", ["old mill"]),
        ("strasse", "Die Straße.", ["Straße"]),
        ("istanbul", "İSTANBUL'da", ["İSTANBUL"]),
        ("cafe", "Un cafe\u0301 noir", ["cafe\u0301"]),
        ("مدرسه", "في مَدرَسةٍ قديمة", ["مَدرَسةٍ"]),
        ("図書館", "新しい図書館です", ["図書館"]),
        ("橋", "新しい橋を", ["橋"]),
        ("5,000", "It counts 5 000, not 5000.", ["5 000"]),
        ("हिन्दी", "वह हिन्दी है", ["हिन्दी"]),
        ("fish", "a ﬁsh", ["ﬁsh"]),
        ("a -bridge", "a bridge", ["a"]),
        ("nowhere", "The bridge.", []),
    ],
    ids=ascii,
)
def test_what_is_found_is_marked(typed, text, marked):
    places = places_of(text, understand(typed).wanted)
    assert [text[start:end] for start, end in places] == marked


def test_what_a_text_lacks_is_told():
    wanted = understand('bridge libr* "old mill"').wanted
    missing = missing_in("The bridge at the old, old mill.", wanted)
    assert [unit.typed for unit in missing] == ["libr"]
