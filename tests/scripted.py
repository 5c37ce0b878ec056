"""A server on loopback that says what a test scripts, and counts who came."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpcore

from claims.fetch import Network

CERTIFICATES = Path(__file__).parent / "data" / "certificates"
PUBLIC = "93.184.215.14"  # any address that is nobody's secret; nothing is sent there
Script = bytes | Iterable[bytes] | Callable[[bytes], Any]


def page(
    body: bytes = b"<p>Hello.</p>", status: str = "200 OK", **headers: str
) -> bytes:
    """Return a whole response; an underscore in a header's name stands for a dash."""
    headers = {"Content-Type": "text/html", **headers}
    headers.setdefault("Content-Length", str(len(body)))
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""])
    return head.encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return page(b"", status, Location=location)


class Server:
    """Answers each connection with the next of its scripts, the last one ever after.

    A script: bytes, pieces of bytes (sent one by one), or a function of the request.
    """

    def __init__(self, *scripts: Script, certificate: str = "") -> None:
        self.scripts = list(scripts)
        self.requests: list[bytes] = []
        self.connections = 0
        self.certificate = certificate
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._ending = threading.Event()
        self._threads = [threading.Thread(target=self._accept)]

    @property
    def port(self) -> int:
        return self._socket.getsockname()[1]

    def start(self) -> None:
        self._socket.settimeout(0.05)
        self._threads[0].start()

    def stop(self) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join()
        self._socket.close()

    def _accept(self) -> None:
        while not self._ending.is_set():
            try:
                client, _address = self._socket.accept()
            except TimeoutError:
                continue
            number, self.connections = self.connections, self.connections + 1
            script = self.scripts[min(number, len(self.scripts) - 1)]
            thread = threading.Thread(target=self._answer, args=[client, script])
            self._threads.append(thread)
            thread.start()

    def _answer(self, client: socket.socket, script: Script) -> None:
        client.settimeout(5)
        with suppress(OSError):
            self._converse(self._encrypted(client), script)

    def _converse(self, client: socket.socket, script: Script) -> None:
        with closing(client):
            request = b""
            while b"\r\n\r\n" not in request:
                request += client.recv(65536) or b"\r\n\r\n"
            self.requests.append(request)
            said = script(request) if callable(script) else script
            for piece in [said] if isinstance(said, bytes) else said:
                if self._ending.is_set():
                    return
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)

    def _encrypted(self, client: socket.socket) -> socket.socket:
        if not self.certificate:
            return client
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(
            CERTIFICATES / self.certificate, CERTIFICATES / "server.key"
        )
        return context.wrap_socket(client, server_side=True)


@contextmanager
def scripted(*scripts: Script, certificate: str = "") -> Iterator[Server]:
    server = Server(*scripts, certificate=certificate)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class Loopback(Network):
    """A network where every public address is one server of the test.

    ``names``: name → its answers, one list per look-up, the last one ever after; other
    names are public. ``dialled``: what would have been dialled, address and port.
    """

    def __init__(self, server: Server | None = None, **options: Any) -> None:
        self.server = server
        self.names: dict[str, list[list[str]]] = options.get("names", {})
        self.own: set[str] = options.get("own", set())
        self.dead: set[str] = options.get("dead", set())
        self.looked_up: list[str] = []
        self.dialled: list[tuple[str, int]] = []

    def addresses_of(self, name: str, seconds: float) -> list[str]:
        name = name.removesuffix(".")
        self.looked_up.append(name)
        answers = self.names.get(name, [[PUBLIC]])
        return answers[min(self.looked_up.count(name), len(answers)) - 1]

    def is_own(self, address: str) -> bool:
        return address in self.own

    def dial(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        self.dialled.append((address, port))
        if address in self.dead or self.server is None:
            raise httpcore.ConnectError
        return super().dial("127.0.0.1", self.server.port, seconds)

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=CERTIFICATES / "authority.pem")
