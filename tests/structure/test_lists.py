"""Every list of a staff page is walked by keys and taken away as a file, or it is said here why not."""

import re
from pathlib import Path

import pytest

from tests.structure.tree import SOURCE

TEMPLATES = SOURCE / "web" / "templates"
_LIST = re.compile(r'<table class="list\b[^>]*>')
_PART = re.compile(r'{% include "([^"]+)"')
_TAKEN = re.compile(r"{% taking \w+|{% filters [^%]*\bexport\b")

# Tables that look like lists and are none to walk through, by the file they stand in.
NOT_WALKED = {
    "devices/misread.html": "lines that open nothing",
    "lab/one.html": "figures beside each other; nothing to open",
    "services/reports.html": "each line with its own buttons",
    "oversight/board.html": "the gauges; the keys of this page walk the late cases below them",
    "evaluation/board.html": "how each indicator is reckoned, below the ranks that are walked",
    "catalogue/edition.html": "a sheet with keys of its own (sheet.js)",
    "catalogue/difference.html": "what two editions differ in, within a page",
    "admin/duty/week.html": "a sheet with keys of its own (roster.js)",
    "admin/settings/formula.html": "the versions of one indicator, below its form",
    "admin/areas/change.html": "the areas of one redrawing, each beside its place on the map (redraw.js)",
    "gridding/one.html": "the grids of one plan, each beside its place on the map (gridding.js)",
    "account/profile.html": "the devices of one account, each with its button",
    "account/notices/choices.html": "boxes of a form",
    "importing/columns.html": "fields of a form",
    "importing/outcome.html": "the lines of a file that were refused; all of them come back as a sheet",
}
# Pages whose list is no file: the file would say nothing that another one does not, or nothing at all.
NOT_TAKEN = {
    "catalogue/questions.html": "what one item asks is written here; the interface gives it to programs",
    "admin/texts/index.html": "texts are versions; they are written here, not counted",
    "admin/texts/replies.html": "as the texts of notices",
    "admin/settings/formulas.html": "the board of figures gives each indicator, its paper each formula",
    "admin/areas/changes.html": "the areas are a file, who redrew them stands in the record of changes",
    "gridding/index.html": "each plan is a file of borders on its own page",
    "admin/people/left.html": "posts to be moved one by one; the list of accounts is the file",
    "admin/settings/plans.html": "plans are editions; they are written here, what came of them is a file",
    "admin/corrections.html": "what one taught the platform is taken back here; the cases themselves are a file",
    "admin/keys.html": "nothing about keys leaves the house but the record of changes",
    "account/assistants.html": "one person's own keys, each with its button",
    "admin/chats.html": "as keys: nothing about what opens a vendor leaves the house",
    "webhooks/index.html": "who is told is set up here; the record of changes is the file",
    "webhooks/one.html": "what was pushed leaves the house by being pushed",
    "admin/health.html": "how the machine runs at this moment",
    "catalogue/index.html": "each edition is a file on its own page",
    "catalogue/proposals.html": "what rulings propose; the rulings are a file, the draft is another",
    "catalogue/what_if.html": "a reckoning that is kept nowhere; its cases are in the list of all",
    "admin/exchange/index.html": "how other systems fare at this moment",
    "admin/exchange/letters.html": "letters of persons, put right here and nowhere else",
    "admin/exchange/day.html": "it has a sheet of its own, beside its heading",
    "importing/index.html": "one's own works; each gives its own sheet back",
    "tray/index.html": "one's own works, files themselves",
    "duty/give.html": "what is signed with a handover; the cases are in the list of all",
    "duty/handover.html": "as when it is given",
    "deliberation/meeting.html": "the minutes on paper hold everything that was said",
    "deliberation/households.html": "who may vote was pasted from a sheet; codes leave the house on slips alone",
    "devices/water.html": "how water stands this hour; the list of devices is taken away, GET /water tells classes",
    "devices/rules.html": "rules are versions; they are written here, not counted",
    "video/rules.html": "as the rules of devices",
    "services/asks.html": "who asked for a service is in nobody's file",
    "services/offered.html": "what a centre offers is set up here; the interface gives it to programs",
    "residents/kinds.html": "kinds are written here, not counted",
    "emergency/setting/index.html": "plans are versions; they are written here, not counted",
    "recurring/one.html": "the cases of one place; each is in the list of all, the places are a file",
    "recurring/project.html": "as those of the place it is about",
    "hot/issue.html": "the cases of one issue; each is in the list of all, the issues are a file",
    "chat/waiting.html": "who waits at this moment; what they say is in nobody's file",
    "seat/today.html": "one's own calls of a day; their cases are in the list of all",
}


def _name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def _whole(name: str) -> str:
    """A template with all that it includes."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return text + "".join(_whole(part) for part in _PART.findall(text))


FILES = sorted(_name(path) for path in TEMPLATES.rglob("*.html"))
PAGES = [
    name for name in FILES if '{% extends "base.html" %}' in (TEMPLATES / name).read_text(encoding="utf-8")
]


def test_there_are_pages_with_lists() -> None:
    assert len([name for name in PAGES if _LIST.search(_whole(name))]) > 30


@pytest.mark.parametrize("name", FILES)
def test_every_list_is_walked_by_keys(name: str) -> None:
    tables = _LIST.findall((TEMPLATES / name).read_text(encoding="utf-8"))
    unmarked = [table for table in tables if "data-list" not in table]
    assert bool(unmarked) is (name in NOT_WALKED), (
        f"mark with data-list or say why not; strike what is: {unmarked}"
    )


@pytest.mark.parametrize("name", PAGES)
def test_every_list_is_taken_away_as_a_file(name: str) -> None:
    page = _whole(name)
    walked = any("data-list" in table for table in _LIST.findall(page))
    lacks = walked and not _TAKEN.search(page)
    assert lacks is (name in NOT_TAKEN), "let the page offer its list (web/taking.py), or say why not"
