"""The words of a call as weighted pairs of characters, and what two calls say in common.

The cosine of weights by rarity, as in retrieval of texts; and, because one caller says in five words what another says
in fifty, how much of the shorter one the longer one holds. Work is bounded whatever is said.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from huying.kernel.tokens import bigrams
from huying.loop.allocate.rules.words.reading import PARTICLES

#: So much of a text is read, and so many of its tokens count, the rarest first.
MOST_READ: Final = 3000
MOST_TOKENS: Final = 160
_MOST_STRETCHES: Final = 3
_LONGEST_STRETCH: Final = 8
_PARTICLE: Final = 0.1
_SINGLE: Final = 0.3
# Of a token that was never counted no more is known than that it is rare.
_NEVER_MET: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Wording:
    """Tokens in the order in which they are said, each with its weight; ``length`` is the Euclidean one."""

    weights: Mapping[str, float]
    length: float


NOTHING: Final = Wording({}, 0.0)


def wording(text: str, frequencies: Mapping[str, float], weighed: dict[str, float] | None = None) -> Wording:
    """The weights of a text's tokens. ``frequencies`` are the shares of cases that hold a token.

    ``weighed`` keeps weights from one text to the next of many.
    """
    kept = {} if weighed is None else weighed
    tokens = bigrams(text[:MOST_READ])
    for token in tokens:
        if token not in kept:
            kept[token] = weight(token, frequencies)
    weights = {token: kept[token] for token in tokens}
    if len(weights) > MOST_TOKENS:
        rarest = set(sorted(weights, key=lambda token: -weights[token])[:MOST_TOKENS])
        weights = {token: heavy for token, heavy in weights.items() if token in rarest}
    return Wording(weights, sqrt(sum(heavy * heavy for heavy in weights.values())))


def weight(token: str, frequencies: Mapping[str, float]) -> float:
    """How much a token says: the logarithm of its rarity, little for single characters and particles."""
    rare = -log(max(frequencies.get(token, _NEVER_MET), _NEVER_MET)) + 0.1
    if not PARTICLES.isdisjoint(token):
        return _PARTICLE * rare
    return (_SINGLE if len(token) == 1 else 1.0) * rare


def words_alike(a: Wording, b: Wording) -> tuple[float, tuple[str, ...]]:
    """How alike two texts are, 0 to 1, and the stretches that both say, the most telling first, in a's order."""
    shared = a.weights.keys() & b.weights.keys()
    if not shared or not a.length or not b.length:
        return 0.0, ()
    common = sum(a.weights[token] * b.weights[token] for token in shared)
    cosine = common / (a.length * b.length)
    contained = common / min(a.length, b.length) ** 2
    told = tuple(words for words, _heavy in stretches(a, shared)[:_MOST_STRETCHES])
    return min(1.0, 0.6 * cosine + 0.4 * min(1.0, contained)), told


def held(part: Wording, whole: Wording) -> float:
    """Which share of the one's weight the other holds too, 0 to 1."""
    if not part.length:
        return 0.0
    shared = part.weights.keys() & whole.weights.keys()
    return min(1.0, sum(part.weights[token] * whole.weights[token] for token in shared) / part.length**2)


def stretches(said: Wording, tokens: Set[str]) -> list[tuple[str, float]]:
    """The stretches that these tokens make, with their weights, the heaviest first; 井盖 and 盖松 make 井盖松.

    Particles end a stretch.
    """
    found: dict[str, float] = {}
    run, heavy = "", 0.0
    for token in [*said.weights, ""]:
        telling = token in tokens and _may_tell(token) and PARTICLES.isdisjoint(token)
        if telling and run and run[-1] == token[0] and len(run) < _LONGEST_STRETCH and len(token) == 2:
            run, heavy = run + token[1], heavy + said.weights[token]
            continue
        if run:
            found[run] = max(found.get(run, 0.0), heavy)
        run, heavy = (token, said.weights[token]) if telling else ("", 0.0)
    return sorted(found.items(), key=lambda one: -one[1])


def _may_tell(token: str) -> bool:
    return len(token) > 1 or token.isdigit()
