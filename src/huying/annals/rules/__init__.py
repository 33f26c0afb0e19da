"""What may be changed, how, and who may read of it; plain Python."""

from huying.annals.rules.kinds import READERS, Deed, Subject
from huying.annals.rules.words import differing

__all__ = ["READERS", "Deed", "Subject", "differing"]
