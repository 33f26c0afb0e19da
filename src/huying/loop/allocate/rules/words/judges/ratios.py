"""How differently each gram is met in an item and elsewhere (Wang, Manning: Baselines and bigrams, ACL 2012)."""

from typing import Any

import numpy as np

from huying.loop.allocate.rules.words.grams import Matrix


def there(rows: Matrix) -> Matrix:
    """1 for every gram that is in a text."""
    met = rows.copy()
    met.data[:] = 1.0
    return met


def ratio(met: Matrix, own: Any) -> Any:
    """The size of the log-count ratio of each column between the ``own`` rows and the others."""
    return np.abs(np.log(_share(met, own) / _share(met, ~own)))


def _share(met: Matrix, chosen: Any) -> Any:
    return (np.asarray(met[chosen].sum(axis=0)).ravel() + 1.0) / (chosen.sum() + 2.0)
