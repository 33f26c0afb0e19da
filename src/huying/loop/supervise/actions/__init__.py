"""The only writers of standings and gauges."""

from huying.loop.supervise.actions.keeping import Followed, keep

__all__ = ["Followed", "keep"]
