"""In whose name a work is done: the posts as they were when it was asked for, less those lost since."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from huying.access.actor import Actor, Grant
from huying.access.permissions import Permission
from huying.access.roles import Role


def kept(grants: Sequence[Grant]) -> list[dict[str, Any]]:
    """The posts as a row keeps them."""
    return [
        {
            "role": grant.role.value,
            "area": grant.area,
            "body": grant.body_id,
            "only": sorted(grant.only) if grant.only is not None else None,
        }
        for grant in grants
    ]


def read(rows: Sequence[Mapping[str, Any]]) -> tuple[Grant, ...]:
    """The posts that a row keeps; a role or permission that no longer exists raises ValueError."""
    return tuple(
        Grant(
            Role(row["role"]),
            row["area"],
            row["body"],
            frozenset(Permission(one) for one in row["only"]) if row["only"] is not None else None,
        )
        for row in rows
    )


def narrowed(now: Actor, then: Sequence[Grant]) -> Actor:
    """The person as they are now with the posts of then that they still hold: what was gained since adds nothing."""
    return replace(now, grants=tuple(grant for grant in then if grant in now.grants))
