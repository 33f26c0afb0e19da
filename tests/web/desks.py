"""Staff for the desks' tests: accounts in the cast's district, and clients that are signed in."""

from django.test import Client

from huying.access.roles import Role
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewPost
from tests.cast import DISTRICT
from tests.people.cast import PASSWORD, SYSTEM, enter


def desk(role: Role, area: str = str(DISTRICT), body_id: int | None = None) -> Client:
    """A client at the desk of a new account with this one post."""
    login = f"{role.value}-{area}-{body_id or 0}"
    post = NewPost(role, area, body_id)
    made = actions.create_account(
        SYSTEM, login, role.zh, [post], clock.now(), password=PASSWORD, must_change_password=False
    )
    client = Client()
    enter(client, made)
    return client
