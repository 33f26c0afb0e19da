"""Who hears of something: named here, found by ``queries.people``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huying.access.permissions import Permission
from huying.access.roles import ROLES, Role
from huying.kernel.terms import Term


class Audience(Term):
    """To whom a row of the table speaks."""

    SAYER = "sayer", "这一步所涉诉求人"
    CALLERS = "callers", "全部诉求人"
    LEAD = "lead", "主办单位"
    ORDER_BODY = "order_body", "本单单位"
    SENT_BODIES = "sent_bodies", "新派到的单位"
    ASKING_BODY = "asking_body", "提出争议或申请的单位"
    HOLDERS = "holders", "有这项权限的岗位"
    CLOCK_OWNER = "clock_owner", "该走这个时限的人"
    LEFT_BODIES = "left_bodies", "被收回的单位"
    DEMANDER = "demander", "发督办单的人"


@dataclass(frozen=True, slots=True)
class PostHeld:
    """One post of one account that may sign in. ``area`` is a code prefix; ``body_id`` None: every body."""

    account_id: int
    role: Role
    area: str
    body_id: int | None
    language: str


def of_bodies(posts: Iterable[PostHeld], bodies: Iterable[int], area: str) -> list[PostHeld]:
    """The posts within these bodies whose area holds the case."""
    wanted = set(bodies)
    return [post for post in posts if post.body_id in wanted and covers(post, area)]


def holding(posts: Iterable[PostHeld], permission: Permission, area: str) -> list[PostHeld]:
    """The posts of no single body that carry the permission where the case lies."""
    return [
        post
        for post in posts
        if post.body_id is None and permission in ROLES[post.role] and covers(post, area)
    ]


def covers(post: PostHeld, area: str) -> bool:
    """Whether the post's area holds the case."""
    # A case whose place is not known yet is everybody's.
    return area.startswith(post.area) or post.area.startswith(area)


def nearest(posts: Sequence[PostHeld]) -> list[PostHeld]:
    """Of several levels that could act, those closest to the case: a street's before the district's."""
    longest = max((len(post.area) for post in posts), default=0)
    return [post for post in posts if len(post.area) == longest]


def languages(posts: Iterable[PostHeld]) -> Mapping[int, str]:
    """Account to language, each once."""
    return {post.account_id: post.language for post in posts}
