"""One answer of a web address, judged (evidence: the table of link health)."""

from collections.abc import Callable

from .answers import Answer, Memory, PageText
from .findings import Finding, FindingKind, Reason
from .likeness import likeness, titles_alike
from .markers import (
    CHALLENGE_CHARACTERS,
    PARKED_CHARACTERS,
    challenge_in,
    error_in,
    parking_in,
    title_in,
)
from .redirects import is_permanent, is_same_place, leads_away
from .waiting import asked_to_wait

#: Half-points: three strikes are 6; what says *gone for good* counts one and a half.
STRIKE = 2
HARD_STRIKE = 3

_THROTTLED = frozenset({429, 503})
#: The server asks to be asked again, or its time was up.
_TRANSIENT = frozenset({408, 425})

#: Texts as like as this are one page; pages of one host share their frame.
SAME_PAGE = 0.9
ALIKE = 0.6
UNLIKE = 0.2
#: Of the last version; less is a page without its article.
SHRUNK_TO = 0.2

#: Codes of ``claims.fetch.Reason``; any other is a broken answer.
_FAILURES: dict[str, Finding] = {
    "unknown-name": Finding(FindingKind.GONE, Reason.NO_SUCH_HOST, strike=HARD_STRIKE),
    **{
        code: Finding(FindingKind.TRANSIENT, reason, strike=STRIKE)
        for code, reason in (
            ("name-server", Reason.NAME_SERVER),
            ("timeout", Reason.TIMEOUT),
            ("connection", Reason.CONNECTION),
            ("tls", Reason.TLS),
            ("too-many-redirects", Reason.TOO_MANY_REDIRECTS),
        )
    },
    "too-large": Finding(FindingKind.BLOCKED, Reason.TOO_LARGE),
    "address": Finding(FindingKind.BLOCKED, Reason.NOT_FETCHED),
    "refused": Finding(FindingKind.BLOCKED, Reason.NOT_FETCHED),
}
_BROKEN = Finding(FindingKind.TRANSIENT, Reason.BROKEN, strike=STRIKE)


def classify(answer: Answer, memory: Memory) -> Finding:
    """Say what one answer shows, in the light of what is remembered.

    A cited quotation that still stands outweighs every sign that the page is an error
    page: what was cited is there.
    """
    if answer.is_disallowed:
        return Finding(FindingKind.BLOCKED, Reason.ROBOTS)
    if answer.status is None:
        return _FAILURES.get(answer.failure, _BROKEN)
    if answer.unchanged or 200 <= answer.status < 300:
        return _page(answer, memory)
    return _refused(answer, answer.status)


def _refused(answer: Answer, status: int) -> Finding:
    """Judge a status that says there is no page for us."""
    seen = str(status)
    if status in _THROTTLED:
        if status != 429 and _is_challenge(answer):
            return Finding(FindingKind.BLOCKED, Reason.CHALLENGE, seen)
        wait = asked_to_wait(answer.retry_after, answer.at)
        return Finding(FindingKind.THROTTLED, Reason.ASKED_TO_WAIT, seen, wait=wait)
    if status == 404:
        return Finding(FindingKind.GONE, Reason.NOT_FOUND, seen, STRIKE)
    if status == 410:
        return Finding(FindingKind.GONE, Reason.GONE_FOR_GOOD, seen, HARD_STRIKE)
    if status >= 500 or status in _TRANSIENT:
        return Finding(FindingKind.TRANSIENT, Reason.SERVER_ERROR, seen, STRIKE)
    # 401, 402, 403, 407, 451, and whatever else a server says that is there: it does not
    # let us in, which is no sign that the page is gone.
    reason = Reason.CHALLENGE if _is_challenge(answer) else Reason.CLOSED
    return Finding(FindingKind.BLOCKED, reason, seen)


def _page(answer: Answer, memory: Memory) -> Finding:
    """Judge a page that came with success."""
    if answer.unchanged and memory.judged:
        return _unchanged(answer, memory)
    if answer.standing and not answer.gone:
        return _alive(answer, memory, Reason.QUOTATIONS_STAND, is_proven=True)
    for judge in _JUDGES:
        finding = judge(answer, memory)
        if finding is not None:
            return finding
    return _alive(answer, memory, Reason.ANSWERED if answer.page else Reason.UNREAD)


def _unchanged(answer: Answer, memory: Memory) -> Finding:
    """Judge the same bytes as before: what they showed then, they show now."""
    kind = FindingKind(memory.judged)
    if kind in (FindingKind.OK, FindingKind.MOVED):
        return _alive(answer, memory, Reason.UNCHANGED, is_proven=True)
    strike = STRIKE if kind == FindingKind.SOFT_404 else 0
    return Finding(kind, Reason(memory.judged_as), strike=strike, gone=memory.gone)


