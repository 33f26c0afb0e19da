"""Rows of this domain: who was on duty, where they walked, what they found, what they were sent to look at."""

from huying.patrol.models.checks import Check
from huying.patrol.models.finds import Find, FindFile
from huying.patrol.models.tours import Plan, Tour, TrackPoint, Walked

__all__ = ["Check", "Find", "FindFile", "Plan", "Tour", "TrackPoint", "Walked"]
