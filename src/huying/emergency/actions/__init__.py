"""The only writers of emergencies, responders and plans."""

from huying.emergency.actions.alarm import NewAlarm, Opened, open_card
from huying.emergency.actions.answering import (
    Answered,
    answer,
    answer_for,
    arrive,
    arrive_for,
    report_position,
)
from huying.emergency.actions.leading import (
    add_note,
    hand_outside,
    next_ring,
    stand_down,
    take_over,
    write_review,
)
from huying.emergency.actions.plans import end_plan, end_skill, make_plan, put_plan, put_skill, restore_plan
from huying.emergency.actions.responders import (
    NewResponder,
    call_responder,
    change,
    forget_positions,
    leave,
    register,
    rest,
)
from huying.emergency.actions.sheets import import_responders
from huying.emergency.actions.sounds import store_sound
from huying.emergency.actions.watching import look

__all__ = [
    "Answered",
    "NewAlarm",
    "NewResponder",
    "Opened",
    "add_note",
    "answer",
    "answer_for",
    "arrive",
    "arrive_for",
    "call_responder",
    "change",
    "end_plan",
    "end_skill",
    "forget_positions",
    "hand_outside",
    "import_responders",
    "leave",
    "look",
    "make_plan",
    "next_ring",
    "open_card",
    "put_plan",
    "put_skill",
    "register",
    "report_position",
    "rest",
    "restore_plan",
    "stand_down",
    "store_sound",
    "take_over",
    "write_review",
]
