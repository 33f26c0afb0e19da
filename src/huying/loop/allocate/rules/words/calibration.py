"""From scores to probabilities that mean what they say."""

from typing import Any, Final

import numpy as np

# Before any case is settled nothing can be measured: an item whose words match four fifths as well as the
# best one's is then taken to be about six times less likely. Rough on purpose.
DAY_ONE: Final = 9.0
_FAINT: Final = 0.06

_TRIED: Final = np.geomspace(0.5, 20.0, 40)


def probabilities(scores: Any, sharp: float) -> Any:
    """Softmax of ``sharp`` x scores, by row (texts x items)."""
    powers = np.exp(sharp * (scores - scores.max(axis=1, keepdims=True)))
    return powers / powers.sum(axis=1, keepdims=True)


def likeliest(chances: Any, limit: int) -> Any:
    """Numbers of the highest by row, best first (texts x limit); of equals the first."""
    if limit < chances.shape[1]:
        best = np.sort(np.argpartition(-chances, limit - 1, axis=1)[:, :limit], axis=1)
    else:
        best = np.broadcast_to(np.arange(chances.shape[1]), chances.shape)
    order = np.argsort(-np.take_along_axis(chances, best, axis=1), axis=1, kind="stable")
    return np.take_along_axis(best, order, axis=1)


def relative(scores: Any) -> Any:
    """Scores as shares of the text's best one: long texts have low cosines everywhere, which is no doubt.

    A best score below what stray matches reach is measured against that instead, so it stays unsure.
    """
    return scores / np.maximum(scores.max(axis=1, keepdims=True), _FAINT)


def sharpness(scores: Any, truth: Any) -> float:
    """The sharpening under which cases held out were least surprising (temperature scaling, Guo et al. 2017)."""
    if not len(truth):
        return 1.0
    rows = np.arange(len(truth))
    surprises = [
        -np.log(np.maximum(probabilities(scores, sharp)[rows, truth], 1e-9)).mean() for sharp in _TRIED
    ]
    return float(_TRIED[int(np.argmin(surprises))])
