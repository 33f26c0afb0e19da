"""What a district chooses, months published, and what changed of them since."""

from huying.opendata.actions.publishing import publish_due, set_rule

__all__ = ["publish_due", "set_rule"]
