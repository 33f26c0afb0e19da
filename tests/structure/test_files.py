"""Files stay short, folders small, and no drawer is called utils."""

import warnings
from collections import Counter
from pathlib import Path

from tests.structure.tree import ROOT, SOURCE, written

LONGEST = 400
FULLEST = 12
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "lib", "stuff", "tools"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_longer_than_anyone_reads_at_once() -> None:
    counts = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in written(".py", ".js", ".css", ".html")
    }
    long = {
        _name(path): count
        for path, count in counts.items()
        if count > LONGEST and "migrations" not in path.parts
    }
    assert long == {}


def test_nothing_is_put_in_a_drawer() -> None:
    bad = [
        _name(path)
        for path in written(".py", ".js")
        if DRAWERS & {*path.relative_to(ROOT).parts[:-1], path.stem}
    ]
    assert bad == []


def test_folders_stay_small() -> None:
    folders = Counter(
        path.parent for path in written(".py") if SOURCE in path.parents and path.name != "__init__.py"
    )
    full = {_name(folder): count for folder, count in folders.items() if count > FULLEST}
    if full:
        warnings.warn(f"folders to split: {full}", stacklevel=1)
    assert all(count <= 2 * FULLEST for count in full.values()), full
