"""Messages that leave the house: to a phone, by whatever carries them in this installation."""

from huying.notices.codes import check_code, send_code
from huying.notices.senders import Sender, sender

__all__ = ["Sender", "check_code", "send_code", "sender"]
