"""Random edits of a text in which every character knows where it came from."""

from typing import Any

from hypothesis import strategies as st

#: Two of them twice.
SENTENCES = [
    *(
        "It was not a record.",
        "It was not a record.",
        "Nobody expected it.",
        "He said no.",
        "Fees rose.",
    ),
    *("The office counted 412 ships.", "Prices fell by 3.4 percent in May."),
    *("“We had a good spring,” she said.", "The council may vote on the crane."),
    *("A spokesman – who asked not to be named – denied it.", "He said no."),
    *("Veld’s report lists 12 causes, none of them new.", "Ships wait for days."),
]
OTHERS = [
    *("It was a record.", "Nobody knew it.", "She said no.", "The office counted 421."),
    *("Prices fell by 4.3 percent in May.", "“We had a bad spring,” he said."),
]
#: What a copied character has for an origin: this, less that of the original.
COPIED = -2
#: Characters on each side that tell an original from its copy.
NEAR = 16
WORDS = ["quite", "two", "not", "new", "said", "harbour", "7", "“so”", "—"]


class Ledger:
    """A text under edit in which every character knows where it came from."""

    def __init__(self, text: str) -> None:
        self.characters = list(zip(text, range(len(text)), strict=True))

    @property
    def text(self) -> str:
        return "".join(character for character, _ in self.characters)

    def edit(self, kind: str, at: float, to: float, length: int, words: str) -> None:
        here = int(at * len(self.characters))
        there = int(to * len(self.characters))
        if kind == "insert":
            self.characters[here:here] = [(each, -1) for each in words]
        elif kind == "delete":
            del self.characters[here : here + length]
        elif kind == "replace":
            self.characters[here : here + length] = [(each, -1) for each in words]
        elif kind == "copy":
            copied = self.characters[here : here + length]
            if here <= there <= here + length:
                return  # beside the original nobody can tell the copy from it
            self.characters[there:there] = [
                (each, COPIED - origin if origin >= 0 else origin)
                for each, origin in copied
            ]
        else:
            taken = self.characters[here : here + length]
            del self.characters[here : here + length]
            self.characters[there:there] = taken

    def assert_right(self, one: Any, here: Any, *, words_changed: bool) -> None:
        """Fail where a passage was taken for certain at a place that was not meant."""
        if words_changed:
            return
        assert here.exact == one.exact
        truth = self.place(one.start, one.end)
        if truth is not None:
            alike = (here.prefix, here.suffix) == (one.prefix, one.suffix)
            is_right = alike or (here.start, here.end) == truth
            assert is_right or self.is_better_copy(one, here, truth)
            return
        # Gone and written anew in the same surroundings is as good as never gone.
        around = one.prefix[-16:] + one.exact, one.exact + one.suffix[:16]
        beside = here.prefix[-16:] + here.exact, here.exact + here.suffix[:16]
        same = any(a == b for a, b in zip(around, beside, strict=True))
        assert same or len(one.exact) >= 40

    def is_better_copy(self, one: Any, here: Any, truth: tuple[int, int]) -> bool:
        """Whether the words were copied here, and the original lost its surroundings."""
        origins = [origin for _, origin in self.characters[here.start : here.end]]
        copied = [COPIED - each for each in range(one.start, one.end)]
        before = self.text[max(0, truth[0] - NEAR) : truth[0]]
        after = self.text[truth[1] : truth[1] + NEAR]
        kept = (before, after) == (one.prefix[-NEAR:], one.suffix[:NEAR])
        return origins == copied and not kept

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the characters went, if all survive side by side."""
        origins = [origin for _, origin in self.characters]
        if start not in origins:
            return None
        at = origins.index(start)
        whole = origins[at : at + end - start] == list(range(start, end))
        return (at, at + end - start) if whole else None


edits = st.tuples(
    st.sampled_from(["insert", "delete", "replace", "copy", "move"]),
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(1, 80),
    st.one_of(
        st.sampled_from(WORDS).map(lambda word: f" {word} "),
        st.sampled_from(OTHERS).map(lambda sentence: f" {sentence} "),
    ),
)
