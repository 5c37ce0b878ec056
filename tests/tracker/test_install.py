"""What is said before anything is installed."""

import subprocess
import sys

import pytest
from django.conf import settings

from tracker import install


def find_all(name):
    return name


def test_an_old_python_gets_one_sentence_with_the_remedy():
    sentence = install.missing_prerequisite((3, 9, 2), find_all)
    assert sentence == (
        "Python 3.9 is too old, the tracker needs 3.11 or newer: install one and name "
        "it, as in `make run PYTHON=python3.13`."
    )


@pytest.mark.parametrize("absent", ["venv", "ensurepip"])
def test_a_missing_venv_module_gets_one_sentence_with_the_remedy(absent):
    sentence = install.missing_prerequisite(
        (3, 11, 2), lambda name: None if name == absent else name
    )
    assert "`apt-get install python3-venv`" in sentence
    assert sentence.count(".") == sentence.count("3.11") + 1


def test_a_machine_with_everything_gets_no_sentence():
    assert install.missing_prerequisite(sys.version_info, find_all) is None


def test_what_is_installed_is_not_installed_again(tmp_path):
    pins = tmp_path / "pins.txt"
    pins.write_text("# nothing\n")
    script = settings.BASE_DIR / "tracker" / "install.py"
    folder = tmp_path / "venv"
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    install.write_stamp(folder, "python", install.python_version())
    command = [sys.executable, script, folder, pins]

    def run() -> str:
        return subprocess.run(
            command, check=True, capture_output=True, text=True
        ).stdout

    assert run() == "Installing pins.txt …\n"
    assert run() == ""
    pins.write_text("# nothing, said otherwise\n")
    assert run() == "Installing pins.txt …\n"


def test_every_direct_requirement_says_why_and_every_pin_has_a_hash():
    for name in ["requirements.txt", "requirements-dev.txt"]:
        text = (settings.BASE_DIR / name).read_text()
        direct, _, needed = text.partition("# Needed by the packages above.")
        assert needed
        blocks = direct.split("\n\n", 1)[1].strip().split("\n# ")
        assert len(blocks) > 5
        for block in blocks:
            reason, pin, *hashes = block.removeprefix("# ").splitlines()
            package = reason.partition(": ")[0]
            assert pin.startswith(f"{package}=="), block
            assert any("--hash=sha256:" in line for line in hashes)
        assert "://" not in text