def _alive(
    answer: Answer, memory: Memory, reason: Reason, *, is_proven: bool = False
) -> Finding:
    """Say where a live page stands: at its address, or at another one for good."""
    has_left = is_permanent(answer.hops) and not is_same_place(
        answer.asked_url, answer.url
    )
    if has_left and (is_proven or _is_equivalent(answer, memory)):
        return Finding(
            FindingKind.MOVED,
            Reason.MOVED_FOR_GOOD,
            detail=answer.url,
            moved_to=answer.url,
        )
    return Finding(FindingKind.OK, reason)


def _is_equivalent(answer: Answer, memory: Memory) -> bool:
    page = answer.page
    if page is None:
        return False
    if page.canonical_url and is_same_place(page.canonical_url, answer.asked_url):
        return True
    return titles_alike(page.title, memory.title) or (
        likeness(page.sketch, memory.sketch) >= ALIKE
    )


# Signs, in the order in which they are looked for. Each returns a finding or nothing.


def _challenged(answer: Answer, memory: Memory) -> Finding | None:
    if _is_long(answer.page, CHALLENGE_CHARACTERS) or not _is_challenge(answer):
        return None
    seen = challenge_in(answer.head)
    return Finding(FindingKind.BLOCKED, Reason.CHALLENGE, seen)


def _parked(answer: Answer, memory: Memory) -> Finding | None:
    seen = parking_in(answer.head)
    if not seen or _is_long(answer.page, PARKED_CHARACTERS):
        return None
    return Finding(FindingKind.SUSPECT, Reason.PARKED, seen)


def _in_other_language(answer: Answer, memory: Memory) -> Finding | None:
    """See whether somebody else writes here now: in another language, of other things."""
    page = answer.page
    if page is None or not memory.sketch or not memory.language or not page.language:
        return None
    before, now = (
        tag.partition("-")[0].lower() for tag in (memory.language, page.language)
    )
    is_other = before != now and not titles_alike(page.title, memory.title)
    if not is_other or likeness(page.sketch, memory.sketch) >= UNLIKE:
        return None
    seen = f"{memory.language} → {page.language}"
    return Finding(FindingKind.SUSPECT, Reason.OTHER_LANGUAGE, seen)


def _led_away(answer: Answer, memory: Memory) -> Finding | None:
    reason = leads_away(answer.asked_url, answer.url) if answer.hops else None
    return _soft(reason, answer.url) if reason else None


def _called_an_error(answer: Answer, memory: Memory) -> Finding | None:
    titles = [answer.page.title] if answer.page else []
    for title in (*titles, title_in(answer.head)):
        if error_in(title) and not titles_alike(title, memory.title):
            return _soft(Reason.ERROR_TITLE, title)
    return None


def _empty(answer: Answer, memory: Memory) -> Finding | None:
    return _soft(Reason.EMPTY, "") if answer.is_empty else None


def _like_any_page(answer: Answer, memory: Memory) -> Finding | None:
    """See whether this host answers the same to an address that never was."""
    if answer.page and likeness(answer.page.sketch, answer.sibling) >= SAME_PAGE:
        return _soft(Reason.LIKE_ANY_PAGE, "")
    return None


def _at_other_page(answer: Answer, memory: Memory) -> Finding | None:
    """See whether a redirect led to a page about something else."""
    page = answer.page
    is_away = answer.hops and not is_same_place(answer.asked_url, answer.url)
    if page is None or not is_away or not memory.sketch:
        return None
    if _is_equivalent(answer, memory):
        return None
    if likeness(page.sketch, memory.sketch) >= UNLIKE:
        return None
    return _soft(Reason.TO_OTHER_PAGE, answer.url)


def _shrunk(answer: Answer, memory: Memory) -> Finding | None:
    page = answer.page
    if page is None or page.characters >= memory.characters * SHRUNK_TO:
        return None
    return _soft(Reason.SHRUNK, f"{page.characters} / {memory.characters}")


def _without_quotation(answer: Answer, memory: Memory) -> Finding | None:
    if not answer.gone:
        return None
    return Finding(FindingKind.DEVIATED, Reason.QUOTATION_GONE, gone=answer.gone)


_JUDGES: tuple[Callable[[Answer, Memory], Finding | None], ...] = (
    _challenged,
    _parked,
    _in_other_language,
    _led_away,
    _called_an_error,
    _empty,
    _like_any_page,
    _at_other_page,
    _shrunk,
    _without_quotation,
)


def _soft(reason: Reason, seen: str) -> Finding:
    return Finding(FindingKind.SOFT_404, reason, seen, STRIKE)


def _is_challenge(answer: Answer) -> bool:
    return answer.is_challenge or bool(challenge_in(answer.head))


def _is_long(page: PageText | None, characters: int) -> bool:
    return page is not None and page.characters > characters
