"""One small change that makes a quotation false, in the languages of the pairs.

The words are listed here and not taken from the checker: it shall not examine itself.
"""

import random
import re
from collections.abc import Callable

_GROUPS = {
    "weekday": """
        Monday Tuesday Wednesday Thursday Friday Saturday Sunday
        Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag
        lundi mardi mercredi jeudi vendredi samedi dimanche
        lunes martes miércoles jueves viernes sábado domingo
        понедельник вторник среду четверг пятницу субботу воскресенье
        الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
        星期一 星期二 星期三 星期四 星期五 星期六 星期日
        सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
        Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή""",
    "month": """
        January February March April May June July August September October November
        Januar Februar März April Mai Juni Juli Dezember
        janvier février mars avril mai juin juillet août
        enero febrero marzo abril mayo junio julio agosto
        января февраля марта апреля мая июня июля
        يناير فبراير مارس أبريل مايو يونيو
        一月 二月 三月 四月 五月 六月
        जनवरी फरवरी मार्च अप्रैल मई जून
        Ιανουάριο Φεβρουάριο Μάρτιο Απρίλιο Μάιο""",
    "direction": """
        north south east west
        left right
        nördlich südlich östlich westlich
        links rechts
        nord sud
        gauche droite
        norte sur
        izquierda derecha
        севере юге востоке западе
        слева справа
        شمال جنوب
        يسار يمين
        城北 城南 城东
        左岸 右岸
        उत्तर दक्षिण
        ऊपर नीचे
        βόρεια νότια
        αριστερά δεξιά""",
    "magnitude": """
        thousand million billion
        Tausend Millionen Milliarden
        millions milliards
        millones billones
        миллиона миллиарда
        مليون مليار
        万 亿
        लाख करोड़
        εκατομμύρια δισεκατομμύρια""",
    "unit": """
        euros dollars
        degrees percent metres
        days hours weeks
        Euro Dollar
        Grad Meter
        Tage Stunden
        degrés mètres
        jours heures
        grados metros
        días horas
        рублей долларов
        градусов метров
        دولار يورو
        درجات أمتار
        欧元 美元
        रुपये डॉलर
        डिग्री मीटर
        ευρώ δολάρια""",
    "modal": """
        must may should
        could would will
        müssen dürfen sollen
        doivent peuvent
        deben pueden
        должны могут
        يجب يمكن
        必须 可以
        चाहिए होगा
        πρέπει μπορεί""",
    "name": """
        Anna Karl
        Berg Lind
        Анна Карл
        آنا كارل
        安娜 卡尔
        आशा करण
        Άννα Καρλ""",
}
_NEGATIONS = [
    *("not", "never", "no", "nicht", "nie", "kein", "ne", "jamais", "nunca"),
    *("не", "никогда", "لا", "لم", "لن", "不", "没有", "नहीं", "मत", "δεν", "ποτέ"),
]
_SIGNS = re.compile(r"[\u3400-\u9fff]")
_RIVALS: list[tuple[str, list[str]]] = [
    (kind, line.split())
    for kind, group in _GROUPS.items()
    for line in group.strip().splitlines()
]


def _as_word(word: str) -> str:
    """Return a pattern for a whole word; in Chinese words have no edges."""
    if _SIGNS.match(word):
        return re.escape(word)
    return rf"(?<![^\W_]){re.escape(word)}(?![^\W_]|[\u0900-\u094f])"


def swapped(kind: str, quotation: str, chance: random.Random) -> str | None:
    """Put another word of its group for one: Tuesday for Monday."""
    found = [
        (match.span(), word, rivals)
        for group, rivals in _RIVALS
        if group == kind
        for word in rivals
        for match in re.finditer(_as_word(word), quotation)
    ]
    if not found:
        return None
    (start, end), word, rivals = chance.choice(found)
    other = chance.choice([each for each in rivals if each != word])
    return quotation[:start] + other + quotation[end:]


def names(_: str, quotation: str, chance: random.Random) -> str | None:
    """Let two names change places, or put one for the other."""
    for one, other in [rivals for kind, rivals in _RIVALS if kind == "name"]:
        if one in quotation and other in quotation:
            parts = re.split(f"({one}|{other})", quotation)
            return "".join({one: other, other: one}.get(part, part) for part in parts)
    return swapped("name", quotation, chance)


def digit(_: str, quotation: str, chance: random.Random) -> str | None:
    """Change, drop or add a digit, in its own script."""
    places = [m.start() for m in re.finditer(r"\d", quotation)]
    if not places:
        return None
    place = chance.choice(places)
    zero = ord(quotation[place]) - int(quotation[place])
    other = chr(zero + (int(quotation[place]) + chance.randint(1, 9)) % 10)
    new = chance.choice([other, quotation[place] + other, ""])
    return quotation[:place] + new + quotation[place + 1 :]


def sign(_: str, quotation: str, chance: random.Random) -> str | None:
    """Drop a sign, turn it round, or put one before a number."""
    numbers = [
        m
        for m in re.finditer(r"([-−+]?)(?<![\d.,٫])\d", quotation)
        if m[1] or not quotation[m.start() - 1 : m.start()].isalpha()
    ]
    if not numbers:
        return None
    match = chance.choice(numbers)
    new = chance.choice(["", "+"]) if match[1] else chance.choice("-−")
    end = match.start() + len(match[1])
    return quotation[: match.start()] + new + quotation[end:]


def decimal(_: str, quotation: str, chance: random.Random) -> str | None:
    """Move or drop the mark in a number, or a dash of a range."""
    found = [m.start() for m in re.finditer(r"(?<=\d)[.,٫–-](?=\d)", quotation)]
    if not found:
        return None
    place = chance.choice(found)
    before, mark, after = quotation[:place], quotation[place], quotation[place + 1 :]
    return before + chance.choice([after, after[0] + mark + after[1:]])


def negation(_: str, quotation: str, chance: random.Random) -> str | None:
    """Drop a negation, or put one in."""
    found = [
        match.span()
        for word in _NEGATIONS
        for match in re.finditer(_as_word(word) + " ?", quotation, re.IGNORECASE)
    ]
    if found and chance.random() < 0.5:
        start, end = chance.choice(found)
        return (quotation[:start] + quotation[end:]).strip()
    word = chance.choice(_NEGATIONS)
    if _SIGNS.search(quotation):
        place = chance.randint(1, len(quotation) - 1)
        return f"{quotation[:place]}{word}{quotation[place:]}"
    words = quotation.split(" ")
    words.insert(chance.randint(0, len(words)), word)
    return " ".join(words)


Mutation = Callable[[str, str, random.Random], str | None]
MUTATIONS: dict[str, Mutation] = {
    "digit": digit,
    "sign": sign,
    "decimal": decimal,
    "unit": swapped,
    "magnitude": swapped,
    "weekday": swapped,
    "month": swapped,
    "direction": swapped,
    "negation": negation,
    "modal": swapped,
    "name": names,
}


def mutated(kind: str, quotation: str, chance: random.Random) -> str | None:
    """Return the quotation with one change of this kind; ``None``: it has no place."""
    changed = MUTATIONS[kind](kind, quotation, chance)
    return None if changed in (None, quotation) else changed
