"""Prints how far the check of quotations can be trusted, and what it costs.

    python tests/benchmarks/quotations.py --mutations 20000 --noise 2000 --seed 1

First the pairs of tests/data/quotations.jsonl, trap by trap: how many false quotations
are accepted and how many genuine ones, by this check, by rapidfuzz's partial ratio from
85, 90 and 95 on, and by other checkers where they are installed (none is required; name
the folder that they were installed into with --beside). Then random mutations of which
none may be accepted, half of them in texts with layout noise; genuine quotations in texts
with such noise; and times for texts of a megabyte.
"""

import argparse
import contextlib
import importlib
import io
import random
import sys
import tempfile
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from claims.checking.quotes import check_quotation  # noqa: E402, needs the path above
from tests.checking.quotes.long_texts import HARD, long_text  # noqa: E402
from tests.checking.quotes.pairs import (  # noqa: E402
    Pair,
    as_arguments,
    false_trials,
    genuine_trials,
    pairs,
)

TRIES = 5
#: Whether a checker accepts a quotation of a text.
Checker = Callable[[str, str], bool]


# The others


def _rapidfuzz(least: int) -> Checker:
    return lambda quotation, text: fuzz.partial_ratio(quotation, text) >= least


def _quotecheck(module: Any) -> Checker:
    return lambda quotation, text: module.check(quotation, text).ok


def _reanchor(module: Any) -> Checker:
    """Accept what it found by the words, not what it calls approximate."""

    def accepts(quotation: str, text: str) -> bool:
        selector = module.TextQuoteSelector(exact=quotation)
        found = module.resolve_quote(text, selector)
        return found is not None and found.method != "approximate"

    return accepts


def _proof_citations(module: Any) -> Checker:
    def accepts(quotation: str, text: str) -> bool:
        offline = {"snapshot": text, "prefer_snapshot": True, "skip_live_fetch": True}
        address = "https://text.example/"
        found = module.verify_citation(
            address, quotation, "q", oa_lookup=False, **offline
        )
        return found["status"] == "verified"

    return accepts


def _krokai(_: Any) -> Checker:
    corpus = importlib.import_module("krokai.corpus")
    verdicts = importlib.import_module("krokai.verdicts")
    verify = importlib.import_module("krokai.verify")

    def accepts(quotation: str, text: str) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "text.txt").write_text(text, encoding="utf-8")
            known = corpus.Corpus([folder], quiet=True)
            return verify.check(quotation, known)[0] in verdicts.CLEAN

    return accepts


OTHERS = {
    "quotecheck": _quotecheck,
    "reanchor": _reanchor,
    "krokai": _krokai,
    "proof_citations": _proof_citations,
}


def others() -> tuple[dict[str, Checker], list[str]]:
    """Return the other checkers that are installed, and why the rest is not compared."""
    found: dict[str, Checker] = {}
    missing: list[str] = []
    for name, adapter in OTHERS.items():
        try:
            checker = adapter(importlib.import_module(name))
            _quietly(checker, "the mill", "There the mill stands.")
        except Exception as error:  # noqa: BLE001, whatever it is, it is not compared
            missing.append(f"{name}: {type(error).__name__}: {error}")
        else:
            found[name] = checker
    return found, missing


def _quietly(checker: Checker, quotation: str, text: str) -> bool | None:
    """Return what a checker says; ``None``: it broke down over it."""
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            return bool(checker(quotation, text))
        except Exception:  # noqa: BLE001, of other people's code
            return None


# The pairs


def table(beside: dict[str, Checker]) -> None:
    ours = {pair.id: _accepts(pair) for pair in pairs()}
    checkers: dict[str, Callable[[Pair], bool | None]] = {
        "this check": lambda pair: ours[pair.id]
    }
    plain = {f"ratio {n}": _rapidfuzz(n) for n in (85, 90, 95)} | beside
    for name, checker in plain.items():
        checkers[name] = lambda pair, checker=checker: _quietly(
            checker, pair.quotation, pair.text
        )
    by_trap: dict[tuple[bool, str], list[Pair]] = defaultdict(list)
    for pair in pairs():
        by_trap[pair.genuine, pair.trap].append(pair)
    for genuine, title in ((False, "False accepted"), (True, "Genuine accepted")):
        print(f"\n{title:36}" + "".join(f"{name:>16}" for name in checkers))
        total: Counter[str] = Counter()
        for (is_genuine, trap), rows in sorted(by_trap.items()):
            if is_genuine is genuine:
                counts = {
                    n: sum(bool(c(row)) for row in rows) for n, c in checkers.items()
                }
                total.update(counts)
                _row(trap, counts.values(), len(rows))
        number = sum(pair.genuine is genuine for pair in pairs())
        _row("together", [total[name] for name in checkers], number)


