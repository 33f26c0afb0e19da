"""Whatever anybody tries in whatever order, the invariants of the heart hold, and what is refused leaves no trace."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cases.invariants import check_all, print_of_all
from tests.cases.walking import Try, Walk
from tests.cast import Cast

TRIES = st.builds(
    Try,
    kind=st.integers(0, 11),
    case=st.integers(0, 5),
    step=st.integers(0, 80),
    actor=st.integers(0, 40),
    variant=st.integers(0, 30),
    minutes=st.sampled_from([0, 1, 30, 30, 300, 3000, 30000]),
)


@pytest.mark.slow
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(tries=st.lists(TRIES, min_size=15, max_size=40))
def test_nothing_anybody_tries_breaks_the_heart(cast: Cast, tries: list[Try]) -> None:
    with transaction.atomic():
        walk = Walk(cast)
        walk.start()
        before = print_of_all()
        for each in tries:
            refused = walk.go(each)
            after = print_of_all()
            if refused is None:
                check_all()
            else:
                assert after == before, f"refused with {refused!r}, but something was written"
            before = after
        transaction.set_rollback(True)
