"""Vendors of chats, played on this machine: their interfaces, and their calls to our address."""

from huying.simulate.stand_in.calling import Call, call, calls_of
from huying.simulate.stand_in.vendors import Vendors, playing

__all__ = ["Call", "Vendors", "call", "calls_of", "playing"]
