"""The only writers of devices, what they said, and what is watched for."""

from huying.devices.actions.bringing import import_devices
from huying.devices.actions.case_rules import put_case_rule
from huying.devices.actions.crediting import new_secret, set_station_password
from huying.devices.actions.delivering import deliver
from huying.devices.actions.ears import sign_of_life
from huying.devices.actions.hearing import hear, is_worked_on
from huying.devices.actions.keeping import Given, Kept, keep, write_down
from huying.devices.actions.maintaining import end_maintenance, maintain
from huying.devices.actions.months import clear_log, keep_months
from huying.devices.actions.registering import change, make, retire
from huying.devices.actions.ruling import end_rule, put_rule
from huying.devices.actions.silence import look_for_silent
from huying.devices.actions.waiting import look_at_waiting

__all__ = [
    "Given",
    "Kept",
    "change",
    "clear_log",
    "deliver",
    "end_maintenance",
    "end_rule",
    "hear",
    "import_devices",
    "is_worked_on",
    "keep",
    "keep_months",
    "look_at_waiting",
    "look_for_silent",
    "maintain",
    "make",
    "new_secret",
    "put_case_rule",
    "put_rule",
    "retire",
    "set_station_password",
    "sign_of_life",
    "write_down",
]
