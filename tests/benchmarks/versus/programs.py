"""Our own commands, as the benchmark runs them: which there are, what they said last."""

from pathlib import Path

from .machine import ROOT


def has_command(name: str) -> bool:
    return (ROOT / "claims" / "management" / "commands" / f"{name}.py").exists()


def last_words(log: Path) -> str:
    return log.read_text(errors="replace")[-600:].strip()
