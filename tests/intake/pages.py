"""Pages and PDF files of ours, to be read."""

PARAGRAPHS = (
    "The Elm rose by 40 centimetres in a single night, the river board said on "
    "Thursday, and the old bridge at Elmbrook was closed to lorries until further "
    "notice.",
    "“Nobody was hurt,” said Zoë Marsh, who runs the ferry. She counted eleven boats "
    "that had broken loose, two of which were found a mile downstream.",
    "The board measures the river at four places. Its report of 2015 had warned that "
    "the banks below the mill would not stand a second flood of that size.",
    "Repairs are estimated at 3.4 million, a sum the town does not have. The mayor "
    "wants to ask the county for half of it before the end of the month.",
)
QUOTE = (
    "We have asked for a new gauge since 2012, and every year the answer was that "
    "there is no money for it, the board wrote in its letter to the county."
)
NEWS = """<!doctype html>
<html lang="en-GB"><head>
<title>River rises at Elmbrook | The Elm Post</title>
<meta charset="utf-8">
<meta property="og:site_name" content="The Elm Post">
<meta property="og:title" content="River rises at Elmbrook">
<meta property="article:published_time" content="2026-03-05T18:30:00+01:00">
<meta name="description" content="The bridge is closed, and eleven boats are adrift.">
<link rel="canonical" href="/2026/03/river">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "name": "The Elm Post"},
 {"@type": "NewsArticle", "headline": "River rises at Elmbrook",
  "author": [{"@type": "Person", "name": "Ada Holm"}, {"name": "By Bo Lind"}],
  "publisher": {"@type": "Organization", "name": "The Elm Post"},
  "datePublished": "2026-03-05T17:30:00Z"}]}</script>
</head><body>
<header><h1>The Elm Post</h1><nav><ul><li><a href="/">Home</a></li>
<li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article>
<h1>River rises at Elmbrook</h1>
<div class="standfirst">The bridge is closed, and eleven boats are adrift.</div>
<p class="byline">By Ada Holm and Bo Lind</p>
<figure><img src="a.jpg" alt=""><figcaption>The old bridge on Thursday morning, seen
from the mill. <span class="credit">Photo: Omar Reyes/Elm Post</span></figcaption></figure>
<p>{0}</p>
<p>{1}</p>
<h2>A warning from 2015</h2>
<p>{2}</p>
<blockquote><p>{quote}</p></blockquote>
<figure><img src="b.jpg" alt=""><figcaption>Zoë Marsh on her ferry, which has not run
since Wednesday.</figcaption></figure>
<p>{3}</p>
</article>
<aside class="related"><h2>Read more</h2><p>Ten things to do in a flood, and three
that you should rather leave to the fire brigade of your town.</p></aside></main>
<footer><p>© 2026 The Elm Post. All rights reserved.</p></footer>
</body></html>"""


def news(page: str = NEWS, **words: str) -> bytes:
    """Return the page of an article; ``words`` replace what they name."""
    for number, paragraph in enumerate(PARAGRAPHS):
        page = page.replace(f"{{{number}}}", paragraph)
    page = page.replace("{quote}", QUOTE)
    for old, new in words.items():
        page = page.replace(old, new)
    return page.encode()


def body(*paragraphs: str, head: str = "") -> bytes:
    inner = "".join(f"<p>{each}</p>" for each in paragraphs or PARAGRAPHS)
    return f"<html><head>{head}</head><body><article>{inner}</article>".encode()


def pdf(*pages: list[str], title: str = "") -> bytes:
    """Return a PDF file: each page a list of lines, in Helvetica, WinAnsi encoding."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
        b"/Encoding /WinAnsiEncoding >>"
    )
    objects.append(b"<< /Title (" + title.encode("cp1252") + b") >>")
    kids = []
    for lines in pages:
        stream = _stream(lines)
        objects.append(
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (
        b" ".join(kids),
        len(kids),
    )
    return _file(objects)


def _stream(lines: list[str]) -> bytes:
    shown = [b"BT /F1 11 Tf 60 740 Td"]
    for line in lines:
        escaped = line.encode("cp1252")
        for mark in (b"\\", b"(", b")"):
            escaped = escaped.replace(mark, b"\\" + mark)
        shown.append(b"(%s) Tj 0 -14 Td" % escaped)
    return b"\n".join([*shown, b"ET"])


def _file(objects: list[bytes]) -> bytes:
    written, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 4 0 R"
        b" >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(written))
    )
