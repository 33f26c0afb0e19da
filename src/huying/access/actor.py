"""Who acts: a person in their posts, a resident with a receipt, a system with a key, or the platform."""

from dataclasses import dataclass, field

from huying.access.permissions import Permission
from huying.access.roles import ROLES, Role
from huying.kernel.terms import Term


class ActorKind(Term):
    """What stands behind an act; kept in every ledger entry."""

    ACCOUNT = "account", "人员"
    RESIDENT = "resident", "居民"
    KEY = "key", "外部系统"
    SYSTEM = "system", "系统"


@dataclass(frozen=True, slots=True)
class Grant:
    """One post held: a role within an area prefix, and for handling roles within one body.

    ``area`` is a code prefix (6 district, 9 street, 12 community or 15 grid digits).
    ``body_id`` limits to the cases on which that body has an order; None means every body.
    ``only`` narrows the role, for outside systems whose key carries less than the whole role.
    """

    role: Role
    area: str
    body_id: int | None = None
    only: frozenset[Permission] | None = None

    def may(self, permission: Permission) -> bool:
        return permission in ROLES[self.role] and (self.only is None or permission in self.only)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts, with everything a permission check needs and nothing else.

    ``district`` is the six-digit code as a number. ``appeal_id`` is set for a resident who showed a
    receipt: they may act on that appeal alone.
    """

    kind: ActorKind
    district: int
    name: str
    account_id: int | None = None
    key_id: int | None = None
    appeal_id: int | None = None
    grants: tuple[Grant, ...] = field(default=())

    def grants_for(self, permission: Permission) -> tuple[Grant, ...]:
        """The posts that carry the permission; empty when none does."""
        return tuple(grant for grant in self.grants if grant.may(permission))

    def may(self, permission: Permission) -> bool:
        """Whether the act is theirs at all; the scope of one case is asked by ``cases.policy``."""
        return self.kind is ActorKind.SYSTEM or any(grant.may(permission) for grant in self.grants)

    def may_everywhere(self, permission: Permission) -> bool:
        """Whether the act is theirs in the whole district: for what no street has of its own."""
        return self.kind is ActorKind.SYSTEM or any(
            str(self.district).startswith(grant.area) for grant in self.grants_for(permission)
        )

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def body_ids(self) -> frozenset[int]:
        return frozenset(grant.body_id for grant in self.grants if grant.body_id is not None)


def system(district: int, name: str = "系统") -> Actor:
    """The platform itself, acting by rule: automatic dispatch, sweeps, imports."""
    return Actor(kind=ActorKind.SYSTEM, district=district, name=name)
