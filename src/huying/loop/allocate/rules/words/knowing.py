"""How much of a text the classifier has ever met: of what it does not know it may not be sure."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from huying.loop.allocate.rules.words.grams import BODY, Matrix, column
from huying.loop.allocate.rules.words.reading import content, read

# With so many known grams a text is taken to say something; the shorter ones are read closely.
_PLENTY: Final = 60
# One known pair that names something makes at most 0.45 sure, two 0.7, three 0.83.
_PER_PAIR: Final = 0.6
# A novel that happens to hold a few known pairs has not been understood.
_LEAST_SHARE: Final = 0.1
# What is not believed at all still keeps its order.
_LEAST: Final = 0.02


def knowing(texts: Sequence[str], rows: Matrix, met: Any) -> Any:
    """For each text how far a guess on it may be believed, up to 1; ``met`` says which columns were learned from.

    Next to nothing for what names nothing: empty, emoji, pinyin, another language, words that fit any matter. Grows
    with the known pairs of neighbours that name something; nothing is taken from a text of which plenty is known.
    """
    known = np.add.reduceat(np.append(met[rows.indices] & (rows.indices < BODY), 0), rows.indptr[:-1])
    known[np.diff(rows.indptr) == 0] = 0
    return np.array(
        [1.0 if many >= _PLENTY else _closely(text, met) for text, many in zip(texts, known, strict=True)]
    )


def _closely(text: str, met: Any) -> float:
    pairs = content(read(text))
    if not pairs:
        return 0.0
    known = int(np.count_nonzero(met[[column(pair) for pair in pairs]]))
    share = min(1.0, known / len(pairs) / _LEAST_SHARE)
    return float(share * (1.0 - np.exp(-_PER_PAIR * known)))
