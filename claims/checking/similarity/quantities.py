"""Numbers by their value: 5,000 is 5.000, 5 000, 5k and five thousand."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from claims.checking.figures import Number, numbers

_POWERS = {
    2: "hundred hundreds hundert cent cents cien ciento cientos مئة مائة сто сотни सौ εκατό",
    3: """thousand thousands k tausend tsd mille mil miles millier milliers ألف آلاف ألفا
        тысяча тысячи тысяч тыс हज़ार हजार 千 χίλια χιλιάδες""",
    4: "万",
    5: "लाख lakh lakhs",
    6: """million millions mn m mio millionen millón millones مليون ملايين مليونا миллион
        миллиона миллионов млн 百万 εκατομμύριο εκατομμύρια εκατ""",
    7: "करोड़ करोड crore crores 千万",
    8: "亿",
    9: """billion billions bn milliarde milliarden mrd milliard milliards millardo مليار
        مليارات миллиард миллиарда миллиардов млрд अरब δισεκατομμύριο δισεκατομμύρια
        δισ""",
    12: "trillion trillions tn billionen billón billones تريليون триллион триллиона 万亿",
}
#: How many zeros a word for a magnitude stands for.
ZEROS = {word: zeros for zeros, words in _POWERS.items() for word in words.split()}
_WRITTEN_OUT = {
    2: "two zwei deux dos اثنان اثنين два две दो δύο",
    3: "three drei trois tres ثلاثة ثلاث три तीन τρία τρεις",
    4: "four vier quatre cuatro أربعة أربع четыре चार τέσσερα",
    5: "five fünf cinq cinco خمسة خمس пять पाँच पांच πέντε",
    6: "six sechs seis ستة ست шесть छह छः έξι",
    7: "seven sieben siete سبعة سبع семь सात επτά",
    8: "eight acht huit ocho ثمانية ثماني восемь आठ οκτώ",
    9: "nine neun nueve تسعة تسع девять नौ εννέα",
    10: "ten zehn dix diez عشرة عشر десять दस δέκα",
    11: "eleven onze",
    12: "twelve zwölf douze doce",
    15: "fifteen quinze quince",
    20: "twenty zwanzig vingt veinte عشرون عشرين двадцать बीस είκοσι",
    30: "thirty dreißig trente treinta ثلاثون ثلاثين тридцать तीस τριάντα",
    40: "forty vierzig quarante cuarenta أربعون أربعين сорок चालीस σαράντα",
    50: "fifty fünfzig cinquante cincuenta خمسون خمسين пятьдесят पचास πενήντα",
    60: "sixty sechzig soixante sesenta ستون ستين шестьдесят साठ εξήντα",
    70: "seventy siebzig setenta سبعون سبعين семьдесят सत्तर εβδομήντα",
    80: "eighty achtzig ochenta ثمانون ثمانين восемьдесят अस्सी ογδόντα",
    90: "ninety neunzig noventa تسعون تسعين девяносто नब्बे ενενήντα",
}
#: Numbers written as words. One is not among them: it is an article too.
VALUES = {
    word: value for value, words in _WRITTEN_OUT.items() for word in words.split()
}
_TENS = "|".join(
    word for word, value in VALUES.items() if value % 10 == 0 and value > 10
)
_UNITS = "|".join(word for word, value in VALUES.items() if value < 10)
_WORD = "|".join(sorted(VALUES, key=len, reverse=True))
_MAGNITUDE = "|".join(sorted((w for w in ZEROS if len(w) > 1), key=len, reverse=True))
_IN_WORDS = re.compile(
    rf"(?<![^\W_])(?:(?P<tens>{_TENS})[\s-](?P<units>{_UNITS})|(?P<one>{_WORD}))"
    rf"(?P<magnitude>(?:\s(?:{_MAGNITUDE}))*)(?![^\W_])",
    re.IGNORECASE,
)
_GROUPED = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?:[.,'٬]\d{3})+)(?:[.,٫](?P<part>\d+))?$"
)
_DECIMAL = re.compile(r"(?P<whole>\d+)[.,٫](?P<part>\d+)$")
_NO_DIGIT = re.compile(r"\D")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?$")
#: What stands beside a word without a space between.
_AROUND = "\"'“”‘’«»()[],.;:!?…،؛؟।"
#: Digits beyond these are no quantity; powers of them would fill the memory.
_LONGEST = 25


@dataclass(frozen=True)
class Quantity:
    """A number of a text: start, end, its value as plain digits, and as written.

    ``kind``: what it counts, as far as that tells numbers apart: "%", a currency, a
    "year", or "". Dates, times and ranges have their digits for a value.
    """

    start: int
    end: int
    value: str
    shown: str
    kind: str = ""


PERCENT, MONEY, YEAR = "%", "money", "year"
_PERCENT = re.compile(
    r"%|pct|prozent|percent|процент|بالمئة|بالمائة|प्रतिशत|फीसदी", re.IGNORECASE
)
_CURRENCY = re.compile(
    "[$€£¥₹₽₺₪]|dollar|euro|pound|rupee|rouble|рубл|доллар|دولار|يورو|usd|eur|gbp"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")


def quantities(text: str) -> list[Quantity]:
    """Return the numbers of a text, in digits or in words, in order."""
    written = [_of(number, text) for number in numbers(text)]
    if not _has_number_word(text):
        return written
    spelt = [_spelt(found) for found in _IN_WORDS.finditer(text)]
    return sorted([*written, *spelt], key=attrgetter("start"))


def _has_number_word(text: str) -> bool:
    """Whether it is worth to search: the pattern below is slow to find nothing."""
    words = text.casefold().replace("-", " ").split()
    return any(word.strip(_AROUND) in VALUES for word in words)


def _of(number: Number, text: str) -> Quantity:
    zeros = sum(ZEROS.get(word, 0) for word in number.magnitude.split())
    value = _times(_value(number.value), zeros)
    kind = _kind(number, value)
    shown = text[number.start : number.end].rstrip()
    if kind not in (PERCENT, MONEY):
        shown = _without_unit(shown, number.unit)
    return Quantity(number.start, number.start + len(shown), value, shown, kind)


def _without_unit(shown: str, unit: str) -> str:
    """Leave the word for a unit to the words of the text."""
    for word in unit.split()[::-1]:
        place = shown.casefold().rfind(word)
        shown = shown[:place].rstrip(" -") if place > 0 else shown
    return shown


def _kind(number: Number, value: str) -> str:
    unit = number.unit.casefold()
    if _PERCENT.search(unit):
        return PERCENT
    if _CURRENCY.search(unit):
        return MONEY
    return YEAR if not unit and number.digits == value and _YEAR.match(value) else ""


def _value(digits: str) -> str:
    """Return digits without what groups them; "." before decimals.

    "1.500" is read as 1500, as most of the world writes either; "0.500" is a half.
    """
    if len(digits) > _LONGEST:
        return digits
    if grouped := _GROUPED.match(digits):
        whole, part = _NO_DIGIT.sub("", grouped["whole"]), grouped["part"]
    elif decimal := _DECIMAL.match(digits):
        whole, part = decimal["whole"], decimal["part"]
    else:
        return digits
    return f"{whole}.{part}" if part else whole


def _times(value: str, zeros: int) -> str:
    """Multiply by a power of ten; dates and ranges stay as they are."""
    if len(value) > _LONGEST or not _PLAIN.match(value):
        return value
    number = Decimal(value).scaleb(zeros)
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _spelt(found: re.Match[str]) -> Quantity:
    value = sum(_named(found[part]) for part in ("tens", "units", "one"))
    zeros = sum(ZEROS[word.casefold()] for word in found["magnitude"].split())
    return Quantity(found.start(), found.end(), _times(str(value), zeros), found[0])


def _named(word: str | None) -> int:
    return 0 if word is None else VALUES[unicodedata.normalize("NFC", word).casefold()]
