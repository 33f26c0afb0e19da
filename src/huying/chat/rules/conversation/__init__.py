"""How a conversation goes: words, where it stands, what follows; no model of language, a table."""

from huying.chat.rules.conversation.going import step
from huying.chat.rules.conversation.standing import Deed, Do, Heard, Known, Stage, Talk, Turn

__all__ = ["Deed", "Do", "Heard", "Known", "Stage", "Talk", "Turn", "step"]
