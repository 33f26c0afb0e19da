"""What can be wrong with a series, and what is told of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.kernel.saying import Said, said
from huying.kernel.terms import Term


class AnomalyKind(Term):
    """How a series departs from what its sensor can be believed to say.

    In the letters of Leigh et al. 2019 (A framework for automated anomaly detection in high frequency water-quality data
    from in situ sensors): spike A and J, cluster I, shift D, stuck B, drift H, impossible F and G, gap K.
    """

    SPIKE = "spike", "孤立突变"
    CLUSTER = "cluster", "成群突变"
    SHIFT = "shift", "突然跃变"
    STUCK = "stuck", "数值不变"
    DRIFT = "drift", "漂移"
    IMPOSSIBLE = "impossible", "超出物理范围"
    GAP = "gap", "数据中断"


_MEANING = {
    AnomalyKind.SPIKE: said("只有这一两次读数突然偏离，随即回到原来的水平"),
    AnomalyKind.CLUSTER: said("一天之内多次突然偏离又回来"),
    AnomalyKind.SHIFT: said("一步跳到另一个水平并停在那里，水体自身的变化会分几步走"),
    AnomalyKind.STUCK: said("连续读数一字不变，比这个点位以往任何一次都久"),
    AnomalyKind.DRIFT: said("没有突变，却朝一个方向慢慢走出了以往的范围，请核对校准"),
    AnomalyKind.IMPOSSIBLE: said("水不可能有这样的数值"),
    AnomalyKind.GAP: said("与上一次读数间隔过长"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One anomaly: which readings it covers, how sure it is (0.5 to 1), and what was expected instead.

    ``since`` and ``until`` are the times of the first and the newest reading covered, ``told`` that of the reading which
    brings this verdict, later than ``until`` where the next reading had to be waited for. A verdict that goes on comes
    again with the same kind and ``since``. ``low`` to ``high`` is the expected range in the series' own unit.
    """

    kind: AnomalyKind
    since: datetime
    until: datetime
    told: datetime
    sure: float
    low: float
    high: float
    value: float

    @property
    def reason(self) -> Said:
        """Why, in a sentence for a person."""
        return said(
            "%(kind)s：%(since)s 起读数 %(value)s，预期 %(low)s 至 %(high)s；%(meaning)s（把握 %(sure)s%%）。",
            kind=self.kind.zh,
            since=f"{self.since:%m-%d %H:%M}",
            value=f"{self.value:g}",
            low=f"{self.low:.4g}",
            high=f"{self.high:.4g}",
            meaning=_MEANING[self.kind],
            sure=round(100 * self.sure),
        )


def surety(size: float, limit: float) -> float:
    """How sure an anomaly of this size is: 0.5 at the limit, 0.75 at twice, towards 1 beyond."""
    return 1 - 0.5 * min(1.0, limit / size) if size > 0 else 0.5


#: While a series is so its values say nothing of the water, and its device is to be looked after. A shift or a drift may
#: be the water itself: it is shown and left to people.
DISBELIEVED: Final = frozenset({AnomalyKind.STUCK, AnomalyKind.IMPOSSIBLE})
