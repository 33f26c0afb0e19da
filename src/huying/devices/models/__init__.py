"""Rows of this domain: what stands in the register, what it said, what is watched for and what came of it."""

from huying.devices.models.devices import Device, Maintenance
from huying.devices.models.ears import Ear
from huying.devices.models.homes import HomeState
from huying.devices.models.readings import HourTally, LastReading, Misread, Reading
from huying.devices.models.watching import CaseRule, Matter, WatchRule, WatchState
from huying.devices.models.water import Anomaly, WaterPoint, WaterState

__all__ = [
    "Anomaly",
    "CaseRule",
    "Device",
    "Ear",
    "HomeState",
    "HourTally",
    "LastReading",
    "Maintenance",
    "Matter",
    "Misread",
    "Reading",
    "WatchRule",
    "WatchState",
    "WaterPoint",
    "WaterState",
]
