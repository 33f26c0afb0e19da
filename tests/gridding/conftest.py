"""The cast in a small town."""

from collections.abc import Iterator

import pytest

from huying.cases.queries.settings.timing import forget_timing
from huying.places.queries import forget
from tests.cast import DISTRICT, Cast, gather
from tests.gridding.town import settle


@pytest.fixture
def town(db: None) -> Iterator[Cast]:
    forget_timing()
    cast = gather()
    settle(cast)
    yield cast
    forget_timing()
    forget(DISTRICT)
