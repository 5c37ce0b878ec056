"""A thousand links on fifty hosts: what each says visit by visit, and what it then is."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from claims.jobs.link_watch import Way, looking
from claims.models import Citation, Document, Probe, StoredCopy
from claims.models.copies import sha256_of
from tests.factories import NOON, make_claim
from tests.links import NOWHERE, FrozenClock, Hosts, Step, story
from tests.scripted import page, redirect

LINKS, HOSTS = 1000, 50
WORDS = "Two of three shops have closed since 2019."
CHANGED = "Three of three shops have closed since 2019."
#: For each step what a look is to show, and the state that holds after it.
Road = list[tuple[str, str]]
DYING: Road = [("gone", "gone"), ("gone", "gone"), ("gone", "dead")]


def parked() -> bytes:
    return page(b"<h1>elm.example</h1><p>This domain is for sale!</p>")


def once(name: str) -> Step:
    """Return a page that knows whether it changed."""

    def said(request: bytes) -> bytes:
        if b'If-None-Match: "1"' in request:
            return page(b"", "304 Not Modified")
        return story(name, WORDS).replace(b"\r\n\r\n", b'\r\nETag: "1"\r\n\r\n', 1)

    return said


#: Name → what the address says visit by visit, and the road that this makes.
LIVES: dict[str, tuple[Callable[[str], list[Step]], Road]] = {
    "steady": (lambda name: [story(name, WORDS)], [("ok", "ok")] * 3),
    "conditional": (lambda name: [once(name)], [("ok", "ok")] * 3),
    "moved": (
        lambda name: [redirect(f"/elsewhere/{name}", "301 Moved")],
        [("moved", "moved")] * 2,
    ),
    "detour": (lambda name: [redirect(f"/elsewhere/{name}")], [("ok", "ok")] * 2),
    "to the front": (
        lambda name: [story(name, WORDS), redirect("/")],
        [("ok", "ok"), *[("soft_404", "soft_404")] * 2, ("soft_404", "dead")],
    ),
    "to a login": (lambda name: [redirect("/login?x")], [("soft_404", "soft_404")]),
    "kind error": (
        lambda name: [story(name, title="Page not found")],
        [*[("soft_404", "soft_404")] * 2, ("soft_404", "dead")],
    ),
    "empty": (lambda name: [page(b"")], [("soft_404", "soft_404")]),
    "shrunk": (
        lambda name: [story(name, WORDS), story(name, words=5)],
        [("ok", "ok"), ("soft_404", "soft_404")],
    ),
    "deviating": (
        lambda name: [story(name, WORDS), story(name, CHANGED)],
        [("ok", "ok"), *[("deviated", "ok")] * 2, *[("deviated", "deviated")] * 2],
    ),
    "wavering": (
        lambda name: [story(name, CHANGED), story(name, WORDS)],
        [("deviated", "ok"), ("ok", "ok")],
    ),
    "missing": (lambda name: [page(b"No.", "404 Not Found")], DYING),
    "for good": (lambda name: [page(b"No.", "410 Gone")], DYING),
    "back again": (
        lambda name: [page(b"No.", "404 Not Found")] * 3 + [story(name, WORDS)],
        [*DYING, ("ok", "ok")],
    ),
    "closed": (lambda name: [page(b"No.", "403 Forbidden")], [("blocked", "blocked")]),
    "walled": (
        lambda name: [page(b"<title>Just a moment...</title><p>Wait.</p>")],
        [("blocked", "blocked")],
    ),
    "failing": (
        lambda name: [
            page(b"Oh.", "500 Oh"),
            page(b"Oh.", "502 Oh"),
            story(name, WORDS),
        ],
        [*[("transient", "transient")] * 2, ("ok", "ok")],
    ),
    "cut off": (
        lambda name: [b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<p>"],
        [("transient", "transient")] * 2,
    ),
    "parked": (lambda name: [parked()], [("suspect", "suspect")]),
    "sold": (
        lambda name: [
            story(name, WORDS),
            story(f"kasino{name}", lang="id", title="Kasino"),
        ],
        [("ok", "ok"), ("suspect", "suspect")],
    ),
    "private": (lambda name: [story(name)], [("blocked", "blocked")]),
}
#: Whole hosts of one kind: what they say to any address.
BUSY: Road = [("throttled", "throttled")]
SHELL: Road = [*[("soft_404", "soft_404")] * 2, ("soft_404", "dead")]
ROBOTS = page(b"User-agent: *\nDisallow: /private")


@dataclass(frozen=True)
class Life:
    """What a link is called here, and the road it has to go."""

    name: str
    road: Road


def lives_of(hosts: Hosts) -> Iterator[tuple[str, Life]]:
    """Script each address; yield it with its life."""
    lives = list(LIVES.items())
    for number in range(LINKS):
        host = number % HOSTS
        if host == 47:
            yield f"{NOWHERE}{host}.example/{number}", Life("no such host", DYING)
        elif host == 48:
            yield f"busy.example/{number}", Life("busy host", BUSY)
        elif host == 49:
            yield f"shell.example/{number}", Life("same to anything", SHELL)
        else:
            life, (script, road) = lives[(number // HOSTS + host) % len(lives)]
            name = f"{life.replace(' ', '-')}-{number}"
            hosts.scripts |= {
                f"h{host}.example/{name}": script(name),
                f"h{host}.example/elsewhere/{name}": [story(name, WORDS)],
                f"h{host}.example/": [story("front")],
                f"h{host}.example/login?x": [story("login")],
                f"h{host}.example/robots.txt": [ROBOTS],
            }
            yield f"h{host}.example/{name}", Life(life, road)


def build(hosts: Hosts) -> dict[int, Life]:
    """Make the links; return the life of each."""
    claim, lives = make_claim(), dict(lives_of(hosts))
    documents = [
        Document(url=f"http://{url}", kind="webpage", title="The story of it all")
        for url in lives
    ]
    Document.objects.bulk_create(documents)
    text = f"Before. {WORDS} After."
    kept = {"provenance": "captured", "retrieved_at": NOON, "text": text}
    StoredCopy.objects.bulk_create(
        StoredCopy(document=document, text_sha256=sha256_of(text), **kept)
        for document in documents
    )
    Citation.objects.bulk_create(
        Citation(claim=claim, document=document, stance="supports", quotation=WORDS)
        for document in documents
    )
    hosts.scripts["busy.example/*"] = [
        page(b"", "503 Busy", Retry_After="Mon, 02 Mar 2026 18:00:00 GMT")
    ]
    hosts.scripts["shell.example/*"] = [story("shell", title="Our shell")]
    return {
        document.pk: life
        for document, life in zip(documents, lives.values(), strict=True)
    }


@dataclass(frozen=True)
class Journey:
    """What became of all links: the life of each, and what was seen of it."""

    lives: dict[int, Life]
    seen: dict[int, Road]

    @property
    def wrong(self) -> dict[int, tuple[Road, Life]]:
        """Links that were judged otherwise than they should have been."""
        return {
            pk: (road, self.lives[pk])
            for pk, road in self.seen.items()
            if road[: len(self.lives[pk].road)] != self.lives[pk].road
        }

    def by_life(self) -> list[tuple[str, int, int, str]]:
        """Return for each life its number of links, those judged right, and its end."""
        links = Counter(self.lives[pk].name for pk in self.seen)
        wrong = Counter(life.name for _road, life in self.wrong.values())
        ends = {life.name: life.road[-1][1] for life in self.lives.values()}
        return [(name, n, n - wrong[name], ends[name]) for name, n in links.items()]


def travel(hosts: Hosts, way: Way, clock: FrozenClock) -> Journey:
    """Let the watch look at every link, day after day, until each has gone its road.

    Of a busy host one link alone is asked for: the others wait with it, and are left
    out.
    """
    lives = build(hosts)
    busy = [pk for pk, life in lives.items() if life.name == "busy host"][1:]
    for pk in busy:
        del lives[pk]
    while True:
        with looking(way) as (links, looks):
            for _looked in looks:
                pass
        if not links:
            return Journey(lives, _seen())
        later = NOON + datetime.timedelta(days=999)
        Document.objects.filter(pk__in=busy).update(next_check_at=later)
        _rest(lives)
        waiting = Document.objects.filter(pk__in=lives, next_check_at__isnull=False)
        soonest = waiting.order_by("next_check_at").first()
        if soonest is not None:
            clock.at = max(clock.at, soonest.next_check_at)


def _seen() -> dict[int, Road]:
    rows = Probe.objects.order_by("at", "pk").values_list("document", "kind", "state")
    found: dict[int, Road] = defaultdict(list)
    for document, kind, state in rows:
        found[document].append((kind, state))
    return found


def _rest(lives: dict[int, Life]) -> None:
    """Leave alone what has gone its road to the end."""
    seen = _seen().items()
    done = [pk for pk, road in seen if len(road) >= len(lives[pk].road)]
    Document.objects.filter(pk__in=done).update(next_check_at=None)
