"""Prints what the workspace of a long article costs: to open, and to answer a selection.

    python tests/benchmarks/workspace.py --words 20000 --claims 300

On the server: median CPU milliseconds of 15 requests, with all suggestions of the text
waiting to be decided. In Chromium, where there is one: median milliseconds of 7 tries,
from asking to the page loaded, and from a selection to its panel (the pause in which a
selection has to rest is counted, and printed apart).
"""

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.fill import set_up  # noqa: E402, needs the path above

REQUESTS = 15
TRIES = 7
WORDS_IN_A_SENTENCE = 18
SENTENCES_IN_A_BLOCK = 5
#: Milliseconds that a selection has to rest (``TYPING`` in desk_workspace.js).
REST = 250
VOCABULARY = """
council mill bridge river shops closed opened people houses ferry water rose fell budget
school teachers harbour vote tax road market winter bakery inspector measured promised
refused the a two hundred forty by of in and near old new
"""
SAID = "The mayor, Ana Paz, said last month that {} was {} percent lower."
SELECT = """(number) => {
  const block = document.querySelectorAll(".ws-block")[number];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node && node.data.length < 12) node = walker.nextNode();
  const kind = () => document.querySelector("#ws-panel").dataset.start;
  const before = kind();
  const started = performance.now();
  document.getSelection().setBaseAndExtent(node, 0, node, 10);
  return new Promise((done) => {
    const look = () => (kind() && kind() !== before
      ? done(performance.now() - started) : requestAnimationFrame(look));
    look();
  });
}"""


def long_text(words: int) -> tuple[str, list[str]]:
    """Return a text of so many words in blocks, and its sentences."""
    chance = random.Random(2016)
    vocabulary = VOCABULARY.split()
    sentences = []
    for number in range(words // WORDS_IN_A_SENTENCE):
        chosen = chance.choices(vocabulary, k=WORDS_IN_A_SENTENCE - 1)
        plain = f"{' '.join(chosen).capitalize()} {number}."
        told = SAID.format(chance.choice(vocabulary), number)
        sentences.append(told if number % 3 == 0 else plain)
    step = SENTENCES_IN_A_BLOCK
    blocks = [
        " ".join(sentences[at : at + step]) for at in range(0, len(sentences), step)
    ]
    return "\n\n".join(blocks), sentences


def fill(words: int, claims: int) -> Any:
    """Make an article with its suggestions, and claims at every so-manieth sentence."""
    from claims.intake import read_text
    from claims.jobs.intake import Stated, store
    from claims.jobs.marking import Marking, mark_claim, place_in
    from claims.jobs.originals import Original
    from claims.workflow.words import Provenance
    from tests.factories import NOON, make_user

    text, sentences = long_text(words)
    actor = make_user("Researchers", username="rita", password="rita")
    original = Original(text.encode(), Provenance.PASTED, NOON)
    stated = Stated(title="A long article", publisher="The Elm Post", published="2026")
    article = store(original, read_text(text.encode()), stated, actor, NOON).article
    copy = article.newest_copy
    step = max(1, len(sentences) // claims)
    for sentence in sentences[::step][:claims]:
        marking = Marking(place_in(copy, sentence), sentence, "state", "own")
        mark_claim(article, copy, marking, actor)
    return article


def server(article: Any) -> None:
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username="rita"))
    page = reverse("admin:claims_article_workspace", args=[article.pk])
    middle = len(article.newest_copy.text) // 2
    selection = f"{page}panel/?start={middle}&end={middle + 40}"
    for name, path in (("open the page", page), ("answer a selection", selection)):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
            asked = len(queries)
        times = [clocked(lambda path=path: client.get(path)) for _ in range(REQUESTS)]
        size = len(response.content) / 1024
        show(name, statistics.median(times), f"{asked} queries, {size:.0f} KB")


def clocked(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def browser(article: Any) -> None:
    from django.urls import reverse
    from playwright.sync_api import sync_playwright

    from tests.screenshots import desk_cookies_of
    from tests.serving import serving

    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        print("in Chromium         not measured: there is none here")
        return
    options = ["--no-sandbox"] if os.getuid() == 0 else []
    path = reverse("admin:claims_article_workspace", args=[article.pk])
    with serving() as site, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=options)
        context = chromium.new_context(base_url=site)
        context.add_cookies(desk_cookies_of("rita", site))
        page = context.new_page()
        opened, answered = [], []
        for number in range(TRIES):
            started = time.perf_counter()
            page.goto(path)
            opened.append((time.perf_counter() - started) * 1000)
            answered.append(page.evaluate(SELECT, 3 + number))
        chromium.close()
    show("Chromium: open", statistics.median(opened), "wall clock, to the load event")
    rest = f"of which {REST} are the pause for selecting"
    show("Chromium: selection", statistics.median(answered), rest)


def show(name: str, milliseconds: float, remark: str) -> None:
    print(f"{name:20} {milliseconds:7.1f} ms  {remark}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--words", type=int, default=20_000, help="default: 20000")
    parser.add_argument("--claims", type=int, default=300, help="default: 300")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="claims-benchmark-") as folder:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's event loop
        set_up(f"sqlite:///{folder}/desk.sqlite3", Path(folder))
        started = time.perf_counter()
        article = fill(chosen.words, chosen.claims)
        taken = (time.perf_counter() - started) * 1000
        waiting = article.suggestions.proposed().count()
        show("fill", taken, f"{chosen.words} words, {chosen.claims} claims")
        print(f"{waiting} suggestions wait to be decided")
        server(article)
        browser(article)


if __name__ == "__main__":
    main()
