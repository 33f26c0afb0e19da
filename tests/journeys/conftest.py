"""A district with a case in every state, for the tests that walk all pages; see ``world``."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from huying.cases.queries.settings.timing import forget_timing
from huying.places.queries import forget
from tests.cast import DISTRICT
from tests.journeys.world import World, make_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    cache.clear()
    forget_timing()
    forget(DISTRICT)
    yield make_world()
    forget_timing()
