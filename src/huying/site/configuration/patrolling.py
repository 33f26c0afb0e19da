"""What an operator may choose of patrols: for how long it is kept where somebody walked."""

from typing import Final

from huying.site.configuration.setting import Setting, number

PATROLLING: Final[tuple[Setting, ...]] = (
    Setting(
        "TRACK_DAYS",
        number(1, 365),
        "30",
        "巡查轨迹保留几天；哪些地方走过的汇总不含人名，不删",
        "Days for which the tracks of patrols are kept; sums of where somebody walked name nobody and stay",
    ),
)
