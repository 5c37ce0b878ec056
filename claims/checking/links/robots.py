"""Whether a host lets us ask: robots.txt, as RFC 9309 reads it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

#: RFC 9309, section 2.5: at least 500 kibibytes are read.
MAX_CHARACTERS = 500 * 1024
_MAX_RULES = 2000

#: Whether it allows, and the path it begins with.
_Rule = tuple[bool, str]


def may_ask(robots: str, url: str, product: str) -> bool:
    """Say whether the rules of a host let a product ask for an address.

    ``product``: our name in small letters. Its own group goes before that of everybody;
    the longest rule that fits decides, and of two as long the one that allows.
    """
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fitting = [
        (len(rule), allows)
        for allows, rule in _rules_for(robots[:MAX_CHARACTERS], product)
        if _fits(rule, path)
    ]
    return max(fitting, default=(0, True))[1]


def _rules_for(robots: str, product: str) -> list[_Rule]:
    own: list[_Rule] | None = None
    of_all: list[_Rule] = []
    for agents, rules in _groups(robots):
        if product in agents:
            own = [*(own or []), *rules]
        elif "*" in agents:
            of_all += rules
    return (of_all if own is None else own)[:_MAX_RULES]


def _groups(robots: str) -> Iterator[tuple[set[str], list[_Rule]]]:
    agents: set[str] = set()
    rules: list[_Rule] = []
    in_rules = False
    for name, value in _lines(robots):
        if name == "user-agent":
            if in_rules:
                yield agents, rules
                agents, rules, in_rules = set(), [], False
            agents.add(value.casefold())
        elif name in ("allow", "disallow"):
            in_rules = True
            # An empty rule fits nothing.
            rules += [(name == "allow", value)] if value else []
    yield agents, rules


def _lines(robots: str) -> Iterator[tuple[str, str]]:
    for line in robots.splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield name.strip().casefold(), value.strip()


def _fits(rule: str, path: str) -> bool:
    """Match a rule: * stands for anything, a closing $ for the end of the path."""
    is_whole = rule.endswith("$")
    first, *pieces = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if not is_whole:
        return True
    # What a star stands for may hold the last piece too, so it is looked for at the end.
    return path.endswith(pieces[-1]) if pieces else path == first
