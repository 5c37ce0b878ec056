"""Asks a site as a reader or an editor does, one request after another, and clocks it."""

import statistics
import time
from collections.abc import Sequence
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from .figures import Value

WARM_UPS = 3
#: A page that takes seconds is asked for as often as there is time, and so many times.
ENOUGH_SECONDS, FEWEST = 20.0, 5
TIMEOUT_SECONDS = 120


class Answer(NamedTuple):
    """What a site said, and how long it took to say it."""

    status: int
    headers: HTTPMessage
    body: bytes
    seconds: float


class Client:
    """Cookies of one person; each request has a connection of its own, as behind nginx."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.cookies: dict[str, str] = {}

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: Sequence[tuple[str, str]]) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields), kind)

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> Answer:
        if self.cookies:
            pairs = [f"{name}={value}" for name, value in self.cookies.items()]
            headers["Cookie"] = "; ".join(pairs)
        started = time.perf_counter()
        connection = HTTPConnection(self.host, timeout=TIMEOUT_SECONDS)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        seconds = time.perf_counter() - started
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Answer(response.status, response.headers, content, seconds)

    def log_in(self, name: str, password: str, path: str = "/admin/login/") -> None:
        fields = dict(form_fields(self.get(path).body))
        fields |= {"username": name, "password": password, "next": "/admin/"}
        answer = self.post(path, list(fields.items()))
        if answer.status != 302:
            raise RuntimeError(f"{name} could not log in: {answer.status}")


def measured(
    site: Any, paths: Sequence[str], requests: int, client: Client | None = None
) -> Value:
    """Ask for these paths in turn; return the median processor time in milliseconds.

    That is what the server's processes took, and what the database's backends did,
    which stands beside it too. The paths differ, so that nothing is answered twice.
    """
    client = client or Client(site.address)
    for path in paths[-WARM_UPS:]:
        expect_good(client.get(path), path)
    web, database, wall, worst = [], [], [], 0.0
    begun = time.perf_counter()
    for number in range(requests):
        path = paths[number % len(paths)]
        before = site.cpu()
        answer = client.get(path)
        after = site.cpu()
        expect_good(answer, path)
        web.append(after.web - before.web)
        database.append(after.database - before.database)
        wall.append(answer.seconds)
        worst = max(worst, web[-1] + database[-1])
        if time.perf_counter() - begun > ENOUGH_SECONDS and len(web) >= FEWEST:
            break
    both = [one + other for one, other in zip(web, database, strict=True)]
    return Value(
        statistics.median(both) * 1000,
        {
            "database_ms": statistics.median(database) * 1000,
            "worst_ms": worst * 1000,
            "wall_ms": statistics.median(wall) * 1000,
            "kilobytes": len(answer.body) / 1024,
            "status": str(answer.status),
            "requests": len(web),
        },
    )


def expect_good(answer: Answer, path: str) -> None:
    if answer.status not in (200, 304):
        beginning = answer.body[:300].decode(errors="replace")
        raise RuntimeError(f"{path} answered {answer.status}: {beginning}")


class FormReader(HTMLParser):
    """Reads what a browser would send of the first form with a token."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        name, value = has.get("name") or "", has.get("value")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in has:
            self.fields.append((self.select, value or ""))
        elif tag == "textarea":
            self.area = name
            self.fields.append((name, ""))
        elif tag == "input" and name:
            self.read_input(name, value, has)

    def read_input(
        self, name: str, value: str | None, has: dict[str, str | None]
    ) -> None:
        kind = has.get("type", "text")
        if kind in ("submit", "button", "file", "image", "search"):
            return
        if kind in ("checkbox", "radio"):
            if "checked" in has:
                self.fields.append((name, "on" if value is None else value))
            return
        self.fields.append((name, value or ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            # The newline right after the tag is not part of the value.
            name, before = self.fields[-1]
            self.fields[-1] = (name, before + (data if before else data.lstrip("\n")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""


def form_fields(body: bytes) -> list[tuple[str, str]]:
    """Return the fields of a page's forms as a browser would send them."""
    reader = FormReader()
    reader.feed(body.decode())
    return reader.fields
