"""The only writers of facilities, of ways on foot, and of what is asked of centres."""

from huying.services.actions.asking.arranging import Arrangement, Person, arrange, call_off, finish, look_at
from huying.services.actions.asking.asking import Asked, NewAsk, ask, cancel_own, rate
from huying.services.actions.asking.offering import (
    cancel_slot,
    change_service,
    end_service,
    offer,
    open_slots,
)
from huying.services.actions.asking.reminding import clear_asks, remind_due
from huying.services.actions.entries.beside import add_photos, drop_exception, drop_photo, except_days
from huying.services.actions.entries.entering import confirm, correct, end, enter
from huying.services.actions.entries.importing import ImportReport, import_facilities
from huying.services.actions.entries.kinds import end_kind, put_kind
from huying.services.actions.entries.reporting import clear_reports, report_entry, settle
from huying.services.actions.walking.circling import draw_circle
from huying.services.actions.walking.drawing import put_homes, put_roads

__all__ = [
    "Arrangement",
    "Asked",
    "ImportReport",
    "NewAsk",
    "Person",
    "add_photos",
    "arrange",
    "ask",
    "call_off",
    "cancel_own",
    "cancel_slot",
    "change_service",
    "clear_asks",
    "clear_reports",
    "confirm",
    "correct",
    "draw_circle",
    "drop_exception",
    "drop_photo",
    "end",
    "end_kind",
    "end_service",
    "enter",
    "except_days",
    "finish",
    "import_facilities",
    "look_at",
    "offer",
    "open_slots",
    "put_homes",
    "put_kind",
    "put_roads",
    "rate",
    "remind_due",
    "report_entry",
    "settle",
]
