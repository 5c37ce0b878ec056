"""Text that was decoded wrongly (``â€”`` for ``—``), repaired and noted."""

import difflib

import ftfy

#: Broken encoding alone is repaired: quotation marks, ligatures, widths and Unicode
#: forms stay as the article has them, for quotations are compared with it.
_CONFIG = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_encoding=True,
    restore_byte_a0=True,
    replace_lossy_sequences=False,  # would guess at letters that are lost
    decode_inconsistent_utf8=True,
    fix_c1_controls=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)


class Repairs:
    """Repairs texts one by one and remembers that it did."""

    def __init__(self) -> None:
        self.count = 0
        self._example = ""

    def of(self, text: str) -> str:
        """Return the text as it was meant; the same when nothing is broken."""
        mended = ftfy.fix_encoding(text, _CONFIG)
        if mended != text:
            self.count += 1
            self._example = self._example or _difference(text, mended)
        return mended

    @property
    def warnings(self) -> tuple[str, ...]:
        if not self.count:
            return ()
        places = "one paragraph" if self.count == 1 else f"{self.count} paragraphs"
        return (f"Broken encoding was repaired in {places}: {self._example}.",)


def _difference(before: str, after: str) -> str:
    """Show the first stretch that differs."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            return f"“{before[start:end]}” became “{after[new_start:new_end]}”"
    return ""
