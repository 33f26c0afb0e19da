"""The only writers of teams and duty."""

from huying.teams.actions.calling import call_member
from huying.teams.actions.handing import give_duty, take_duty
from huying.teams.actions.kinds import end_kind, load_starter_kinds, put_kind
from huying.teams.actions.members import (
    NewMember,
    change_member,
    ensure_member,
    join_team,
    leave_duty,
    leave_team,
)
from huying.teams.actions.posts import create_post, end_post, end_turn, put_turn
from huying.teams.actions.roster import CellEdit, put_cells
from huying.teams.actions.rotations import end_rotation, fill_rotations, set_rotation
from huying.teams.actions.sheets import Fault, SheetReport, import_roster, import_teams
from huying.teams.actions.swaps import answer_swap, ask_swap, withdraw_swap

__all__ = [
    "CellEdit",
    "Fault",
    "NewMember",
    "SheetReport",
    "answer_swap",
    "ask_swap",
    "call_member",
    "change_member",
    "create_post",
    "end_kind",
    "end_post",
    "end_rotation",
    "end_turn",
    "ensure_member",
    "fill_rotations",
    "give_duty",
    "import_roster",
    "import_teams",
    "join_team",
    "leave_duty",
    "leave_team",
    "load_starter_kinds",
    "put_cells",
    "put_kind",
    "put_turn",
    "set_rotation",
    "take_duty",
    "withdraw_swap",
]
