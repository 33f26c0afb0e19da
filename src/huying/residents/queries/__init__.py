"""The only readers of the register of homes and persons."""

from huying.residents.queries.cards import Card, ContactInfo, GroundInfo, GuardInfo
from huying.residents.queries.guarded import Guarded, guarded_at
from huying.residents.queries.homes import BuildingInfo, Flat, building_for, buildings_for, flats_for
from huying.residents.queries.keyed import KeyPerson, key_persons, lines_by_id, person_area
from huying.residents.queries.kinds import KindInfo, kinds_for, kinds_of
from huying.residents.queries.persons import Asked, LabelInfo, PersonLine

__all__ = [
    "Asked",
    "BuildingInfo",
    "Card",
    "ContactInfo",
    "Flat",
    "GroundInfo",
    "GuardInfo",
    "Guarded",
    "KeyPerson",
    "KindInfo",
    "LabelInfo",
    "PersonLine",
    "building_for",
    "buildings_for",
    "flats_for",
    "guarded_at",
    "key_persons",
    "kinds_for",
    "kinds_of",
    "lines_by_id",
    "person_area",
]
