"""Which events a subscription asked for. What is left empty narrows nothing."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Matter:
    """What a filter may look at of one case, as it stands. ``bodies``: all that hold an order on it."""

    kind: str
    item: str
    area: str
    bodies: frozenset[int]


@dataclass(frozen=True, slots=True)
class Filters:
    """``verbs`` of the lifecycle table; ``areas`` and ``items`` are codes or the beginnings of codes."""

    verbs: Collection[str] = ()
    areas: Collection[str] = ()
    items: Collection[str] = ()
    kinds: Collection[str] = ()
    bodies: Collection[int] = ()

    def ask_for(self, verb: str, matter: Matter) -> bool:
        """Whether this step on this case is told. Every part that says something must agree."""
        return (
            (not self.verbs or verb in self.verbs)
            and (not self.kinds or matter.kind in self.kinds)
            and (not self.areas or matter.area.startswith(tuple(self.areas)))
            and (not self.items or matter.item.startswith(tuple(self.items)))
            and (not self.bodies or not matter.bodies.isdisjoint(self.bodies))
        )
