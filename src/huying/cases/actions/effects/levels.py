"""Up and down between grid, community, street and district (R205)."""

from huying.cases.actions.effects.context import Doing
from huying.cases.lifecycle import Level


def up(doing: Doing) -> None:
    """To the next level; the guard has made sure that there is one."""
    _to(doing, Level(doing.matter.case.level).above)


def down(doing: Doing) -> None:
    """To the level below; the guard has made sure that there is one."""
    _to(doing, Level(doing.matter.case.level).below)


def _to(doing: Doing, level: Level | None) -> None:
    if level is not None:
        doing.moved["levels"] = [doing.matter.case.level, level.value]
        doing.matter.case.level = level.value
