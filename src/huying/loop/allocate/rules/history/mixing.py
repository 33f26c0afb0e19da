"""Which view of the past to trust: weights learned case by case from how well each view foretold the body."""

from typing import Final

import numpy as np
import numpy.typing as npt

from huying.loop.allocate.rules.history.evidence import DEPTHS, Floats

Numbers = npt.NDArray[np.int64]

START: Final = 0.12
_RATE: Final = 0.03
_SHRINK: Final = 0.01
_PULL_RATE: Final = 0.05
_PULL_SHRINK: Final = 0.001
CAUTION: Final = 0.1
_HEARD: Final = 24


class Trust:
    """One weight for each view and depth of experience, moved by AdaGrad and held near its start.

    Duchi, Hazan, Singer: Adaptive subgradient methods, JMLR 12 (2011): each step is divided by the root
    of the summed squares of the gradients so far.
    """

    def __init__(self, views: int) -> None:
        self.weights: Floats = np.full(views * DEPTHS, START)
        self.squares: Floats = np.full(views * DEPTHS, CAUTION)

    def score(self, slots: Numbers, advantages: Floats) -> Floats:
        """Weight x advantage summed over views; ``advantages`` is views x alternatives."""
        scores: Floats = self.weights[slots] @ advantages
        return scores

    def correct(self, slots: Numbers, advantages: Floats, chances: Floats, truth: int) -> None:
        """One step after the true alternative is known."""
        gradient = advantages @ chances - advantages[:, truth]
        gradient += _SHRINK * (self.weights[slots] - START)
        self.squares[slots] += gradient * gradient
        self.weights[slots] -= _RATE * gradient / np.sqrt(self.squares[slots])


class Pull:
    """How far each view or pair of characters pulls towards or away from a role, beyond what counts say.

    A sparse softmax regression; only the likeliest alternatives and the truth are moved in each step.
    ``rows`` numbers the keys; ``pulls`` and ``squares`` are keys x roles, with room to grow.
    """

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.pulls = np.zeros((0, 0), dtype=np.float32)
        self.squares = np.zeros((0, 0), dtype=np.float32)

    def score(self, keys: list[str], roles: int) -> Floats:
        """The summed pull of the keys towards each of so many roles."""
        known = np.array([self.rows[key] for key in keys if key in self.rows], dtype=np.int64)
        width = min(roles, self.pulls.shape[1])
        scores = np.zeros(roles)
        scores[:width] = self.pulls[known, :width].sum(axis=0)
        return scores

    def correct(self, keys: list[str], roles: Numbers, chances: Floats, truth: int) -> None:
        """One step after the true alternative (an index into ``roles``) is known."""
        likeliest = np.argsort(-chances)[:_HEARD].tolist()
        errors = {int(roles[i]): float(chances[i]) for i in likeliest}
        errors[int(roles[truth])] = float(chances[truth]) - 1.0
        rows = [self.rows.setdefault(key, len(self.rows)) for key in keys]
        self.make_room(len(self.rows), max(errors) + 1)
        cells = np.ix_(rows, list(errors))
        pulls = self.pulls[cells]
        gradient = np.array(list(errors.values()), dtype=np.float32) + _PULL_SHRINK * pulls
        squares = self.squares[cells] + gradient * gradient
        self.squares[cells] = squares
        self.pulls[cells] = pulls - _PULL_RATE * gradient / np.sqrt(squares)

    def make_room(self, keys: int, roles: int) -> None:
        """Room for so many keys and roles; doubled when it is too small, so that growing stays cheap."""
        height, width = self.pulls.shape
        if keys <= height and roles <= width:
            return
        down = 0 if keys <= height else max(keys, 2 * height) - height
        right = 0 if roles <= width else max(roles, width + 32) - width
        self.pulls = np.pad(self.pulls, ((0, down), (0, right)))
        self.squares = np.pad(self.squares, ((0, down), (0, right)), constant_values=CAUTION)
