"""Imports point one way (design, section 6), read from the source itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PURE = {"workflow", "checking", "intake", "formats"}
DOORS = {"views", "admin", "management"}
#: What each room may import of ours, itself always included.
MAY_IMPORT: dict[str, set[str]] = {
    **{room: set() for room in PURE},
    "models": {"workflow", "checking"},
    "permissions": {"models", "workflow"},
    "triggers": set(),
    "publishing": {"search", "models", *PURE},
    "reading": {"publishing", "search", "models", *PURE},  # for the doors alone
    "search": {"models", *PURE},
    "moves": {"publishing", "search", "permissions", "models", *PURE},
    "fetch": set(),
    "jobs": {
        "moves",
        "publishing",
        "permissions",
        "models",
        "search",
        "fetch",
        "triggers",
        *PURE,
    },
    "installation": {"models", "publishing", "search", "triggers", *PURE},
    "checks": {"models", "search", "triggers", *PURE},
    "apps": {"installation", "checks", "models", "publishing", "admin"},  # wires them
}
EVERYTHING_BELOW_THE_DOORS = {*MAY_IMPORT} - {"apps"}
#: Doors, and what only doors and templates use: each imports what is below, and itself.
FOR_DOORS = {*DOORS, "templatetags", "middleware"}
#: What opens connections; ``urllib.parse`` and the like do not.
NETWORK_MODULES = (
    *("socket", "asyncio", "ftplib", "http.client", "imaplib", "poplib", "smtplib"),
    *("telnetlib", "urllib.request", "xmlrpc.client"),
    *("aiohttp", "anyio", "httpcore", "httpx", "pycurl", "requests", "urllib3"),
    "warcio.capture_http",
    # Reads pages, and fetches them too if asked by these names.
    *("trafilatura.downloads", "trafilatura.fetch_url", "trafilatura.fetch_response"),
)

MODULES = sorted(
    path
    for path in (ROOT / "claims").rglob("*.py")
    if "migrations" not in path.parts and path != ROOT / "claims/__init__.py"
)


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    """Yield the full name of everything a module imports, relative ones resolved."""
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{stem}.{alias.name}" for alias in node.names)


def room_of(name: str) -> str:
    return name.split(".")[1]


def rooms_imported(path: Path) -> set[str]:
    ours = {name for name in imported(path) if name.startswith("claims.")}
    return {room_of(name) for name in ours} - {room_of(module_name(path))}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: module_name(path))
def test_a_module_imports_only_from_rooms_below(path):
    room = room_of(module_name(path))
    allowed = MAY_IMPORT.get(room, EVERYTHING_BELOW_THE_DOORS)
    if room in DOORS:
        allowed = allowed | {"templatetags"}
    assert room in MAY_IMPORT or room in FOR_DOORS, f"{room} is a room without a row"
    assert rooms_imported(path) <= allowed


def test_doors_never_import_each_other():
    for path in MODULES:
        room = room_of(module_name(path))
        if room in DOORS:
            assert not rooms_imported(path) & (DOORS - {room}), path


def test_wiring_is_imported_by_nothing():
    for path in MODULES:
        wiring = {name for name in imported(path) if name.split(".")[0] == "tracker"}
        assert not wiring, path


def test_tests_are_imported_by_nothing():
    for path in MODULES:
        assert not {name for name in imported(path) if name.split(".")[0] == "tests"}


def opening(path: Path) -> set[str]:
    """Return what a module imports that can open a connection."""
    return {
        name
        for name in imported(path)
        if any(f"{name}.".startswith(f"{each}.") for each in NETWORK_MODULES)
    }


def test_only_one_room_opens_a_socket():
    for path in MODULES:
        if room_of(module_name(path)) != "fetch":
            assert not opening(path), f"{path} opens sockets"


def test_in_that_room_one_module_imports_sockets():
    """The finder sees them there; the others only speak over what it opened."""
    sockets = {path.stem for path in MODULES if "socket.socket" in path.read_text()}
    assert sockets == {"network"}
    assert opening(ROOT / "claims/fetch/network.py") >= {"socket", "httpcore"}


def test_nothing_reads_a_whole_web_library():
    """``import trafilatura`` would bring its own fetching within reach."""
    for path in MODULES:
        assert not {"trafilatura", "urllib", "http"} & set(imported(path)), path


def test_pure_checking_knows_no_django_and_no_clock():
    for path in MODULES:
        if room_of(module_name(path)) != "checking":
            continue
        assert not {name for name in imported(path) if name.startswith("django")}, path
        source = path.read_text(encoding="utf-8")
        assert ".today(" not in source and ".now(" not in source, path


def test_only_publishing_writes_the_record():
    """Every other room reads it; what writes has one of these names."""
    writers = ("create", "bulk_create", "update_or_create", "update", "delete")
    for path in MODULES:
        if room_of(module_name(path)) in ("publishing", "models"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                chain = ast.unparse(node.func)
                assert not (
                    node.func.attr in writers and chain.startswith("Published")
                ), f"{path}: {chain}"


def test_the_finder_resolves_relative_imports():
    """The test itself can fail: it sees what ``from .edits import`` means."""
    names = set(imported(ROOT / "claims/moves/engine.py"))
    assert {"claims.moves.steps.Step", "claims.moves.articles"} <= names
    assert "claims.publishing.content" in names
