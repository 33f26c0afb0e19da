"""住户和走访: buildings, persons, kinds, and visits to them."""

from huying.api.v1.homes import beside, buildings, keyed, persons, planning, standards, visiting

MODULES = (buildings, persons, beside, keyed, visiting, planning, standards)
