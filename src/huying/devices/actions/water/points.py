"""What a device of water stands for, set down by administrators."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.devices.actions.registering import held
from huying.devices.models import WaterPoint, WaterState
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.water.classes import WaterBody, WaterClass
from huying.devices.rules.water.points import NewPoint, PointSort, wrong_in
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.people.queries import bodies, unit_names


@transaction.atomic
def put_point(by: Actor, device_id: int, new: NewPoint, now: datetime) -> None:
    """Let a device of water stand for a section or an outfall; the same again changes nothing.

    Raises Denied, NotFound, Invalid (fields named) also for a device that is not of water.
    """
    row = held(by, device_id)
    wrong = dict(wrong_in(new))
    if row.kind != DeviceKind.WATER_QUALITY.value:
        wrong["sort"] = said("只有水质设备能设为断面或排口。")
    before = WaterPoint.objects.filter(district=by.district, device_id=row.id).first()
    fresh = new.answerable_id if before is None or before.answerable_id != new.answerable_id else None
    if fresh is not None and fresh not in {one.id for one in bodies(by.district, now)}:
        wrong["answerable_id"] = said("单位不存在。")
    if wrong:
        raise Invalid(fields=wrong)
    after = WaterPoint(
        district=by.district, device_id=row.id, sort=new.sort.value, body=new.body.value, target=new.target.value,
        hold=new.hold, water=new.water.strip(), source=new.source.strip(), permit=new.permit.strip(),
        answerable_id=new.answerable_id, made_at=now, made_by=by.name[:60],
    )  # fmt: skip
    if before is not None and _told(before) == _told(after):
        return
    after.save(force_insert=before is None)
    if before is not None and (before.body, before.target, before.sort) != (
        after.body,
        after.target,
        after.sort,
    ):
        # Judged anew with the next hour; a matter that is open stays until it is over by the new target.
        WaterState.objects.filter(district=by.district, device_id=row.id).update(below_since=None)
    told = NewChange(
        Subject.DEVICE, row.code, row.name, Deed.CHANGE, _told(before) if before else {}, _told(after)
    )
    note_change(by, told, now)


def _told(row: WaterPoint) -> dict[str, str]:
    return {
        "点位": PointSort(row.sort).zh,
        "水体": f"{WaterBody(row.body).zh} {row.water}".strip(),
        "水质目标": WaterClass(row.target).zh,
        "持续（小时）": str(row.hold),
        "排污单位": row.source,
        "排污许可证编号": row.permit,
        "责任单位": unit_names(row.district).get(row.answerable_id or 0, ""),
    }
