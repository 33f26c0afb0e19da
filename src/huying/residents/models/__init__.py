"""Rows of this domain: homes, persons, and on what their data are kept."""

from huying.residents.models.homes import Building, Home, Household
from huying.residents.models.keys import Ground, KeyKind, KeyLabel
from huying.residents.models.persons import Contact, Guarding, Person

__all__ = [
    "Building",
    "Contact",
    "Ground",
    "Guarding",
    "Home",
    "Household",
    "KeyKind",
    "KeyLabel",
    "Person",
]
