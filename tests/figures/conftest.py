from collections.abc import Callable
from datetime import datetime

import pytest

from huying.cases.ledger import Link
from huying.cases.models import Entry
from huying.cases.queries.settings.timing import forget_timing
from huying.figures.tasks import count
from tests.cast import DISTRICT, MONDAY, Cast, gather


@pytest.fixture
def cast(db: None) -> Cast:
    forget_timing()
    return gather()


def link_of(entry: Entry) -> Link:
    return Link(**{name: getattr(entry, name) for name in Link.__dataclass_fields__})


def ledger(after: dict[int, int] | None = None) -> list[Link]:
    """Every entry beyond what each case had, as a reaction would be given them."""
    known = after or {}
    rows = Entry.objects.filter(district=DISTRICT).order_by("position", "case_id", "seq")
    return [link_of(row) for row in rows if row.seq > known.get(row.case_id, 0)]


@pytest.fixture
def follow() -> Callable[[], int]:
    """Count what is new in the ledger since the last call, in batches of seven."""
    known: dict[int, int] = {}

    def one_turn(now: datetime = MONDAY) -> int:
        new = ledger(known)
        for start in range(0, len(new), 7):
            count(DISTRICT, new[start : start + 7], now)
        for link in new:
            known[link.case_id] = max(known.get(link.case_id, 0), link.seq)
        return len(new)

    return one_turn
