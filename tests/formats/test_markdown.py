"""Markdown that readers get is clean."""

import pytest
from django.utils.html import conditional_escape

from claims.formats.markdown import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b* **c**", '<p dir="auto">a <em>b</em> <strong>c</strong></p>'),
        ("<script>x</script>", '<p dir="auto">&lt;script&gt;x&lt;/script&gt;</p>'),
        ("![x](https://e.example/i.png)", '<p dir="auto"></p>'),
        (
            "[x](https://e.example/)",
            '<p dir="auto"><a href="https://e.example/" rel="noopener nofollow">x</a></p>',
        ),
        ("[x](javascript:alert(1))", '<p dir="auto">[x](javascript:alert(1))</p>'),
        ("[x](ftp://e.example/)", '<p dir="auto"><a rel="noopener nofollow">x</a></p>'),
        ("# One\n\n### Two", '<h3 dir="auto">One</h3>\n<h5 dir="auto">Two</h5>'),
        ("## One\n\n### Two", '<h3 dir="auto">One</h3>\n<h4 dir="auto">Two</h4>'),
        ("###### Six\n\n# One", '<h6>Six</h6>\n<h3 dir="auto">One</h3>'),
        ("", ""),
    ],
)
def test_only_what_is_allowed_comes_through(text, html):
    assert to_html(text).strip() == html


def test_headings_begin_where_the_page_asks():
    assert to_html("# One", first_heading=2).strip() == '<h2 dir="auto">One</h2>'


def test_templates_do_not_escape_it_again():
    assert conditional_escape(to_html("*a*")) == '<p dir="auto"><em>a</em></p>\n'
