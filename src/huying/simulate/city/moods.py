"""Bad behaviour on demand: each kind happens with a chance of its own, drawn from one seed."""

from dataclasses import dataclass, fields
from random import Random


@dataclass
class Moods:
    """Chances between 0 and 1. ``slow`` seconds at most are slept before an answer.

    ``lost`` answers are cut off after the letter was taken, ``cut`` ones before. ``rubbish`` is HTML with 200,
    ``schema`` other names than agreed, ``twice`` and ``shuffled`` concern the letters it sends. ``skewed``: its
    clock is an hour off. ``deaf``: it answers who asks and takes nothing that it is told.
    """

    error: float = 0.0
    busy: float = 0.0
    lost: float = 0.0
    cut: float = 0.0
    rubbish: float = 0.0
    schema: float = 0.0
    twice: float = 0.0
    shuffled: float = 0.0
    unsigned: float = 0.0
    skewed: float = 0.0
    refuse: float = 0.0
    deaf: float = 0.0
    slow: float = 0.0
    seed: int = 1

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)

    def set(self, given: dict[str, float]) -> None:
        """Other chances from now on; what is not named is well-behaved."""
        for each in fields(self):
            setattr(self, each.name, given.get(each.name, 1 if each.name == "seed" else 0.0))
        self.chance = Random(int(self.seed))

    def strikes(self, name: str) -> bool:
        """Whether it happens this time."""
        return self.chance.random() < float(getattr(self, name))
