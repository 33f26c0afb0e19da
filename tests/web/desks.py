"""Staff for the desks' tests: accounts in the cast's district, and clients that are signed in."""

from django.test import Client

from huying.access.roles import Role
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewPost
from huying.places.actions import put_areas
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from tests.cast import DISTRICT, OTHER_STREET, STREET
from tests.people.cast import PASSWORD, SYSTEM, enter


def desk(role: Role, area: str = str(DISTRICT), body_id: int | None = None, *more: NewPost) -> Client:
    """A client at the desk of a new account with this one post, or ``more``."""
    posts = [NewPost(role, area, body_id), *more]
    login = "-".join(f"{post.role.value}-{post.area}-{post.body_id or 0}" for post in posts)
    made = actions.create_account(
        SYSTEM, login, role.zh, posts, clock.now(), password=PASSWORD, must_change_password=False
    )
    client = Client()
    enter(client, made)
    return client


def named_streets() -> None:
    """The cast's two streets, by name and without an outline."""
    drafts = [AreaDraft("呼应区", Level.DISTRICT, code=str(DISTRICT))]
    drafts += [
        AreaDraft(name, Level.STREET, code=code, parent=str(DISTRICT))
        for name, code in (("青石街道", STREET), ("白塔街道", OTHER_STREET))
    ]
    put_areas(DISTRICT, drafts, now=clock.now())
