"""The words of English date expressions, as pieces of patterns and as numbers."""

_MONTHS = (
    "january february march april may june july august september october november "
    "december"
)
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
MONTHS = _MONTHS.split()
WEEKDAYS = _WEEKDAYS.split()
NUMBERS = {word: number for number, word in enumerate(_NUMBERS.split(), start=1)} | {
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
TENS = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}

MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december|jan\.?|feb\.?|mar\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?"
    r"|nov\.?|dec\.?)"
)
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
SEASON = "(?:spring|summer|autumn|fall|winter)"
UNIT = "(?:day|week|month|quarter|year|decade|century)"
UNITS = "(?:days?|weeks?|weekends?|months?|quarters?|years?|decades?|century|centuries)"
COUNT = rf"(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|\d{{1,3}})"
YEAR = r"(?:1\d{3}|20\d{2})"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
PART_OF_DAY = "(?:morning|afternoon|evening|night)"
#: Words that narrow a period in a way nobody agrees on: they are left out of account.
VAGUE = r"(?:(?:the\s+)?(?:early|mid|late)(?:\s+in)?[\s-]+|the\s+(?:beginning|start|middle|end)\s+of\s+)"


def month_number(word: str) -> int:
    stem = word.rstrip(".")[:3]
    return next(n for n, name in enumerate(MONTHS, start=1) if name.startswith(stem))


def count_of(word: str) -> int:
    return NUMBERS[word] if word in NUMBERS else int(word)


def unit_of(word: str) -> str:
    """Return the singular: “weeks” → “week”."""
    return "century" if word.startswith("centur") else word.removesuffix("s")
