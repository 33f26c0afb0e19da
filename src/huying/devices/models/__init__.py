"""Rows of this domain: what stands in the register, what it said, what is watched for and what came of it."""

from huying.devices.models.devices import Device, Maintenance
from huying.devices.models.readings import HourTally, LastReading, Misread, Reading
from huying.devices.models.watching import Matter, SilenceRule, WatchRule, WatchState

__all__ = [
    "Device",
    "HourTally",
    "LastReading",
    "Maintenance",
    "Matter",
    "Misread",
    "Reading",
    "SilenceRule",
    "WatchRule",
    "WatchState",
]
