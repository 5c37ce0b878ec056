"""The same pages again: kept by the page cache, and not changed since the last visit."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.benchmarks.pages import EMPTY
from tests.benchmarks.versus.bench import Bench
from tests.benchmarks.versus.client import Answer, Client, measured
from tests.benchmarks.versus.figures import CPU, OURS, Row, Value
from tests.benchmarks.versus.reads import Facts

TITLE = "Pages that were asked for before"
TIMES_EMPTY = 4
LIST = "/claims/?status=refuted"


class Returning(Client):
    """A reader who was here before, and says so."""

    def __init__(self, address: str, validator: str) -> None:
        super().__init__(address)
        self.validator = validator

    def get(self, path: str, **headers: str) -> Answer:
        return super().get(path, **{"If-None-Match": self.validator, **headers})


class Compressing(Client):
    """A reader whose browser takes compressed pages, as all do."""

    def get(self, path: str, **headers: str) -> Answer:
        return super().get(path, **{"Accept-Encoding": "gzip", **headers})


def rows(bench: Bench) -> Iterator[Row]:
    empty: dict[str, Value] = {}
    found: dict[str, dict[str, Value]] = {}
    for kind in bench.kinds:
        record, title = bench.record(kind), OURS[kind]
        with bench.serve_us(record, keep_pages="on") as site:
            empty[title] = measured(site, [EMPTY], bench.requests * 2)
            status_page = f"/claims/{Facts(bench.record('sqlite')).claims[0]}/"
            for name, path in (("list", LIST), ("status page", status_page)):
                for how, client in ways(path):
                    value = measured(site, [path], bench.requests * 2, client(site))
                    found.setdefault(f"{name}, {how}", {})[title] = value
    yield Row("an empty view behind the same middleware", CPU, empty)
    for name, values in found.items():
        yield Row(name, CPU, values)
        ratios = {
            title: Value(value.number / empty[title].number)
            for title, value in values.items()
        }
        yield Row(f"{name}: against the empty view", "×", ratios, TIMES_EMPTY)


def ways(path: str) -> Iterator[tuple[str, Callable[[Any], Client]]]:
    yield "cached", lambda site: Client(site.address)
    yield "cached, compressed", lambda site: Compressing(site.address)
    yield "304, not changed", lambda site: Returning(site.address, etag(site, path))


def etag(site: Any, path: str) -> str:
    return Client(site.address).get(path).headers.get("ETag", '"none"')
