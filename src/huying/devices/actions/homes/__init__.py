"""Homes of those who live alone: learned each night, looked at when a silence becomes unusual."""

from huying.devices.actions.homes.learning import learn_homes
from huying.devices.actions.homes.looking import look_at_homes

__all__ = ["learn_homes", "look_at_homes"]
