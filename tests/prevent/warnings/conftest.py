"""A district with months of quiet cases, and something that begins to rise today."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Final

import numpy as np
import pytest

from huying.cases.models import Case
from tests.cast import DISTRICT, MONDAY, Cast, gather

ITEMS: Final = ("010101", "010102", "020101", "030101", "070101", "070102")
NOON: Final = MONDAY + timedelta(days=90, hours=4)
_NUMBERS: Final = count(1)


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def grid(street: int, community: int, number: int = 1) -> str:
    return f"{DISTRICT}{street:03d}{community:03d}{number:03d}"


def case(at: datetime, item: str, area: str, lon: float | None = None, lat: float | None = None) -> Case:
    """A case as the watch reads it."""
    number = next(_NUMBERS)
    return Case(
        district=DISTRICT, id=number, state="received", level="street", title=f"第 {number} 件", kind="complaint",
        item=item, area=area, lon=lon, lat=lat, channel="web", urgency=1, due_kind="", opened_at=at, touched_at=at,
        appeals=1, reworks=0, unhappy=0, head=b"", length=1,
    )  # fmt: skip


def quiet(days: int = 90, until: datetime = NOON, a_day: float = 16.0) -> None:
    """Quiet days that end with ``until``: two streets of four communities of three grids."""
    rng = np.random.default_rng(9)
    rows = list(_quiet(rng, days, until, a_day))
    Case.objects.bulk_create(rows, batch_size=1000)


def _quiet(rng: np.random.Generator, days: int, until: datetime, a_day: float) -> Iterator[Case]:
    for back in range(days, -1, -1):
        for _ in range(rng.poisson(a_day)):
            area = grid(*(int(rng.integers(1, most)) for most in (3, 5, 4)))
            yield case(until - timedelta(days=back), ITEMS[int(rng.integers(len(ITEMS)))], area)


def outbreak(
    at: datetime, cases: int, item: str = "070101", street: int = 1, community: int = 2
) -> list[int]:
    """Cases of one item in one community's first grid, with positions; their ids."""
    rows = [case(at, item, grid(street, community), 113.5 + n * 1e-5, 23.1) for n in range(cases)]
    Case.objects.bulk_create(rows)
    return [row.id for row in rows]
