"""Reads settings from environment variables; one sentence when a value is wrong."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

WORDS = {"on": True, "true": True, "yes": True, "1": True}
WORDS |= {"off": False, "false": False, "no": False, "0": False}


def env_text(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, *, default: bool) -> bool:
    text = env_text(name, "").lower()
    if not text:
        return default
    if text not in WORDS:
        raise ImproperlyConfigured(f'{name} is "{text}": it can be "on" or "off".')
    return WORDS[text]


def env_choice(name: str, default: str, choices: list[str]) -> str:
    text = env_text(name, default)
    if text not in choices:
        known = ", ".join(f'"{choice}"' for choice in choices)
        raise ImproperlyConfigured(f'{name} is "{text}": it can be one of {known}.')
    return text


def env_number(name: str, default: int) -> int:
    text = env_text(name, str(default))
    if not text.isdecimal():
        raise ImproperlyConfigured(f'{name} is "{text}": it must be a whole number.')
    return int(text)


def env_list(name: str, default: str) -> list[str]:
    """Split at commas; spaces around an entry do not count."""
    parts = (part.strip() for part in env_text(name, default).split(","))
    return [part for part in parts if part]


def env_secret(name: str, fallback: Path) -> str:
    """Read NAME, else the file that NAME_FILE names, else the fallback file."""
    if secret := env_text(name, ""):
        return secret
    path = Path(env_text(f"{name}_FILE", str(fallback)))
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is missing: set it, or {name}_FILE, or run `make run`, which "
            f"writes {path} ({error.strerror})."
        ) from None
