"""Works of two people in the cast's district, done in this process; files in a folder of the test's own."""

from pathlib import Path
from typing import Any

import pytest

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewPost
from huying.people.queries import actor_by_id
from tests.cast import DISTRICT, Cast, gather
from tests.people.cast import PASSWORD


@pytest.fixture
def cast(transactional_db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HUYING_WORK_DIR = tmp_path / "work"
    return gather()


def person(cast: Cast, login: str, role: Role = Role.SUPERVISOR) -> Actor:
    """An account with this one post over the whole district."""
    made = actions.create_account(
        cast.system, login, login, [NewPost(role, str(DISTRICT))], clock.now(),
        password=PASSWORD, must_change_password=False,
    )  # fmt: skip
    return actor_by_id(DISTRICT, made, clock.now())


@pytest.fixture
def duban(cast: Cast) -> Actor:
    return person(cast, "duban")


@pytest.fixture
def other(cast: Cast) -> Actor:
    return person(cast, "other")
