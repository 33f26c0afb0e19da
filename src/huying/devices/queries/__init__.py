"""The only readers of devices."""

from huying.devices.queries.case_rules import (
    CaseRuleInfo,
    case_rule_of,
    case_rule_versions_for,
    case_rules_for,
)
from huying.devices.queries.credentials import Shown, device_with
from huying.devices.queries.curves import curve_for, lasts_for
from huying.devices.queries.ears import EarInfo, ears_for
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
from huying.devices.queries.water import (
    AnomalyInfo,
    GradeInfo,
    PointInfo,
    Water,
    anomalies_for,
    water_for,
    water_of,
)

__all__ = [
    "AnomalyInfo",
    "CaseRuleInfo",
    "DeviceInfo",
    "EarInfo",
    "GradeInfo",
    "MaintenanceInfo",
    "MatterInfo",
    "MisreadInfo",
    "PointInfo",
    "Rule",
    "RuleVersion",
    "Shown",
    "Sought",
    "Water",
    "anomalies_for",
    "case_rule_of",
    "case_rule_versions_for",
    "case_rules_for",
    "counts_for",
    "curve_for",
    "device_for",
    "device_with",
    "devices_for",
    "ears_for",
    "lasts_for",
    "maintenance_of",
    "matters_of",
    "misread_for",
    "rules_for",
    "versions_for",
    "water_for",
    "water_of",
]
