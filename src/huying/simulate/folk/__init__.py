"""The invented people and units of a district: who bears which duty, who works where, who calls."""

from huying.simulate.folk.bodies import Bearing, Body, bearings, bodies
from huying.simulate.folk.callers import Caller, caller
from huying.simulate.folk.staff import CAST, Person, Post, staff

__all__ = ["CAST", "Bearing", "Body", "Caller", "Person", "Post", "bearings", "bodies", "caller", "staff"]
