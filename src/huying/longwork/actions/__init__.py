"""The only writers of long work."""

from huying.longwork.actions.asking import ask, cancel, cancel_any
from huying.longwork.actions.doing import Doer, Made, Progress, Stopped, Task, do_next
from huying.longwork.actions.pruning import prune

__all__ = ["Doer", "Made", "Progress", "Stopped", "Task", "ask", "cancel", "cancel_any", "do_next", "prune"]
