"""In which order the workers of a run take the tests: what is long begins first, so that no worker ends alone.

Each worker is given its share in the order of the list, as many as another, and who has done takes from the end of the
longest that is left. What is long therefore stands at the beginning of every share, dealt out in turn; the tests of a
file stay together, for they share what they were set up with.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence

import pytest

# What says of a test that it is long, the longest first.
_LONG = ("slow", "server", "browser")


def long_first(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The same tests, in shares for the workers of this run; as they are where there is no other worker."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers == 1:
        return list(items)
    files: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        files[item.nodeid.partition("::")[0]].append(item)
    long = sorted(
        (file for file in files if _rank(files[file]) < len(_LONG)), key=lambda file: _rank(files[file])
    )
    short = [item for item in items if item.nodeid.partition("::")[0] not in long]
    ordered: list[pytest.Item] = []
    for number in range(workers):
        first = [item for file in long[number::workers] for item in files[file]]
        room = (len(items) - len(ordered)) // (workers - number) - len(first)
        room = len(short) if number == workers - 1 else max(0, room)
        ordered += first + short[:room]
        del short[:room]
    return ordered


def _rank(tests: Iterable[pytest.Item]) -> int:
    marks = {mark.name for test in tests for mark in test.iter_markers()}
    return next((place for place, name in enumerate(_LONG) if name in marks), len(_LONG))
