"""`make run`, as far as a test can watch it: from nothing to a page."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.conf import settings

from tracker import demo

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def start(folder, **variables):
    """Start the demo on a database of its own; return program and what it printed."""
    chosen = re.compile("TRACKER_|DATABASE_URL|SECRET_KEY|DJANGO_SETTINGS_MODULE")
    environment = {
        name: value for name, value in os.environ.items() if not chosen.match(name)
    }
    environment |= {"TRACKER_DATA_DIR": str(folder), **variables}
    program = subprocess.Popen(
        [sys.executable, "-m", "tracker.demo"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    printed = ""
    for line in program.stdout:
        printed += line
        if line.startswith("Control-C"):
            break
    return program, printed


def end(program) -> None:
    program.terminate()
    program.wait(timeout=20)
    program.stdout.close()


def page(address: str) -> bytes:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address) as response:
                return response.read()
        except ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer")


@pytest.mark.sqlite
def test_from_nothing_to_a_page_and_again(tmp_path):
    folder = tmp_path / "var"
    program, printed = start(folder)
    try:
        address = ADDRESS.search(printed)[0]
        assert b"csrfmiddlewaretoken" in page(f"{address}/admin/login/")
        assert b"--body-bg" in page(f"{address}/static/admin/css/base.css")
    finally:
        end(program)
    for name in ["secret_key", "demo_logins.txt"]:
        assert (folder / name).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    logins = (folder / "demo_logins.txt").read_text()
    assert [line.split()[0] for line in logins.splitlines()] == [
        "user",
        *[name for name, _ in demo.LOGINS],
    ]
    assert logins in printed

    again, printed = start(folder)
    end(again)
    assert logins in printed
    assert "Loading" not in printed


def test_a_taken_port_that_was_asked_for_gets_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with pytest.raises(SystemExit, match=f"Port {port} is taken: choose another"):
            demo.listen(port)


@pytest.mark.parametrize("wanted", ["http", "0", "65536", "-1"])
def test_a_port_that_is_none_gets_one_sentence(wanted):
    with pytest.raises(SystemExit, match="must be a number up to 65535"):
        demo.listen(wanted)


def test_without_a_wish_a_free_port_is_found():
    with demo.listen("") as first, demo.listen("") as second:
        assert first.getsockname()[1] != second.getsockname()[1]


def test_a_private_file_is_whole_or_not_there(tmp_path):
    path = tmp_path / "secret"
    demo.write_private(path, "first")
    demo.write_private(path, "second")
    assert path.read_text() == "second\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret"]
