"""A district with a case in every state, for the tests that walk all pages; see ``world``."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from huying.cases.queries.settings.timing import forget_timing
from huying.places.queries import forget
from tests.cast import DISTRICT
from tests.journeys.world import World, make_world


@pytest.fixture
def world(db: None, settings: Any) -> Iterator[World]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    forget_timing()
    forget(DISTRICT)
    yield make_world()
    forget_timing()
