"""One embedded database server for the whole run, in a folder of its own, gone afterwards.

``HUYING_DATABASE_URL`` or ``HUYING_DATA_DIR`` in the environment choose another; then ``--reuse-db`` makes sense.
"""

import gc
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import settings as examples
from pytest_django import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware

from huying.cases.queries.settings import timing
from huying.catalogue.queries import live
from huying.catalogue.queries import questions as asking
from huying.loop.allocate.queries import held as allocating
from huying.people.queries import assistants, book, keys
from huying.places.queries import held as areas
from huying.site.embedded import launcher, locks
from huying.site.embedded.place import Place
from huying.texts.queries import held as texts
from huying.web.dispatch import judging
from tests.order import long_first
from tests.servers import asks_the_oldest

# Everything a process holds of rows; each module says for how long.
_HELD: tuple[dict[Any, Any], ...] = (
    keys._known,
    assistants._known,
    book._shelf,
    book._borne,
    book._active,
    areas._held,
    timing._held,
    live._live,
    asking._asked,
    asking._named,
    allocating._bodies,
    allocating._items,
    judging._kept,
)
# For how long each may, where a test counts what a page asks: otherwise a second more on a busy machine is a query more.
_FRESH: tuple[tuple[Any, str], ...] = (
    (book, "LOOK_AGAIN_SECONDS"),
    (areas, "FRESH"),
    (timing, "_FRESH_SECONDS"),
    (live, "CHECK_SECONDS"),
    (asking, "CHECK_SECONDS"),
    (allocating, "LOOK_AGAIN_SECONDS"),
    (texts, "_FRESH_SECONDS"),
)
_COUNTING = {"django_assert_num_queries", "django_assert_max_num_queries"}
_OWN = pytest.StashKey[Path]()
_WITH_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


# A time measured on a busy machine says nothing about the code; benchmarks measure.
examples.register_profile("huying", deadline=None)
examples.load_profile("huying")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--on", choices=("oldest", "newest"), help="only the tests of this server: see tests/servers.py"
    )


def pytest_configure(config: pytest.Config) -> None:
    # As it is used, a password takes a quarter of a second of the processor, on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Workers are told by the environment; their settings are read after this ran in the process that starts them.
    if "HUYING_DATABASE_URL" in os.environ or "HUYING_DATA_DIR" in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="huying-tests-"))
    # Open to pass through: as root, the server runs as another user.
    folder.chmod(0o711)
    config.stash[_OWN] = folder
    os.environ["TESTS_FOLDER"] = str(folder)
    os.environ["HUYING_DATA_DIR"] = str(folder / "data")
    settings.DATABASES["default"]["OPTIONS"]["data_dir"] = str(folder / "data")
    settings.MEDIA_ROOT = folder / "data" / "media"


def pytest_unconfigure(config: pytest.Config) -> None:
    folder = config.stash.get(_OWN, None)
    if folder is None:
        return
    for name in ("HUYING_DATA_DIR", "TESTS_FOLDER"):
        os.environ.pop(name, None)
    connections.close_all()
    launcher.leave(folder / "data")
    _await_keeper(folder / "data")
    shutil.rmtree(folder, ignore_errors=True)


def _await_keeper(data: Path) -> None:
    deadline = time.monotonic() + 30
    while data.is_dir() and time.monotonic() < deadline:
        free = locks.try_exclusive(Place(data).keeper)
        if free is not None:
            locks.release(free)
            return
        time.sleep(0.1)


_find_files = WhiteNoiseMiddleware.add_files_from_finders
_files: dict[str, Any] = {}


def _add_files_once(self: WhiteNoiseMiddleware) -> None:
    """Every client of a test is a site of its own, which looks at every file it could serve; they are the same."""
    if not _files:
        _find_files(self)
        _files.update(self.files)
    self.files.update(_files)


WhiteNoiseMiddleware.add_files_from_finders = _add_files_once


# Tables whose rows a trigger keeps.
_KEPT: Final = {
    "cases_entry", "annals_change", "figures_closedperiod", "figures_closedrow", "figures_reopening", "reports_report",
    "reports_signing",
}  # fmt: skip


def _delete_filled(
    self: DatabaseOperations,
    style: Any,
    tables: Sequence[str],
    *,
    reset_sequences: bool = False,
    allow_cascade: bool = False,
) -> list[str]:
    """What clears the database after a test that committed: a few rows of a few tables go.

    To truncate two hundred tables, nearly all of them empty, takes longer than most tests. Foreign keys are checked
    when the transaction ends, so the order is of no account; what lets no row go is truncated first.
    """
    if not tables:
        return []
    names = [self.quote_name(table) for table in tables]
    with self.connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"(SELECT %s FROM {name} LIMIT 1)" for name in names), names)
        filled = [name for (name,) in cursor.fetchall()]
    kept = [name for name in filled if name.strip('"') in _KEPT]
    emptied = [f"DELETE FROM {name}" for name in filled if name not in kept]
    return [f"TRUNCATE {', '.join(kept)} CASCADE", *emptied] if kept else emptied


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tests that commit are cleared afterwards, which the ledger refuses: here alone it lets it happen."""
    DatabaseOperations.sql_flush = _delete_filled
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_entry DISABLE TRIGGER entries_are_kept")
        cursor.execute("ALTER TABLE annals_change DISABLE TRIGGER changes_are_kept")


@pytest.fixture(autouse=True)
def nothing_held(request: pytest.FixtureRequest) -> None:
    """What the process holds of the database speaks of the rows of tests before."""
    if request.node.get_closest_marker("database"):
        for held in _HELD:
            held.clear()


@pytest.fixture(autouse=True)
def held_while_counting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where queries are counted nothing that is held grows old meanwhile."""
    counts = "CaptureQueriesContext" in vars(request.module) or _COUNTING & set(request.fixturenames)
    if counts and request.node.get_closest_marker("database"):
        for module, name in _FRESH:
            monkeypatch.setattr(module, name, 3600.0)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    for item in items:
        wanted = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or wanted & _WITH_DATABASE:
            item.add_marker(pytest.mark.database)
    if server := config.getoption("--on"):
        items[:] = [item for item in items if asks_the_oldest(item) is (server == "oldest")]
    # By now those are left that this run is to take.
    yield
    items[:] = long_first(items)


def pytest_collection_finish() -> None:
    """What was collected stays to the end and is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
