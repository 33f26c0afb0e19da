"""Devices as a file: what stands in the register and what each said last."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from huying.devices.queries import devices_for, lasts_for
from huying.kernel.cells import Cell
from huying.web.devices.listing import wanted_of
from huying.web.devices.words import Line, lines_of
from huying.web.exporting.listed import Asked, Listed, at, paged
from huying.web.taking import DEVICES

_STEP: Final = 500


def _heads(asked: Asked) -> Sequence[str]:
    return [
        _("设备编号"), _("类型"), _("名称"), _("区域代码"), _("区域"), _("地点"), _("经度"), _("纬度"), _("权属单位"),
        _("状态"), _("最近联系"), _("电量（%）"), _("最近读数"), _("厂家"), _("型号"), _("多久联系一次（秒）"),
        _("安装日期"), _("上次校准日期"), _("下次校准日期"),
    ]  # fmt: skip


def _rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    wanted = wanted_of(asked.query)

    def page(after: str) -> tuple[Sequence[Line], str]:
        rows = devices_for(asked.actor, wanted, after=int(after or 0), limit=_STEP)
        lasts = lasts_for(asked.actor, [row.id for row in rows])
        return lines_of(asked.actor.district, rows, lasts), str(rows[-1].id) if len(rows) == _STEP else ""

    for line in paged(page):
        row = line.row
        yield [
            row.code, _(row.kind.zh), row.name, row.area, line.where, row.place_text, row.lon, row.lat, line.owner,
            line.state.text, at(row.heard_at), row.battery, line.said, row.maker, row.model, row.every,
            row.installed_on, row.calibrated_on, row.calibrate_on,
        ]  # fmt: skip


LISTS: Final = (Listed(DEVICES, _heads, _rows),)
