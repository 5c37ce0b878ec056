"""Makes a virtual environment and installs pinned packages into it.

    python3 tracker/install.py FOLDER REQUIREMENTS…

It runs before anything is installed and on Pythons too old for the tracker, so it is
plain Python 3.6 and imports nothing but the standard library. What was installed is
noted in FOLDER by checksum: a second run costs nothing, a changed pin file reinstalls.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import venv

OLDEST = (3, 11)


def main(folder, *requirements):
    problem = missing_prerequisite(sys.version_info, importlib.util.find_spec)
    if problem:
        sys.exit(problem)
    python = os.path.join(folder, "bin", "python")
    if stamp(folder, "python") != python_version() or not os.path.exists(python):
        print("Making the virtual environment in {} …".format(folder), flush=True)
        venv.create(folder, clear=True, with_pip=True)
        write_stamp(folder, "python", python_version())
    for path in requirements:
        install(folder, python, path)


def missing_prerequisite(version, find_module):
    """Return one sentence with the remedy, or None when nothing is missing."""
    running = "{}.{}".format(*version[:2])
    if tuple(version[:2]) < OLDEST:
        return (
            "Python {} is too old, the tracker needs {}.{} or newer: install one and "
            "name it, as in `make run PYTHON=python3.13`."
        ).format(running, *OLDEST)
    if not find_module("venv") or not find_module("ensurepip"):
        return (
            "This Python cannot make virtual environments: on Debian and Ubuntu, "
            "`apt-get install python3-venv` (or python{}-venv) mends it."
        ).format(running)
    return None


def install(folder, python, path):
    with open(path, "rb") as pins:
        checksum = hashlib.sha256(pins.read()).hexdigest()
    name = os.path.basename(path)
    if stamp(folder, name) == checksum:
        return
    print("Installing {} …".format(name), flush=True)
    command = [python, "-m", "pip", "install", "-qq", "--require-hashes"]
    command += ["--disable-pip-version-check", "--requirement", path]
    if subprocess.call(command) != 0:
        sys.exit(
            "The packages of {} could not be installed (pip says why above): look at "
            "the network connection, then run the same command again.".format(name)
        )
    write_stamp(folder, name, checksum)


def python_version():
    return "{}.{}".format(*sys.version_info[:2])


def stamp(folder, name):
    try:
        with open(os.path.join(folder, "installed-" + name)) as noted:
            return noted.read()
    except OSError:
        return None


def write_stamp(folder, name, text):
    with open(os.path.join(folder, "installed-" + name), "w") as noted:
        noted.write(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
