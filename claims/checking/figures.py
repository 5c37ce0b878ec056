"""What may never differ between two wordings: numbers, signs, negations, modals."""

import re

_NUMBER = re.compile(
    r"[-−–+±<>≤≥~]?\s?[$€£¥]?\d(?:[\d.,/:–-]*\d)?(?:st|nd|rd|th)?"
    r"(?:\s?(?:%|percent|per cent|percentage points?|dozen|hundred|thousand|million"
    r"|billion|trillion|mn|bn|km|kg|m|k)\b|\s?%)?",
    re.IGNORECASE,
)
_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty "
    "sixty seventy eighty ninety hundred hundreds thousand thousands million millions "
    "billion billions trillion dozen dozens half halved third quarter quarters double "
    "doubled triple tripled twice percent first second once"
)
_LIMITS = (
    "not no never none nor neither nothing nobody nowhere without unless except only "
    "hardly barely scarcely few less fewer more most least all any some cannot may "
    "might can could should would must will shall alleged allegedly reportedly "
    "apparently possibly probably perhaps likely unlikely if but up down above below "
    "over under before after increase increased decrease decreased rose fell"
)
_FIXED_WORDS = frozenset(_NUMBER_WORDS.split()) | frozenset(_LIMITS.split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def figures(text: str) -> tuple[list[str], list[str]]:
    """Return the numbers and the limiting words of a text, each in order.

    Two wordings that differ in either do not say the same: “3.4” and “8.4”, “not” and
    nothing, “million” and “billion”, “-5” and “5”.
    """
    numbers = [re.sub(r"\s", "", match[0]) for match in _NUMBER.finditer(text)]
    words = (match[0].lower().replace("’", "'") for match in _WORD.finditer(text))
    limits = [word for word in words if word in _FIXED_WORDS or word.endswith("n't")]
    return numbers, limits
