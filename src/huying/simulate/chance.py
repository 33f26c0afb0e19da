"""Chance that can be repeated: everything invented here follows from a seed and a name.

Nothing draws from a shared stream, so adding a park does not change the people who live beside it, and one
district of a city can be made without making the others.
"""

from collections.abc import Sequence
from hashlib import blake2b
from math import exp, sqrt
from random import Random
from typing import TypeVar

T = TypeVar("T")
_SPAN = float(1 << 53)


def unit(seed: int, *name: object) -> float:
    """A number in [0, 1) that belongs to this seed and name."""
    raw = blake2b("|".join(map(str, (seed, *name))).encode(), digest_size=8).digest()
    return (int.from_bytes(raw, "big") >> 11) / _SPAN


def swing(seed: int, *name: object) -> float:
    """A number in [-1, 1) that belongs to this seed and name."""
    return 2 * unit(seed, *name) - 1


def pick(seed: int, options: Sequence[T], *name: object) -> T:
    """One of the options, each as likely as the other."""
    return options[int(unit(seed, *name) * len(options))]


def dice(seed: int, *name: object) -> Random:
    """A generator of its own for the thing named, for where many numbers are needed."""
    return Random(int(unit(seed, "dice", *name) * _SPAN))


def shuffled(seed: int, options: Sequence[T], *name: object) -> list[T]:
    """The options in an order that belongs to this seed and name."""
    result = list(options)
    dice(seed, "shuffle", *name).shuffle(result)
    return result


def poisson(rng: Random, mean: float) -> int:
    """How many independent events fall into a span that expects ``mean`` of them.

    Knuth's product below 30, above it the normal approximation rounded at zero.
    """
    if mean <= 0:
        return 0
    if mean > 30:
        return max(0, round(rng.gauss(mean, sqrt(mean))))
    limit, product, count = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count