def _accepts(pair: Pair) -> bool:
    return check_quotation(pair.quotation, pair.text, **as_arguments(pair)).accepted


def _row(name: str, counts: Iterable[int], number: int) -> None:
    cells = "".join(f"{f'{count} of {number}':>16}" for count in counts)
    print(f"{name:36}{cells}")


# Chance


def mutations(number: int, seed: int) -> bool:
    """Print how many random mutations are accepted; return whether none is."""
    tried: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    for trial in false_trials(number, seed):
        match = check_quotation(trial.quotation, trial.text)
        tried[trial.kinds[0]] += 1
        if match.same_words:
            accepted[trial.kinds[0]] += 1
            print(f"  accepted ({match.verdict}): {trial.quotation!r}")
    print(f"\nRandom mutations, seed {seed}")
    for kind in tried:
        _row(kind, [accepted[kind]], tried[kind])
    _row("together", [accepted.total()], tried.total())
    return not accepted


def noise(number: int, seed: int) -> bool:
    """Print how many genuine quotations hold under noise; return whether 98 % do."""
    tried: Counter[str] = Counter()
    held: Counter[str] = Counter()
    together = 0
    for trial in genuine_trials(number, seed):
        same = check_quotation(trial.quotation, trial.text).same_words
        together += same
        tried.update(trial.kinds)
        held.update(trial.kinds if same else ())
    print(f"\nGenuine under layout noise, seed {seed} (one to three kinds at once)")
    for kind in sorted(tried):
        _row(kind, [held[kind]], tried[kind])
    _row("together", [together], number)
    print(f"{together / max(1, number):.2%}")
    return together >= 0.98 * number


# Time


def times(seed: int) -> None:
    text = long_text(seed)
    curly = text.replace(" a", " “a", 2_000)
    print("\nA text of a megabyte: median CPU milliseconds of", TRIES)
    for name, where in (("plain", text), ("with curly marks", curly)):
        print(f" {name}")
        for kind, quotation in _quotations(where, seed).items():
            verdict, taken = _clocked(quotation, where)
            print(f"  {kind:34}{taken:8.1f}  {verdict}")
    print(" hard ones (one try)")
    for name, (quotation, where) in HARD.items():
        verdict, taken = _clocked(quotation, where, tries=1)
        print(f"  {name:34}{taken:8.1f}  {verdict}")
    print(" memory at its highest, in megabytes (text of 1 and of 4 megabytes)")
    for kind, quotation in _quotations(text, seed).items():
        print(
            f"  {kind:34}{_memory(quotation, text):8.1f}{_memory(quotation, text * 4):8.1f}"
        )


def _quotations(text: str, seed: int) -> dict[str, str]:
    chance = random.Random(seed)
    start = text.index("\n", 700_000) + 1
    found = text[start : start + 190].rsplit(" ", 1)[0]
    words = found.split(" ")
    shuffled = text[300_000:300_300].split()[1:-1]
    chance.shuffle(shuffled)
    return {
        "found, exact": found,
        "found, other typography": " ".join(found.split()).replace(" ", "\u00a0", 3),
        "found, in two pieces": f"{' '.join(words[:8])} … {' '.join(words[-8:])}",
        "altered, one word": found.replace(words[5], "coffee", 1),
        "absent": "Nobody expected the price of coffee to double within a year, she said",
        "absent, of words of the text": " ".join(shuffled),
    }


def _clocked(quotation: str, text: str, tries: int = TRIES) -> tuple[str, float]:
    taken = []
    for _ in range(tries):
        start = time.process_time()
        verdict = check_quotation(quotation, text).verdict
        taken.append((time.process_time() - start) * 1000)
    return verdict.value, sorted(taken)[len(taken) // 2]


def _memory(quotation: str, text: str) -> float:
    tracemalloc.start()
    check_quotation(quotation, text)
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return highest / 1024**2


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mutations", type=int, default=20_000, help="default: 20000")
    parser.add_argument("--noise", type=int, default=2_000, help="default: 2000")
    parser.add_argument("--seed", type=int, default=1, help="default: 1")
    parser.add_argument("--beside", metavar="FOLDER", help="site-packages of others")
    chosen = parser.parse_args()
    if chosen.beside:
        sys.path.append(chosen.beside)
    beside, missing = others()
    table(beside)
    for reason in missing:
        print(f"not compared: {reason}")
    good = [mutations(chosen.mutations, chosen.seed), noise(chosen.noise, chosen.seed)]
    times(chosen.seed)
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
