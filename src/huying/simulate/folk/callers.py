"""Residents who call: the same number in the same home always belongs to the same person."""

from dataclasses import dataclass

from huying.simulate.chance import dice
from huying.simulate.folk.names import person_name


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who may call. ``phone`` begins with 154, a series that no operator has been given."""

    name: str
    phone: str
    old: bool
    woman: bool

    @property
    def title(self) -> str:
        """How a seat would speak of them."""
        return f"{self.name[0]}{'女士' if self.woman else '先生'}"


def caller(seed: int, grid: str, home: int) -> Caller:
    """The person who calls from a home (numbered from 0) of a grid."""
    rng = dice(seed, "caller", grid, home)
    woman, old = rng.random() < 0.52, rng.random() < 0.27
    return Caller(person_name(rng, woman, old), f"154{rng.randrange(10**8):08d}", old, woman)
