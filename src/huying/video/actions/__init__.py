"""The only writers of what cameras told, and of what follows from it."""

from huying.video.actions.clearing import clear_old, remove_picture
from huying.video.actions.hearing import Heard, hear_alarm
from huying.video.actions.looking import judge, open_pictures
from huying.video.actions.picturing import Picture, alarm_apart, keep_pictures
from huying.video.actions.ruling import put_standing
from huying.video.actions.taking import ears_of, take_alarm, take_gb28181, take_onvif

__all__ = [
    "Heard",
    "Picture",
    "alarm_apart",
    "clear_old",
    "ears_of",
    "hear_alarm",
    "judge",
    "keep_pictures",
    "open_pictures",
    "put_standing",
    "remove_picture",
    "take_alarm",
    "take_gb28181",
    "take_onvif",
]
