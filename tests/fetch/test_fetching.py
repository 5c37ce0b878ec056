"""Fetching: what is dialled, what is sent, and where a hostile server is cut off.

The only live target is a server of ours on loopback. ``Loopback`` records what would
have been dialled; nothing here can reach another machine.
"""

import gzip
import itertools
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from claims.fetch import (
    Fetched,
    FetchError,
    Hop,
    Known,
    Limits,
    Network,
    Reason,
    fetch,
)
from tests.fetch.test_addresses import INNER_NAMES, NOT_UNDERSTOOD, SPELT_ODDLY
from tests.fetch.test_networks import REFUSED
from tests.scripted import PUBLIC, Loopback, Server, page, redirect, scripted

#: Short, so that tests are; what is tested is that they hold.
LIMITS = Limits(
    total_seconds=1.0, connect_seconds=0.5, read_seconds=0.5, body_bytes=200_000
)
AGENT = "Tracker of the tests (+http://claims.example/about/)"


def fetched(url: str, network: Network, **options: Any) -> Fetched:
    return fetch(url, limits=LIMITS, agent=AGENT, network=network, **options)


def fault(url: str, network: Network, **options: Any) -> Reason:
    with pytest.raises(FetchError) as caught:
        fetched(url, network, **options)
    assert str(caught.value).endswith(".")
    return caught.value.reason


# What comes back


def test_a_page_is_fetched_with_everything_worth_keeping() -> None:
    with scripted(page(b"<p>Hello.</p>", X_Odd="Zo\u00eb")) as server:
        network = Loopback(server)
        got = fetched("http://news.example/a?b#c", network)

    assert got.body == b"<p>Hello.</p>"
    assert (got.url, got.status, got.redirects) == ("http://news.example/a?b", 200, ())
    assert got.header("content-type") == "text/html"
    assert got.header("x-odd") == "Zo\u00eb"
    assert got.header("x-missing") == ""
    assert got.peer == PUBLIC
    assert got.fetched_at.tzinfo is not None
    assert network.looked_up == ["news.example"]
    assert network.dialled == [(PUBLIC, 80)]


def test_a_header_in_an_old_encoding_is_read() -> None:
    said = page(b"Hello.", X_Odd="Zoe").replace(b"Zoe", b"Zo\xeb")
    with scripted(said) as server:
        assert (
            fetched("http://news.example/", Loopback(server)).header("x-odd") == "Zoë"
        )


def test_a_page_that_is_gone_is_fetched_with_its_status() -> None:
    with scripted(page(b"Gone.", "410 Gone")) as server:
        got = fetched("http://news.example/", Loopback(server))
    assert (got.status, got.body) == (410, b"Gone.")


def test_a_request_says_who_asks_and_nothing_else() -> None:
    with scripted(page()) as server:
        fetched("http://news.example/a%20b?q=\u00e9", Loopback(server))
    assert server.requests == [
        b"GET /a%20b?q=%C3%A9 HTTP/1.1\r\n"
        b"Host: news.example\r\n"
        b"User-Agent: " + AGENT.encode() + b"\r\n"
        b"Accept: text/html, application/xhtml+xml, application/pdf, text/plain, "
        b"*/*;q=0.5\r\n"
        b"Accept-Encoding: gzip, deflate\r\n"
        b"Connection: close\r\n\r\n"
    ]


def test_a_packed_page_is_unpacked() -> None:
    packed = gzip.compress(b"<p>Hello.</p>")
    with scripted(page(packed, Content_Encoding="gzip")) as server:
        assert fetched("http://news.example/", Loopback(server)).body == (
            b"<p>Hello.</p>"
        )


def test_a_page_in_chunks_is_put_together() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with scripted([head, b"3\r\nHel\r\n", b"3\r\nlo.\r\n", b"0\r\n\r\n"]) as server:
        assert fetched("http://news.example/", Loopback(server)).body == b"Hello."


# What is known already

