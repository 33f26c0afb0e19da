"""Units of the joint meeting in a demonstration, what they bring, what is wanted, what was promised and kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import Actor, system
from huying.simulate.land import Area
from huying.volunteers.actions import finish, put_listing, register_unit, report, take_up
from huying.volunteers.rules.kinds import Matter, Sheet, UnitKind
from huying.volunteers.rules.units import NewListing, NewProject, NewUnit

_DAY: Final = timedelta(days=1)
# Kind, name behind the community's, contact, what it offers: matter and title.
_UNITS: Final = (
    (UnitKind.PROPERTY, "物业服务公司", "林经理", Matter.REPAIR, "每月两次楼道小修小补"),
    (UnitKind.OWNERS, "花园业主委员会", "郑主任", Matter.ORDER, "夜间开放 20 个停车位"),
    (UnitKind.SCHOOL, "第二小学", "许老师", Matter.PLACE, "周末开放操场和 80 人会议室"),
    (UnitKind.CLINIC, "社区卫生服务中心", "何医生", Matter.HEALTH, "每月一次上门量血压、义诊"),
    (UnitKind.OFFICE, "区税务局党支部", "马书记", Matter.TEACHING, "讲财税和防诈骗课"),
    (UnitKind.SHOP, "便民理发店", "阿英", Matter.CARE, "给行动不便的老人上门理发"),
)
_NEEDS: Final = (
    (Matter.PLACE, "居民议事会周末要一间会议室", "每月一次，60 人左右。"),
    (Matter.HEALTH, "楼里高龄老人要定期量血压", "12 位老人下楼不便。"),
    (Matter.ORDER, "夜里小区门口停车排长队", "附近单位夜间能不能开放一些车位。"),
    (Matter.GOODS, "老年食堂缺两台保温餐车", ""),
)


def share(district: int, communities: Sequence[Area], now: datetime) -> list[int]:
    """Register the units with their lists in the first communities; their ids. One project is kept, one runs late."""
    number, first = district, communities[0]
    by = system(number, f"{first.name}工作站")
    begun = now - 70 * _DAY
    units, resources = [], []
    for at, (kind, name, contact, matter, offer) in enumerate(_UNITS):
        place = communities[at % len(communities)]
        new = NewUnit(name=f"{place.name}{name}", kind=kind, area=place.code, contact=contact)
        units.append(register_unit(by, new, begun))
        entry = NewListing(
            sheet=Sheet.RESOURCE, matter=matter, title=offer, area=place.code, unit_id=units[-1]
        )
        resources.append(put_listing(by, entry, f"demonstration offer {at}", begun))
    needs = [
        put_listing(
            by, NewListing(sheet=Sheet.NEED, matter=matter, title=title, words=words, area=first.code),
            f"demonstration need {at}", begun + _DAY,
        )
        for at, (matter, title, words) in enumerate(_NEEDS)
    ]  # fmt: skip
    _kept(by, needs[0], units[2], resources[2], begun)
    _late(by, needs[2], units[1], resources[1], now)
    return units


def _kept(by: Actor, need: int, unit: int, resource: int, begun: datetime) -> None:
    new = NewProject(
        title="学校会议室周末共享", need_id=need, resource_id=resource, unit_id=unit, who="许老师",
        promise="每周六下午开放，提前一天预约，管好门窗水电。", due_on=(begun + 30 * _DAY).date(),
    )  # fmt: skip
    made = take_up(by, new, "demonstration kept", begun + 3 * _DAY)
    report(by, made, "钥匙交接好了，使用约定贴在门口。", begun + 12 * _DAY)
    finish(by, made, "会议室开放了，议事会已经用了两次。", begun + 25 * _DAY)


def _late(by: Actor, need: int, unit: int, resource: int, now: datetime) -> None:
    new = NewProject(
        title="夜间错时停车", need_id=need, resource_id=resource, unit_id=unit, who="郑主任",
        promise="晚上 8 点到早上 7 点开放 20 个车位。", due_on=(now - 4 * _DAY).date(),
    )  # fmt: skip
    made = take_up(by, new, "demonstration late", now - 34 * _DAY)
    report(by, made, "业主投票同意了，等道闸改造。", now - 15 * _DAY)
