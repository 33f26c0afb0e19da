"""The only writers of patrols."""

from huying.patrol.actions.checking import NewAnswer, answer, ask, change, withdraw
from huying.patrol.actions.finding import Told, take_in
from huying.patrol.actions.looking import look_at_track
from huying.patrol.actions.planning import end_plan, put_plan
from huying.patrol.actions.touring import Stamp, end_for, sign_off, sign_on
from huying.patrol.actions.tracking import forget_tracks, track
from huying.patrol.actions.uploads import Arrived, NotWhole, arrived, clear_old, keep_part

__all__ = [
    "Arrived",
    "NewAnswer",
    "NotWhole",
    "Stamp",
    "Told",
    "answer",
    "arrived",
    "ask",
    "change",
    "clear_old",
    "end_for",
    "end_plan",
    "forget_tracks",
    "keep_part",
    "look_at_track",
    "put_plan",
    "sign_off",
    "sign_on",
    "take_in",
    "track",
    "withdraw",
]
