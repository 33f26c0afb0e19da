"""The closed lists of this domain, and the kinds of facilities a district begins with."""

from dataclasses import dataclass
from typing import Final

from huying.kernel.terms import Term


class FacilityClass(Term):
    """The kinds a district begins with; it renames them, ends them and adds its own."""

    SERVICE_CENTRE = "service_centre", "便民服务中心"
    COMMUNITY_CENTRE = "community_centre", "党群服务中心"
    CLINIC = "clinic", "社区卫生服务"
    HOSPITAL = "hospital", "医院"
    ELDER_CARE = "elder_care", "养老服务"
    CANTEEN = "canteen", "长者食堂"
    KINDERGARTEN = "kindergarten", "幼儿园"
    SCHOOL = "school", "中小学"
    MARKET = "market", "菜市场"
    TOILET = "toilet", "公共厕所"
    BUS_STOP = "bus_stop", "公交站"
    PARK = "park", "公园绿地"
    CULTURE = "culture", "文体设施"
    WASTE = "waste", "垃圾投放点"
    CHARGING = "charging", "电动自行车充电"
    PARKING = "parking", "停车场"
    POLICE = "police", "派出所"


class Amenity(Term):
    """What somebody in need asks a place for."""

    MOTHER_BABY = "mother_baby", "母婴室"
    STEP_FREE = "step_free", "无障碍通行"
    STEP_FREE_TOILET = "step_free_toilet", "无障碍卫生间"
    PARKING = "parking", "可停车"
    AED = "aed", "除颤器 AED"
    WATER = "water", "饮水"
    CHARGING = "charging", "手机充电"


class EntryFault(Term):
    """What is wrong with an entry, as somebody on the spot reports it."""

    PLACE = "place", "位置不对"
    HOURS = "hours", "开放时间不对"
    CLOSED = "closed", "已经没有了"
    PHONE = "phone", "电话不对"
    AMENITY = "amenity", "母婴室、无障碍、停车说的不对"
    OTHER = "other", "其他"


class Settling(Term):
    """What became of a report of a wrong entry."""

    MENDED = "mended", "已改正"
    ENDED = "ended", "已撤下"
    RIGHT = "right", "核对无误"


class Measure(Term):
    """How a way was measured."""

    WALK = "walk", "步行"
    STRAIGHT = "straight", "直线"


class AskState(Term):
    """Where something asked of a centre stands. Nothing leads out of the last three."""

    ASKED = "asked", "待安排"
    ARRANGED = "arranged", "已安排"
    DONE = "done", "服务完成"
    MISSED = "missed", "未到"
    CANCELLED = "cancelled", "取消"


WAITING: Final = (AskState.ASKED, AskState.ARRANGED)


@dataclass(frozen=True, slots=True)
class FacilityKindInfo:
    """A kind of facilities. ``circle``: it is looked at when the circle is drawn, within ``minutes`` on foot."""

    code: str
    name: str
    circle: bool = False
    minutes: int = 15
    rank: int = 100


_CIRCLE: Final = {
    FacilityClass.SERVICE_CENTRE: 15,
    FacilityClass.CLINIC: 15,
    FacilityClass.ELDER_CARE: 15,
    FacilityClass.CANTEEN: 15,
    FacilityClass.KINDERGARTEN: 5,
    FacilityClass.SCHOOL: 15,
    FacilityClass.MARKET: 10,
    FacilityClass.TOILET: 15,
    FacilityClass.BUS_STOP: 10,
    FacilityClass.PARK: 10,
    FacilityClass.CULTURE: 15,
    FacilityClass.WASTE: 5,
}

#: Walks by TD/T 1062-2021: children and waste five minutes, what is needed daily ten, all else fifteen.
STARTER: Final = tuple(
    FacilityKindInfo(one.value, one.zh, one in _CIRCLE, _CIRCLE.get(one, 15), 10 * place)
    for place, one in enumerate(FacilityClass, 1)
)
