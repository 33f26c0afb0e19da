"""A difference told apart: which part of it each item, area or channel explains. The parts add up to it exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One key with its counts. ``share`` is its part of the whole difference in whole percent, None where there is no
    difference; all shares add up to 100, those against the difference are negative."""

    key: str
    now: int
    before: int
    share: int | None = None

    @property
    def change(self) -> int:
        return self.now - self.before


def told_apart(now: Mapping[str, int], before: Mapping[str, int]) -> list[Part]:
    """The parts, those that explain the most first."""
    keys = sorted(now.keys() | before.keys())
    parts = [Part(key, now.get(key, 0), before.get(key, 0)) for key in keys]
    whole = sum(part.change for part in parts)
    shares = _hundred([part.change for part in parts], whole)
    made = [Part(one.key, one.now, one.before, share) for one, share in zip(parts, shares, strict=True)]
    sign = -1 if whole < 0 else 1
    return sorted(made, key=lambda part: (-sign * part.change, -part.now, part.key))


def _hundred(changes: Sequence[int], whole: int) -> list[int | None]:
    """Whole percents that add up to 100, by the largest remainders."""
    if not whole:
        return [None] * len(changes)
    exact = [divmod(100 * change * (1 if whole > 0 else -1), abs(whole)) for change in changes]
    left = 100 - sum(floor for floor, _ in exact)
    first = sorted(range(len(changes)), key=lambda place: (-exact[place][1], place))[:left]
    return [floor + (place in first) for place, (floor, _) in enumerate(exact)]