KNOWN = Known("http://news.example/a", '"v1"', "Mon, 02 Mar 2026 12:00:00 GMT")


def test_a_page_that_is_known_is_asked_for_only_if_it_changed() -> None:
    with scripted(page(b"", "304 Not Modified", ETag='"v1"')) as server:
        got = fetched("http://news.example/a", Loopback(server), known=KNOWN)
    assert (got.status, got.body, got.header("etag")) == (304, b"", '"v1"')
    (request,) = server.requests
    assert b'If-None-Match: "v1"\r\n' in request
    assert b"If-Modified-Since: Mon, 02 Mar 2026 12:00:00 GMT\r\n" in request


def test_no_other_address_is_asked_with_what_is_known_of_one() -> None:
    with scripted(redirect("/a"), page()) as server:
        fetched("http://news.example/old", Loopback(server), known=KNOWN)
    first, second = server.requests
    assert b"If-None-Match" not in first
    assert b"If-None-Match" in second


@pytest.mark.parametrize("etag", ["", '"a"\r\nCookie: x', '"\u00e9"', "x" * 301])
def test_what_could_be_read_as_another_header_is_not_sent(etag: str) -> None:
    with scripted(page()) as server:
        known = Known("http://news.example/a", etag)
        fetched("http://news.example/a", Loopback(server), known=known)
    assert b"If-None-Match" not in server.requests[0]
    assert b"Cookie" not in server.requests[0]


def test_a_pdf_file_may_be_larger_than_a_page() -> None:
    limits = Limits(body_bytes=1000, decoded_bytes=1000, pdf_bytes=5000)
    large = b"%PDF-" + b"x" * 3000
    pdf = page(large, **{"Content-Type": "Application/PDF; x=y"})
    with scripted(pdf, page(large)) as server:
        network = Loopback(server)
        got = fetch("http://news.example/", limits=limits, network=network)
        with pytest.raises(FetchError) as caught:
            fetch("http://news.example/", limits=limits, network=network)
    assert got.body == large
    assert caught.value.reason == Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("errno", "reason"),
    [
        (socket.EAI_AGAIN, Reason.NAME_SERVER),
        (socket.EAI_NONAME, Reason.UNKNOWN_NAME),
    ],
)
def test_a_name_nobody_knows_is_told_from_servers_that_do_not_answer(
    errno: int, reason: Reason
) -> None:
    class Failing(Network):
        @staticmethod
        def look_up(*_args: Any, **_options: Any) -> Any:
            raise socket.gaierror(errno, "no")

    assert fault("http://news.example/", Failing()) == reason


# What is never dialled

CANARY = [
    *NOT_UNDERSTOOD,
    *(f"http://{host}:{{port}}/" for host in (*SPELT_ODDLY, *INNER_NAMES)),
    *(
        f"http://[{address}]:{{port}}/"
        if ":" in address
        else f"http://{address}:{{port}}/"
        for address in REFUSED
    ),
]


@pytest.fixture(scope="module")
def canary() -> Iterator[Server]:
    """A server that all of these would reach, if anything were dialled."""
    with scripted(page(b"You should not be here.")) as server:
        yield server


class Recorder(Network):
    """The real network, with what it dials written down first."""

    def __init__(self) -> None:
        self.dialled: list[tuple[str, int]] = []

    def dial(self, address: str, port: int, seconds: float) -> Any:
        self.dialled.append((address, port))
        return super().dial(address, port, seconds)


@pytest.mark.parametrize("url", CANARY)
def test_no_spelling_reaches_this_machine(canary: Server, url: str) -> None:
    network = Recorder()
    # The port is let through, so that the address alone is what is refused.
    allow = {("127.0.0.99", canary.port)}
    with pytest.raises(FetchError):
        fetch(
            url.replace("{port}", str(canary.port)),
            limits=LIMITS,
            network=network,
            allow=allow,
        )
    assert network.dialled == []
    assert canary.connections == 0


