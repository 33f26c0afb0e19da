"""Rows of this domain: what is set, who may be alerted, what happened."""

from huying.emergency.models.cards import Alert, Emergency, Mark, Outside, Review
from huying.emergency.models.plans import PlanVersion, Skill
from huying.emergency.models.responders import Responder

__all__ = ["Alert", "Emergency", "Mark", "Outside", "PlanVersion", "Responder", "Review", "Skill"]
