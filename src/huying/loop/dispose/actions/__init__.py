"""The only writers of the conversation of a case."""

from huying.loop.dispose.actions.speaking import read_up_to, speak

__all__ = ["read_up_to", "speak"]
