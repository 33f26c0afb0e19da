"""Video alarms as a file: what was told and what came of it, without pictures."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from huying.kernel.cells import Cell
from huying.video.queries import alarms_for
from huying.web.exporting.listed import Asked, Listed, at, backwards
from huying.web.present.filmed import Line, lines_of
from huying.web.taking import VIDEO_ALARMS
from huying.web.video.listing import wanted_of

_STEP: Final = 500


def _heads(asked: Asked) -> Sequence[str]:
    return [
        _("报警编号"), _("类型"), _("设备编号"), _("摄像机"), _("区域代码"), _("区域"), _("地点"), _("第一次"),
        _("最近一次"), _("次数"), _("把握（%）"), _("内容"), _("结果"), _("案件编号"), _("结论"),
        _("谁看的"), _("理由"), _("截图张数"),
    ]  # fmt: skip


def _rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = wanted_of(asked.query)
    for row in backwards(lambda before: alarms_for(asked.actor, wanted, before, _STEP), _STEP):
        (line,) = lines_of(asked.actor, [row])
        yield _cells(line)


def _cells(line: Line) -> Sequence[Cell]:
    row = line.row
    return [
        row.id, _(row.kind.zh), row.device_code, row.device_name, row.area, line.where, row.place_text,
        at(row.first_at), at(row.last_at), row.count, row.score, row.words, _(row.follow.zh), row.number,
        line.verdict.text, row.judged_by, row.judged_why, sum(not one.gone for one in row.snapshots),
    ]  # fmt: skip


LISTS: Final = (Listed(VIDEO_ALARMS, _heads, _rows),)
