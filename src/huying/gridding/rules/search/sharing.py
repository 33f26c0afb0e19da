"""How many grids each region gets."""

from collections.abc import Sequence
from heapq import heapify, heapreplace
from math import sqrt

from huying.kernel.errors import Invalid
from huying.kernel.saying import said


def apportioned(work: Sequence[float], grids: int) -> list[int]:
    """Grids for each region in proportion to its work, at least one each (the method of equal proportions).

    Raises Invalid where there are fewer grids than regions.
    """
    if grids < len(work):
        raise Invalid(
            said("这里有 %(n)d 个区域，网格数不能比它少。", n=len(work)),
            fields={"grids": said("这里有 %(n)d 个区域，网格数不能比它少。", n=len(work))},
        )
    counts = [1] * len(work)
    queue = [(-load / sqrt(2), place) for place, load in enumerate(work)]
    heapify(queue)
    for _more in range(grids - len(work)):
        place = queue[0][1]
        counts[place] += 1
        n = counts[place]
        heapreplace(queue, (-work[place] / sqrt(n * (n + 1)), place))
    return counts
