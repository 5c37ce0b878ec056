"""Words without their endings, so that another form of a word is found: crude and fast.

No language is asked for: endings of several languages of one script are taken off, again
and again, from what is asked and what is found alike. Words are folded already.
"""

import re
from functools import lru_cache

from claims.checking.terms import terms_of

#: By the last character of its block (Unicode, Blocks.txt): endings of a script.
_WRITTEN = {
    "\u024f": """
        s es ed ing ings er ers ly y e ies ied ation ations ions ion ment ments ness ity
        ities en em ern et te ten ter est ung ungen lich liche lichen isch ische ischen
        a o as os ar ado ada ados adas ando iendo cion ciones mente amente idad
        ee ees aient ait ais ons ez ent eur eurs euse if ive ives al aux
        als ally ized ised ize ise izes izing ising izer ated ates ate ating ative able
        ible ic ics ical ian ians ist ists ism i is um""",
    "\u03ff": "ος οι ου ον ους ων α η ης ες εις ια ιων ας ο ι ει ουν ομαι εται ονται σε",
    "\u052f": """
        а я о е и ы у ю ом ем ой ей ам ям ах ях ами ями ов ев ий ый ая яя ое ее ые ие ого
        его ому ему ую юю им ым их ых ть л ла ло ли ет ит ут ют ат ят ешь ишь ся сь ость
        ости ение ения ением ский ская ское ские""",
    "\u097f": "ा े ी ि ो ों ें ियों ियां ियाँ ाओं ाएं ाएँ ने ना नी ता ती ते या ये",
}
#: The same folded, the longest first; Devanagari begins behind Cyrillic and Arabic.
_ENDINGS = {
    last: sorted(
        {"".join(terms_of(ending)) for ending in endings.split()},
        key=lambda ending: (-len(ending), ending),
    )
    for last, endings in _WRITTEN.items()
}
_CYRILLIC, _HINDI = "\u052f", "\u0900"
#: The one ending that even short words lose: wars, taxes; not boss, bus, this.
_PLURAL = re.compile("(?<=...)(?:(?<=[xz])es|(?<=[cs]h)es|(?<=ss)es|(?<![sui])s)$")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_BEFORE = re.compile("^(?:[وفبك]?ال|لل|[وفبلكس])(?=...)")
_ARABIC_AFTER = re.compile("(?<=...)(?:ات|ون|ين|ان|وا|ها|هم|نا|ه|ي|ا)$")
_ARTICLES = ("", "ال", "وال", "بال", "لل")
#: Letters that are left of a word at least.
LEAST = 4


@lru_cache(maxsize=65536)
def stem(key: str) -> str:
    """Return a folded word without its endings; numbers and dense scripts as they are."""
    if _ARABIC.match(key):
        return _ARABIC_AFTER.sub("", _ARABIC_BEFORE.sub("", key))
    if key[0] <= "\u024f":
        key = _PLURAL.sub("", key)
    for last, endings in _ENDINGS.items():
        if key[0] <= last and (last <= _CYRILLIC or key[0] >= _HINDI):
            return _without_endings(key, endings)
    return key


def _without_endings(key: str, endings: list[str]) -> str:
    while len(key) > LEAST:
        ending = next((each for each in endings if key.endswith(each)), "")
        shorter = key.removesuffix(ending)
        if not ending or len(shorter) < LEAST:
            break
        key = shorter
    return key


def beginnings_of(stem_: str) -> list[str]:
    """Return what words with a stem begin with; in Arabic articles may stand before."""
    if _ARABIC.match(stem_):
        return [f"{article}{stem_}" for article in _ARTICLES]
    return [stem_]
