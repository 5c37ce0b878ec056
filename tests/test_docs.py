"""The guide says what is there: moves, commands, settings, addresses, words, links."""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from claims.admin.queues import QUEUES
from claims.checking.quotes import Verdict
from claims.models import PublishedClaim
from claims.models.record import PublicRow
from claims.publishing.rebuild import TABLES
from claims.views.urls import urlpatterns
from claims.workflow.moves import EVERY_STATE, MOVES, Move
from claims.workflow.roles import PERMISSIONS
from claims.workflow.words import ArticleState, AssessmentState, ClaimState
from tests.commands.places import backup
from tests.factories import publish_claim

ROOT = settings.BASE_DIR
GUIDES = [
    ROOT / name
    for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
] + sorted((ROOT / "docs").glob("*.md"))
#: The label of every state, by the subject that has it.
STATES = {
    "article": ArticleState,
    "assessment": AssessmentState,
    "claim": ClaimState,
}


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows_under(name: str, heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its first two lines."""
    section = text_of(name).split(f"\n{heading}\n", 1)[1].split("\n#", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def code(cell: str) -> str:
    """Return the first words of a cell that are set as code."""
    return re.match(r"`([^`]+)`", cell)[1]


def move_row(move: Move) -> list[str]:
    """Return the row of the workflow table that describes a move."""
    labels = STATES.get(move.subject)
    from_states = "any"
    if move.sources != EVERY_STATE:
        in_order = [state for state in labels if state in move.sources]
        from_states = ", ".join(str(state.label) for state in in_order)
    to = str(labels(move.target).label) if move.target else "–"
    who = [name for name, names in PERMISSIONS.items() if move.permission in names]
    needs = ["a second person"] * move.four_eyes + ["a reason"] * move.needs_reason
    return [
        move.subject,
        str(move.label),
        from_states,
        to,
        ", ".join(who),
        ", ".join(needs) or "–",
    ]


def test_workflow_table_is_the_one_that_is_followed():
    assert rows_under("README.md", "## Workflow") == [
        move_row(move) for move in MOVES.values()
    ]


def test_every_command_is_in_the_readme_and_no_other():
    told = [code(row[0]).split()[0] for row in rows_under("README.md", "## Commands")]
    files = (ROOT / "claims" / "management" / "commands").glob("[a-z]*.py")

    assert sorted(told) == sorted(path.stem for path in files)


def test_every_setting_is_in_the_operators_guide_and_no_other():
    told = {code(row[0]) for row in rows_under("docs/operator.md", "## Settings")}
    source = text_of("tracker/settings.py")
    own = set(re.findall(r"^(TRACKER_\w+) =", source, re.MULTILINE))
    read = set(re.findall(r'env_\w+\(\s*"(\w+)"', source))

    assert told == (own | read | {"SECRET_KEY_FILE"}) - {"TRACKER_VERSION"}


def test_no_guide_names_a_setting_that_does_not_exist():
    source = text_of("tracker/settings.py")
    for path in GUIDES:
        named = set(re.findall(r"TRACKER_[A-Z_]+", path.read_text(encoding="utf-8")))
        # What begins with TRACKER_TEST is read by the tests themselves.
        missing = {
            name
            for name in named
            if name not in source and not name.startswith("TRACKER_TEST")
        }
        assert not missing, path.name


def test_every_public_address_is_in_the_readers_guide_and_no_other():
    told = [code(row[0]) for row in rows_under("docs/reader.md", "## Addresses")]
    routes = [str(pattern.pattern) for pattern in urlpatterns]
    shown = [
        "/" + re.sub(r"<\w+:(\w+)>", lambda name: f"<{last_word(name[1])}>", route)
        for route in routes
    ]

    assert told == shown


def last_word(name: str) -> str:
    return name.rpartition("_")[2]


def test_every_queue_is_in_the_guide_for_the_desk():
    told = [row[0] for row in rows_under("docs/desk.md", "## What waits: the queues")]

    assert told == [str(queue.label) for queue in QUEUES]


def test_every_status_is_in_the_guide_for_readers():
    told = [row[0] for row in rows_under("docs/reader.md", "## Statuses")]
    rows = json.loads(text_of("fixtures/statuses.json"))
    fields = [row["fields"] for row in rows]

    assert told == [row["label"] for row in fields if "label" in row]


def test_every_verdict_on_a_quotation_is_in_the_guide_in_its_order():
    told = [code(row[0]) for row in rows_under("docs/quotations.md", "## Verdicts")]
    assert told == [verdict.value for verdict in Verdict]


def test_every_table_of_the_record_is_in_the_integrators_guide():
    told = [code(row[0]) for row in rows_under("docs/integrator.md", "## The record")]

    assert set(told) == {*(table.__name__ for table in TABLES), "PublishedMethodology"}
    assert issubclass(PublishedClaim, PublicRow)


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_links_between_the_guides_lead_somewhere(path):
    links = re.findall(r"\[[^\]]*\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link and not link.endswith(".png")]
    missing = [link for link in local if not (path.parent / link).exists()]

    assert not missing


@pytest.mark.sqlite
def test_recipe_for_verifying_by_hand_works_on_a_backup(own_database, tmp_path):
    publish_claim()
    folder = backup(tmp_path / "saved")
    (recipe,) = re.findall(
        r"```python\n(.*?)```", text_of("docs/integrator.md"), re.DOTALL
    )

    good = run_recipe(recipe, folder)
    assert good.returncode == 0, good.stderr
    chain = json.loads((folder / "manifest.json").read_text())["chain"]
    assert good.stdout.split() == [str(chain["sequence"]), chain["hash"]]

    with closing(sqlite3.connect(folder / "database.sqlite3")) as database:
        database.execute("UPDATE claims_release SET digest = 'x' WHERE sequence = 1")
        database.commit()
    assert "AssertionError" in run_recipe(recipe, folder).stderr


def run_recipe(recipe: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", recipe]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)
