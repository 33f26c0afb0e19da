"""The only writers of the conversation of a case and of drafts of replies."""

from huying.loop.dispose.actions.drafting import DRAFTED, draft_reply, drop_draft
from huying.loop.dispose.actions.speaking import read_up_to, speak

__all__ = ["DRAFTED", "draft_reply", "drop_draft", "read_up_to", "speak"]
