"""Signs of error pages, parked domains, moved pages and closed hosts, one by one."""

import pytest

from claims.checking.links import likeness, may_ask, sketch
from claims.checking.links.likeness import SKETCH_SIZE, titles_alike
from claims.checking.links.markers import error_in, title_in
from claims.checking.links.redirects import is_same_place, leads_away

ERRORS = [
    "404",
    "Error 404",
    "404 Not Found",
    "HTTP Error 404: not found",
    "404 - The Elm Post",
    "The Elm Post | 404",
    "410 Gone",
    "Not Found",
    "Page not found – The Elm Post",
    "Sorry, that page doesn’t exist!",
    "Seite nicht gefunden | Elmbrook",
    "Fehler 404",
    "Page introuvable",
    "Página no encontrada",
    "Página não encontrada",
    "Pagina non trovata",
    "الصفحة غير موجودة",
    "خطأ 404",
    "Страница не найдена",
    "Ошибка 404",
    "页面不存在",
    "找不到页面",
    "ページが見つかりません",
    "페이지를 찾을 수 없습니다",
    "Sayfa bulunamadı",
    "Strona nie istnieje",
    "Сторінку не знайдено",
    "صفحه یافت نشد",
]
HEADLINES = [
    "",
    "404 people rescued from the river",
    "Missing boat not found, search goes on",
    "The mill burned down",
    "Room 410",
    "Vaccine no longer available in two towns",
    "Gone with the flood: what the river took",
    "Пропавшая лодка не найдена",
    "page not found " * 20,
]


@pytest.mark.parametrize("title", ERRORS)
def test_a_title_of_an_error_page(title):
    assert error_in(title)


@pytest.mark.parametrize("title", HEADLINES)
def test_a_headline_is_no_error(title):
    assert not error_in(title)


def test_the_title_element_is_found_in_what_came():
    assert title_in("<head><TITLE lang=en>\n Not\n found </title>") == "Not found"
    assert title_in("<p>No title.") == ""


def test_a_text_is_as_like_as_what_it_shares():
    text = " ".join(f"word{number}" for number in range(1000))
    half = " ".join(f"word{number}" for number in range(500))
    other = " ".join(f"other{number}" for number in range(1000))
    assert len(sketch(text)) == SKETCH_SIZE
    assert likeness(sketch(text), sketch(text.upper())) == 1
    assert 0.3 < likeness(sketch(text), sketch(half)) < 0.7
    assert likeness(sketch(text), sketch(other)) == 0
    assert likeness(sketch(""), sketch("")) == 0


def test_short_texts_and_scripts_without_spaces_have_sketches_too():
    assert sketch("Gone.") == sketch("gone")
    assert len(sketch("Gone.")) == 1
    assert len(sketch("页面上的文字")) == 3
    assert sketch("… –") == ()


def test_only_the_beginning_of_a_long_text_is_looked_at():
    text = "word " * 5000
    assert sketch(text) == sketch(text + "another " * 5000)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("The mill burned down", "the mill burned down | The Elm Post", True),
        ("The mill burned down", "The bridge is safe", False),
        ("", "", False),
        ("The mill", "", False),
    ],
)
def test_titles_are_alike_by_their_words(one, other, alike):
    assert titles_alike(one, other) is alike
    assert titles_alike(other, one) is alike


def test_what_is_no_address_leads_nowhere():
    assert leads_away("http://[", "http://[") is None
    assert is_same_place("http://a.example/x?y", "https://www.a.example/x/?y")
    assert not is_same_place("http://a.example/x?y", "http://a.example/x?z")


ROBOTS = """\
User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*.cgi$
Disallow: /exact$
Disallow: /two*parts*here

User-agent: GreedyBot
User-agent: ClaimTracker  # us
Disallow: /stories/   # a comment
Disallow:
nonsense
Sitemap: https://news.example/sitemap.xml

User-agent: claimtracker
Disallow: /more
"""


@pytest.mark.parametrize(
    ("product", "path", "may"),
    [
        ("other", "", True),
        ("other", "/stories/1", True),
        ("other", "/private/x", False),
        ("other", "/private/open/x", True),
        ("other", "/run.cgi", False),
        ("other", "/run.cgi?x=1", True),
        ("other", "/run.cgi.cgi", False),
        ("other", "/exact", False),
        ("other", "/exactly", True),
        ("other", "/two-parts-here", False),
        ("other", "/two-here", True),
        ("claimtracker", "/stories/1", False),
        ("claimtracker", "/more", False),
        ("claimtracker", "/private/x", True),
        ("greedybot", "/stories/1?a", False),
    ],
)
def test_a_host_says_what_may_be_asked(product, path, may):
    assert may_ask(ROBOTS, f"https://news.example{path}", product) is may


@pytest.mark.parametrize("robots", ["", "<html>", "Disallow: /", "User-agent: *"])
def test_rules_for_nobody_forbid_nothing(robots):
    assert may_ask(robots, "https://news.example/x", "claimtracker")
