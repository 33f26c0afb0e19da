"""The only writers of the register, and of who looked into it."""

from huying.residents.actions.contacts import drop_contact, put_contact
from huying.residents.actions.grounds import NewGround, add_ground, withdraw_ground
from huying.residents.actions.guarding import guard, unguard
from huying.residents.actions.homes import end_building, put_building, put_use
from huying.residents.actions.kinds import end_kind, load_starter_kinds, put_kind
from huying.residents.actions.labels import end_label, mark
from huying.residents.actions.persons import add_person, change_person, leave
from huying.residents.actions.seeing import (
    Whole,
    find,
    see_at_visit,
    see_card,
    see_list,
    see_whole,
    see_whole_at_visit,
    take_list,
)
from huying.residents.actions.sheets import import_people

__all__ = [
    "NewGround",
    "Whole",
    "add_ground",
    "add_person",
    "change_person",
    "drop_contact",
    "end_building",
    "end_kind",
    "end_label",
    "find",
    "guard",
    "import_people",
    "leave",
    "load_starter_kinds",
    "mark",
    "put_building",
    "put_contact",
    "put_kind",
    "put_use",
    "see_at_visit",
    "see_card",
    "see_list",
    "see_whole",
    "see_whole_at_visit",
    "take_list",
    "unguard",
    "withdraw_ground",
]
