"""Rows of this domain: facilities, ways on foot, where people live, what is asked of centres."""

from huying.services.models.asking import Ask, Service, Slot
from huying.services.models.facilities import (
    EntryReport,
    Facility,
    FacilityKind,
    FacilityPhoto,
    HoursException,
)
from huying.services.models.walking import Circle, PeopleSpot, Surroundings, WalkEdge, WalkNode

__all__ = [
    "Ask",
    "Circle",
    "EntryReport",
    "Facility",
    "FacilityKind",
    "FacilityPhoto",
    "HoursException",
    "PeopleSpot",
    "Service",
    "Slot",
    "Surroundings",
    "WalkEdge",
    "WalkNode",
]
