"""The site as a browser meets it: a real server, a real Chromium, committed rows that are taken away again."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections

from huying.access.roles import Role
from huying.cases.queries.settings.timing import forget_timing
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewPost
from tests.browser.chromium import CHROMIUM, DESK, FLAGS, PHONE, WALL
from tests.browser.server import LiveSite
from tests.cast import DISTRICT, Cast, gather

__all__ = ["DESK", "PASSWORD", "PHONE", "WALL", "Site", "Window", "clear"]

PASSWORD = "Huying-2026"
#: How long a page is looked at until it shows what is expected: a page is read while it still arrives.
LOOKED_FOR_MS = 30_000
PICTURES = Path(__file__).parent / "pictures"
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# What was found to be right is long, and stays with the browser.
_BARRIERS = """async (asked) => {
  const found = await axe.run(document, asked);
  return found.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`);
}"""


@dataclass(frozen=True)
class Site:
    """The running server and who is in it."""

    url: str
    cast: Cast


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    """The server with the cast's district and two accounts (sun and wu, dispatchers); rows are removed afterwards.

    The tests are marked ``django_db``: their own reads stand in a transaction, the server's rows are committed.
    """
    with django_db_blocker.unblock():
        cache.clear()
        forget_timing()
        cast = gather()
        post = NewPost(Role.STREET_DISPATCHER, str(DISTRICT))
        for login, name in (("sun", "孙海"), ("wu", "吴敏")):
            actions.create_account(
                cast.system, login, name, [post], clock.now(), password=PASSWORD, must_change_password=False
            )
        server = LiveSite()
        yield Site(server.url, cast)
        server.stop()
        clear()


def clear() -> None:
    """Empty every table of ours; the trigger that would refuse it rests while tests run (tests/conftest.py)."""
    tables = [
        name for name in connection.introspection.table_names() if not name.startswith(("django_", "auth_"))
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE " + ", ".join(f'"{table}"' for table in [*tables, "django_session"]) + " CASCADE"
        )


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for the module."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine")
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    playwright.expect.set_options(timeout=LOOKED_FOR_MS)
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        # Inside the browser's loop the tests had a connection of their own.
        connections.close_all()
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Window:
    """A page with what went wrong in it."""

    page: Any
    url: str
    faults: list[str] = field(default_factory=list)
    examined: bool = False

    def go(self, path: str) -> Any:
        self.page.goto(self.url + path)
        return self.page

    def keep_picture(self, name: str) -> None:
        PICTURES.mkdir(exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=self.page.viewport_size["width"] < 3000)

    def barriers(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA and its own best practice."""
        if not AXE.exists():
            pytest.skip("axe-core is not installed: npm ci")
        self.page.wait_for_load_state()
        if not self.examined:
            self.examined = True
            self.page.evaluate(AXE.read_text())
            # Pages to come have it from their beginning, read once and kept by the browser: it is long.
            self.page.add_init_script(path=AXE)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        # What passed is not looked into any further, and sheets that the page has are not fetched again.
        asked = {"runOnly": tags, "resultTypes": ["violations"], "preload": False}
        found: list[str] = self.page.evaluate(_BARRIERS, asked)
        return found

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.fixture
def window(site: Site, chromium: Any) -> Iterator[Any]:
    """Opens windows of a size; console errors and pages' own errors are collected."""
    contexts = []

    def opened(size: tuple[int, int] = PHONE, **options: Any) -> Window:
        width, height = size
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", has_touch=width < 600, **options
        )
        contexts.append(context)
        new = Window(context.new_page(), site.url)
        new.page.on("pageerror", lambda error: new.faults.append(str(error)))
        new.page.on("console", lambda said: said.type == "error" and new.faults.append(said.text))
        return new

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def commits() -> Callable[..., None]:
    """Does something by a connection of its own, so that the server sees it: the test's is rolled back."""

    def done(work: Callable[..., object], *given: object) -> None:
        def alone() -> None:
            try:
                work(*given)
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            pool.submit(alone).result()

    return done
