"""The only writers of volunteers, musters and units."""

from huying.volunteers.actions.checking import check_in, check_out, mark
from huying.volunteers.actions.claiming import Claimed, claim, give_up
from huying.volunteers.actions.closing import Settled, close
from huying.volunteers.actions.joining import Registered, change, change_own, join, register, rest
from huying.volunteers.actions.leaving import leave, strike_off
from huying.volunteers.actions.lists import end_listing, finish, put_listing, report, stop, take_up
from huying.volunteers.actions.mustering import cancel, muster, tell_more, widen
from huying.volunteers.actions.placing import community_at, point
from huying.volunteers.actions.units import call_unit, change_unit, register_unit, strike_unit
from huying.volunteers.actions.viewing import look_at, phone_of

__all__ = [
    "Claimed",
    "Registered",
    "Settled",
    "call_unit",
    "cancel",
    "change",
    "change_own",
    "change_unit",
    "check_in",
    "check_out",
    "claim",
    "close",
    "community_at",
    "end_listing",
    "finish",
    "give_up",
    "join",
    "leave",
    "look_at",
    "mark",
    "muster",
    "phone_of",
    "point",
    "put_listing",
    "register",
    "register_unit",
    "report",
    "rest",
    "stop",
    "strike_off",
    "strike_unit",
    "take_up",
    "tell_more",
    "widen",
]