@pytest.mark.parametrize("address", REFUSED)
def test_a_name_that_leads_inside_is_refused(canary: Server, address: str) -> None:
    network = Loopback(canary, names={"evil.example": [[address]]})
    assert fault("http://evil.example/", network) is Reason.REFUSED
    assert network.dialled == []


@pytest.mark.parametrize("answers", [[PUBLIC, "10.0.0.1"], ["::1", PUBLIC]])
def test_one_inner_answer_refuses_a_name_whole(
    canary: Server, answers: list[str]
) -> None:
    network = Loopback(canary, names={"evil.example": [answers]})
    assert fault("http://evil.example/", network) is Reason.REFUSED
    assert network.dialled == []


def test_a_public_address_of_this_very_machine_is_refused(canary: Server) -> None:
    network = Loopback(canary, own={PUBLIC})
    assert fault("http://news.example/", network) is Reason.REFUSED
    assert network.dialled == []


def test_a_name_that_changes_its_answer_is_looked_up_once() -> None:
    names = {"evil.example": [[PUBLIC], ["127.0.0.1"]]}
    with scripted(page()) as server:
        network = Loopback(server, names=names)
        fetched("http://evil.example/", network)
    assert network.looked_up == ["evil.example"]
    assert network.dialled == [(PUBLIC, 80)]


def test_a_redirect_is_judged_anew() -> None:
    names = {"evil.example": [[PUBLIC], ["127.0.0.1"]]}
    with scripted(redirect("/again")) as server:
        network = Loopback(server, names=names)
        assert fault("http://evil.example/", network) is Reason.REFUSED
    assert network.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize("status", ["301 a", "302 b", "303 c", "307 d", "308 e"])
@pytest.mark.parametrize("hop", [1, LIMITS.redirects])
@pytest.mark.parametrize(
    "location", ["http://127.0.0.1/", "http://[::1]/", "http://inner.example/"]
)
def test_a_redirect_inside_is_refused_at_any_hop(
    status: str, hop: int, location: str
) -> None:
    way = [redirect(f"/{number}", status) for number in range(1, hop)]
    with scripted(*way, redirect(location, status)) as server:
        network = Loopback(server, names={"inner.example": [["192.168.1.1"]]})
        assert fault("http://news.example/", network) is Reason.REFUSED
    assert network.dialled == [(PUBLIC, 80)] * hop


@pytest.mark.parametrize(
    "scheme", ["file", "ftp", "gopher", "dict", "data", "javascript", "blob", "ws"]
)
def test_a_redirect_out_of_the_web_is_refused(scheme: str) -> None:
    with scripted(redirect(f"{scheme}://news.example/")) as server:
        assert fault("http://news.example/", Loopback(server)) is Reason.ADDRESS


def test_an_allowed_address_is_that_one_alone() -> None:
    with scripted(page()) as server, scripted(page()) as other:
        allow = {("127.0.0.1", server.port)}
        network = Recorder()
        assert fetched(
            f"http://127.0.0.1:{server.port}/", network, allow=allow
        ).status == (200)
        reason = fault(f"http://127.0.0.1:{other.port}/", network, allow=allow)
    assert reason is Reason.ADDRESS
    assert other.connections == 0


def test_meta_refresh_and_scripts_lead_nowhere() -> None:
    body = (
        b'<meta http-equiv="refresh" content="0; url=http://127.0.0.1/">'
        b"<script>location = 'http://127.0.0.1/'</script>"
    )
    with scripted(page(body, Refresh="0; url=http://127.0.0.1/")) as server:
        network = Loopback(server)
        assert fetched("http://news.example/", network).body == body
    assert len(network.dialled) == 1


# Redirects


def test_redirects_are_followed_and_listed() -> None:
    with scripted(redirect("//other.example/b"), page(b"There.")) as server:
        got = fetched("http://news.example/a", Loopback(server))
    assert got.url == "http://other.example/b"
    assert got.redirects == (Hop("http://news.example/a", 302),)
    assert got.body == b"There."


