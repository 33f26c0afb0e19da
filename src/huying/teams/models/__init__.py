"""Tables of grid teams and of duty."""

from huying.teams.models.duty import DutyPost, Rotation, Shift, Turn
from huying.teams.models.handing import Handover, Swap
from huying.teams.models.teams import Member, MemberKind, Membership

__all__ = [
    "DutyPost",
    "Handover",
    "Member",
    "MemberKind",
    "Membership",
    "Rotation",
    "Shift",
    "Swap",
    "Turn",
]
