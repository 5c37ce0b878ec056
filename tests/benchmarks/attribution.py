"""Measures how well statements, sources and cues are suggested.

    python tests/benchmarks/attribution.py [FILE …] [--show]

Prints precision, recall and F1 of content, source and cue spans, exact and with an
overlap (intersection over union) of at least one half, and the share of statements with
content and the right source. Without files it takes our own labelled samples, those
that rules were made with and those that were held out.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from claims.checking.attribution import Suggestion, suggest_claims  # noqa: E402

FOLDER = ROOT / "tests" / "data" / "attribution"
MARK = re.compile(r"\{(?P<kind>[A-Z])(?P<numbers>[\d,]*):|\}")
Place = tuple[int, int]


@dataclass
class Sample:
    """A labelled text: spans by kind (Q content, S source, C cue, U and N sentences)."""

    topic: str
    text: str
    spans: list[tuple[str, str, int, int]]
    names: dict[str, str]
    chains: dict[str, tuple[str, ...]]

    def places(self, kind: str) -> set[Place]:
        return {(start, end) for each, _, start, end in self.spans if each == kind}


@dataclass
class Count:
    """Hits and misses of one kind of span."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: set[Place], wanted: set[Place], overlap: float) -> None:
        self.found += len(found)
        self.wanted += len(wanted)
        left = set(wanted)
        for place in sorted(found):
            best = max(left, key=lambda each: likeness(place, each), default=None)
            if best and likeness(place, best) >= overlap:
                left.remove(best)
                self.right += 1

    @property
    def scores(self) -> tuple[float, float, float]:
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.wanted if self.wanted else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0


@dataclass
class Result:
    """What one file of samples gave."""

    exact: dict[str, Count] = field(default_factory=dict)
    overlapping: dict[str, Count] = field(default_factory=dict)
    complete: int = 0
    statements: int = 0
    own_voice: Count = field(default_factory=Count)
    no_claims: int = 0


def samples(path: Path) -> Iterator[Sample]:
    for block in re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        topic, _, rest = block.partition("\n")
        lines = rest.strip().split("\n")
        labels = [line[2:] for line in lines if line.startswith("= ")]
        marked = "\n".join(line for line in lines if not line.startswith("= ")).strip()
        text, spans = unmarked(marked)
        pairs = [label.split(": ", 1) for label in labels]
        people = {number: names.split(" < ") for number, names in pairs}
        yield Sample(
            topic,
            text,
            spans,
            {number: each[0] for number, each in people.items()},
            {number: tuple(each[1:]) for number, each in people.items()},
        )


def unmarked(marked: str) -> tuple[str, list[tuple[str, str, int, int]]]:
    text, at, spans = "", 0, []
    open_marks: list[tuple[str, str, int]] = []
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match["kind"]:
            open_marks.append((match["kind"], match["numbers"], len(text)))
        else:
            kind, numbers, start = open_marks.pop()
            spans += [(kind, each, start, len(text)) for each in numbers.split(",")]
    return text + marked[at:], spans


def likeness(one: Place, other: Place) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def measure(path: Path, show: bool) -> Result:
    result = Result()
    for sample in samples(path):
        suggestions = suggest_claims(sample.text, "2016-03")
        attributed = [each for each in suggestions if each.cue or each.source]
        found = {
            "content": {(each.start, each.end) for each in attributed},
            "source": {each.source for each in attributed if each.source},
            "cue": {each.cue for each in attributed if each.cue},
        }
        for kind, letter in (("content", "Q"), ("source", "S"), ("cue", "C")):
            wanted = sample.places(letter)
            result.exact.setdefault(kind, Count()).add(found[kind], wanted, 1.0)
            result.overlapping.setdefault(kind, Count()).add(found[kind], wanted, 0.5)
            if show and found[kind] != wanted:
                tell(sample, kind, found[kind], wanted)
        count_names(sample, attributed, result, show)
        own = {(each.start, each.end) for each in suggestions if each.kind == "none"}
        result.own_voice.add(own, sample.places("U"), 0.5)
        result.no_claims += len(own & sample.places("N"))
    return result


def tell(sample: Sample, kind: str, found: set[Place], wanted: set[Place]) -> None:
    for place in sorted(found - wanted):
        print(f"  {sample.topic}: {kind} + {sample.text[slice(*place)]!r}")
    for place in sorted(wanted - found):
        print(f"  {sample.topic}: {kind} - {sample.text[slice(*place)]!r}")


def count_names(
    sample: Sample, found: list[Suggestion], result: Result, show: bool
) -> None:
    for number, name in sample.names.items():
        places = {
            (start, end)
            for kind, each, start, end in sample.spans
            if kind == "Q" and each == number
        }
        near = [
            each
            for each in found
            if any(likeness((each.start, each.end), place) >= 0.5 for place in places)
        ]
        wanted = ("" if name == "-" else name, sample.chains[number])
        right = any(same(each, *wanted) for each in near)
        result.statements += 1
        result.complete += right
        if show and not right:
            names = [(each.source_name, each.chain) for each in near]
            print(f"  {sample.topic}: name {wanted} in {names}")


def same(suggestion: Suggestion, name: str, chain: tuple[str, ...]) -> bool:
    """“study by the Ardel Institute” names the Ardel Institute; “Lund” not Pia Lund."""
    found, wanted = plain(suggestion.source_name), plain(name)
    named = " " in name and name[0].isupper() and found.endswith(wanted)
    return (found == wanted or named) and [
        plain(each) for each in suggestion.chain
    ] == [plain(each) for each in chain]


def plain(name: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", name.lower())


def table(title: str, result: Result) -> str:
    lines = [f"{title}: {result.statements} statements"]
    for kind in ("content", "source", "cue"):
        exact = " ".join(f"{each:.2f}" for each in result.exact[kind].scores)
        near = " ".join(f"{each:.2f}" for each in result.overlapping[kind].scores)
        lines.append(f"  {kind:8} exact P R F1 {exact}   overlap ≥ 0.5 {near}")
    share = result.complete / max(result.statements, 1)
    lines.append(f"  content and the right source: {share:.0%}")
    own = " ".join(f"{each:.2f}" for each in result.own_voice.scores)
    lines.append(f"  own voice P R F1 {own}; no claims suggested: {result.no_claims}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, help="labelled samples")
    parser.add_argument("--show", action="store_true", help="each difference")
    options = parser.parse_args(arguments)
    own = [FOLDER / "development.txt", FOLDER / "held_out.txt"]
    for path in options.files or own:
        print(table(path.stem, measure(path, options.show)))


if __name__ == "__main__":
    main()
