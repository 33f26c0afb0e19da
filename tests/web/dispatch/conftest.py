from collections.abc import Iterator

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.catalogue import actions as catalogue
from huying.catalogue.queries.live import forget as forget_list
from huying.loop.allocate.models import DispatchRule
from huying.loop.allocate.queries.held import forget
from tests.cast import DISTRICT, MONDAY, STREET, Cast
from tests.people.cast import SYSTEM
from tests.web.desks import desk


@pytest.fixture
def listed(cast: Cast) -> Iterator[Cast]:
    """The cast with the platform's own responsibility list in force."""
    forget(DISTRICT)
    catalogue.load_starter(SYSTEM, DISTRICT, MONDAY)
    yield cast
    # The list goes with the test's rows; what this process holds of it must go too.
    forget_list(DISTRICT)
    forget(DISTRICT)


@pytest.fixture
def dispatcher(listed: Cast) -> Client:
    return desk(Role.STREET_DISPATCHER, STREET)


@pytest.fixture
def bold() -> None:
    """The district lets the platform be sure of almost everything."""
    DispatchRule.objects.create(
        district=DISTRICT,
        automatic_above=0.01,
        item_above=0.01,
        list_weight=6.0,
        made_at=MONDAY,
        made_by="测试",
    )
