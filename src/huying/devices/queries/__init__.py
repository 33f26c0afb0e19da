"""The only readers of devices."""

from huying.devices.queries.credentials import Shown, device_with
from huying.devices.queries.curves import curve_for, lasts_for
from huying.devices.queries.matters import MatterInfo, MisreadInfo, matters_of, misread_for
from huying.devices.queries.register import (
    DeviceInfo,
    MaintenanceInfo,
    Sought,
    counts_for,
    device_for,
    devices_for,
    maintenance_of,
)
from huying.devices.queries.rules import Rule, RuleVersion, rules_for, versions_for
from huying.devices.queries.silence import Silence, silence_of, silences_for

__all__ = [
    "DeviceInfo",
    "MaintenanceInfo",
    "MatterInfo",
    "MisreadInfo",
    "Rule",
    "RuleVersion",
    "Shown",
    "Silence",
    "Sought",
    "counts_for",
    "curve_for",
    "device_for",
    "device_with",
    "devices_for",
    "lasts_for",
    "maintenance_of",
    "matters_of",
    "misread_for",
    "rules_for",
    "silence_of",
    "silences_for",
    "versions_for",
]
