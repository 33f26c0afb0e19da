"""住户和走访: buildings, persons, kinds, and visits to them."""

from huying.api.v1.homes import beside, buildings, keyed, persons, planning, standards, visiting

# What is keyed has paths in words, which must be asked for before the number of a person.
MODULES = (buildings, keyed, persons, beside, visiting, planning, standards)