def test_a_redirect_to_an_encrypted_page_is_dialled_there() -> None:
    with scripted(redirect("https://other.example/b"), page()) as server:
        network = Loopback(server)
        fault("http://news.example/a", network)  # our server does not encrypt
    assert network.dialled == [(PUBLIC, 80), (PUBLIC, 443)]


def test_cookies_and_referrers_are_not_carried_on() -> None:
    first = page(
        b"", "302 Found", Location="http://b.example/", Set_Cookie="id=7; Path=/"
    )
    with scripted(first, page()) as server:
        fetched("http://a.example/", Loopback(server))
    said = server.requests[1].lower()
    for word in (b"cookie", b"referer", b"authorization", b"id=7"):
        assert word not in said


def test_redirects_end_somewhere() -> None:
    with scripted(redirect("/again")) as server:
        network = Loopback(server)
        assert fault("http://news.example/", network) is Reason.TOO_MANY_REDIRECTS
    assert len(network.dialled) == LIMITS.redirects + 1


def test_a_redirect_to_nowhere_is_a_page() -> None:
    with scripted(page(b"Hm.", "302 Found")) as server:
        assert fetched("http://news.example/", Loopback(server)).body == b"Hm."


# Proxies of the environment


def test_proxies_and_passwords_of_the_environment_are_ignored(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine news.example login ada password hunter2\n")
    with scripted(page(b"Proxy.")) as proxy, scripted(page(b"Page.")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NETRC", str(netrc))
        got = fetched("http://news.example/", Loopback(server))
    assert got.body == b"Page."
    assert proxy.connections == 0
    assert b"uthorization" not in server.requests[0]


# Encryption


def test_an_encrypted_page_is_fetched_under_its_name() -> None:
    with scripted(page(), certificate="good.pem") as server:
        network = Loopback(server)
        assert fetched("https://news.example/", network).status == 200
    assert network.dialled == [(PUBLIC, 443)]
    assert b"Host: news.example\r\n" in server.requests[0]


@pytest.mark.parametrize("certificate", ["other.pem", "expired.pem"])
def test_a_certificate_that_does_not_hold_ends_it(certificate: str) -> None:
    with scripted(page(), certificate=certificate) as server:
        assert fault("https://news.example/", Loopback(server)) is Reason.TLS
    assert server.requests == []
    assert server.connections == 1  # no second try without checking


def test_an_authority_nobody_knows_ends_it() -> None:
    class Trusting(Loopback):
        def trust(self) -> Any:
            return Network.trust(self)  # the real one, which knows no tests

    with scripted(page(), certificate="good.pem") as server:
        assert fault("https://news.example/", Trusting(server)) is Reason.TLS


# Servers that mean no good


def endless(piece: bytes, pause: float = 0) -> Iterator[bytes]:
    while True:
        time.sleep(pause)
        yield piece


def after(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    return itertools.chain([head], rest)


OK = b"HTTP/1.1 200 OK\r\n"
HOSTILE = {
    "headers without end": (after(OK, endless(b"X-A: b\r\n" * 99)), Reason.TOO_LARGE),
    "one header of a megabyte": (OK + b"X: " + b"a" * 2**20, Reason.TOO_LARGE),
    "early hints for ever": (
        endless(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 99),
        Reason.TOO_LARGE,
    ),
    "a body without end": (after(OK + b"\r\n", endless(b"a" * 9999)), Reason.TOO_LARGE),
    "a body longer than said": (
        after(OK + b"Content-Length: 4294967296\r\n\r\n", endless(b"a" * 9999)),
        Reason.TOO_LARGE,
    ),
    "a bomb": (
        page(gzip.compress(bytes(30 * 2**20)), Content_Encoding="gzip"),
        Reason.TOO_LARGE,
    ),
    "a bomb in a bomb": (
        page(gzip.compress(gzip.compress(bytes(2**24))), Content_Encoding="gzip, gzip"),
        Reason.ENCODING,
    ),
    "another packing": (page(b"x", Content_Encoding="br"), Reason.ENCODING),
    "a drip of headers": (after(OK, endless(b"X", 0.1)), Reason.TIMEOUT),
    "a drip of body": (after(OK + b"\r\n", endless(b"X", 0.1)), Reason.TIMEOUT),
    "silence": (endless(b"", 0.1), Reason.TIMEOUT),
    "a chunk of no size": (
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        Reason.BROKEN,
    ),
    "a chunk size without end": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"0" * 300_000,
        Reason.BROKEN,
    ),
    "a body shorter than said": (page(b"ab", Content_Length="3"), Reason.BROKEN),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", Reason.BROKEN),
    "nothing": (b"", Reason.BROKEN),
    "another protocol": (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        Reason.BROKEN,
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_server_is_cut_off_in_time(case: str) -> None:
    script, reason = HOSTILE[case]
    began = time.monotonic()
    with scripted(script) as server:
        assert fault("http://news.example/", Loopback(server)) is reason
        took = time.monotonic() - began
    assert took < LIMITS.total_seconds + 1


def test_all_redirects_together_have_one_limit_of_time() -> None:
    def slowly(_request: bytes) -> Iterator[bytes]:
        time.sleep(0.3)
        yield redirect("/again")

    with scripted(slowly) as server:
        assert fault("http://news.example/", Loopback(server)) is Reason.TIMEOUT
    assert 2 <= server.connections <= 4


def test_a_server_that_never_encrypts_is_cut_off() -> None:
    with scripted(endless(b"", 0.1)) as server:
        reason = fault("https://news.example/", Loopback(server))
    assert reason in (Reason.TIMEOUT, Reason.TLS)


# Names and connections


def test_the_next_address_of_a_name_is_tried() -> None:
    second = "8.8.8.8"
    with scripted(page()) as server:
        names = {"news.example": [[PUBLIC, second]]}
        network = Loopback(server, names=names, dead={PUBLIC})
        assert fetched("http://news.example/", network).peer == second
    assert network.dialled == [(PUBLIC, 80), (second, 80)]


def test_a_server_that_is_down_is_told_apart() -> None:
    assert fault("http://news.example/", Loopback()) is Reason.CONNECTION


def test_a_name_without_addresses_is_unknown() -> None:
    network = Loopback(names={"news.example": [[]]})
    assert fault("http://news.example/", network) is Reason.UNKNOWN_NAME


def test_the_network_looks_up_names_once_each() -> None:
    assert Network().addresses_of("localhost", 5)
    with pytest.raises(FetchError) as caught:
        Network().addresses_of("a" * 64 + ".example", 5)
    assert caught.value.reason is Reason.UNKNOWN_NAME


def test_looking_up_takes_no_longer_than_it_may() -> None:
    class Slow(Network):
        @staticmethod
        def look_up(*_name: Any, **_kind: Any) -> list[Any]:
            time.sleep(0.3)
            return []

    with pytest.raises(FetchError) as caught:
        Slow().addresses_of("news.example.", 0.05)
    assert caught.value.reason is Reason.TIMEOUT


def test_the_network_knows_the_addresses_of_this_machine() -> None:
    assert Network().is_own("127.0.0.1")
    assert not Network().is_own("127.0.0.2")  # dialled from 127.0.0.1


def test_the_network_makes_sure_who_answers() -> None:
    """Systems dial 0.0.0.0 as this machine; who answers tells."""
    with scripted(page()) as server, pytest.raises(FetchError) as caught:
        Network().dial("0.0.0.0", server.port, 1)
    assert caught.value.reason is Reason.REFUSED


def test_a_closed_port_is_a_connection_that_failed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    url = f"http://127.0.0.1:{port}/"
    assert fault(url, Network(), allow={("127.0.0.1", port)}) is Reason.CONNECTION
