"""What residents say, in the words and moods in which they say it."""

from huying.simulate.speech.matters import Matter, matter_of
from huying.simulate.speech.telling import Told, tell

__all__ = ["Matter", "Told", "matter_of", "tell"]
