"""Citations as plain text."""

from claims.formats.citation_text import citation_text


def test_a_citation_names_all_that_is_known():
    text = citation_text(
        authors=["A. Writer", "B. Writer"],
        title="The register",
        publisher="Town Press",
        date="May 2024",
        url="https://e.example/",
    )
    assert text == (
        "A. Writer, B. Writer. “The register”. Town Press. May 2024. https://e.example/"
    )


def test_what_is_unknown_is_left_out():
    text = citation_text(authors=[], title="Letter", publisher="", date="", url="")
    assert text == "“Letter”."
