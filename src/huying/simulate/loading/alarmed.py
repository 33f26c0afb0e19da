"""A fire of last month, put out by neighbours before the brigade came: what an emergency looks like when it is over."""

from datetime import datetime, timedelta
from typing import Final

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.emergency.actions import (
    NewAlarm,
    add_note,
    answer,
    arrive,
    hand_outside,
    open_card,
    stand_down,
    take_over,
    write_review,
)
from huying.emergency.models import Alert
from huying.emergency.rules.kinds import Answer, Source
from huying.notices.models import Notice
from huying.notices.rules.kinds import Sending
from huying.simulate.land import Land
from huying.simulate.loading.people import Crew
from huying.simulate.stories import Who

_GONE: Final = 3
# Degrees: the fire is not where the grid's own people stand.
_BESIDE: Final = 0.0006
_REPLY: Final = (
    "您好，您反映的二楼平台起火一事，已经现场处置：微型消防站和邻居在消防车到达前扑灭明火，无人受伤；社区当天清走了"
    "平台堆放的杂物，今后每周检查一次楼道和平台。感谢您及时报警。"
)


def raise_alarm(land: Land, crew: Crew, at: datetime) -> None:
    """A fire at ``at`` in the first community, alerted, answered, handed over, put out, looked back at the next day."""
    number, grid = int(land.code), land.of("grid")[0]
    seat = crew.actor(Who(Role.SEAT, land.code))
    lead = crew.actor(Who(Role.DISTRICT_DISPATCHER, land.code))
    street = crew.actor(Who(Role.STREET_DISPATCHER, grid.code[:9]))

    def after(**span: float) -> datetime:
        return at + timedelta(**span)

    alarm = NewAlarm(
        kind="fire", key="demonstration", source=Source.SEAT, words="二楼平台杂物起火，楼道有烟，老人还没下来",
        place_text=f"{grid.name} 3 栋 2 单元", lon=grid.lon + _BESIDE, lat=grid.lat + _BESIDE,
    )  # fmt: skip
    card = open_card(seat, alarm, at)
    alerted = list(Alert.objects.filter(district=number, emergency_id=card.id).order_by("metres", "id"))
    # One after the other, as it was: the first says yes, somebody leads, the others answer.
    for one in alerted[:1]:
        answer(number, one.id, Answer.ACCEPTED, after(seconds=14))
    take_over(lead, card.id, after(seconds=21))
    for place, one in enumerate(alerted[1:_GONE]):
        answer(number, one.id, Answer.ACCEPTED, after(seconds=25 + 9 * place))
    for one in alerted[_GONE : _GONE + 1]:
        answer(number, one.id, Answer.DECLINED, after(seconds=47))
    told = "二楼平台杂物起火，楼道有烟"
    hand_outside(
        seat, card.id, "119", "火警-0417", told, after(seconds=50), "demonstration", after(seconds=58)
    )
    for place, one in enumerate(alerted[: _GONE - 1]):
        arrive(number, one.id, after(minutes=3 + place, seconds=20))
    add_note(
        street, card.id, "灭火器和消防栓一起上，三户已下楼，没有人受伤。", "demonstration", after(minutes=6)
    )
    stand_down(lead, card.id, "明火扑灭，消防车到场复查，无人受伤。", after(minutes=14))
    advance((number, card.case_id), Verb.ANSWER, by=seat, now=after(minutes=50), reply=_REPLY)
    write_review(
        street, card.id, "平台堆物没有人管；灭火器够用，第一位应急力量三分多钟到场。",
        "社区每周查一次楼道和平台；街道月底前给 3 栋加装烟感。", after(days=1),
    )  # fmt: skip
    sent_then(number, at)


def sent_then(district: int, at: datetime) -> None:
    """What went to phones then is gone out: nobody is told today of a fire of last month."""
    waiting = Notice.objects.filter(
        district=district, state=Sending.WAITING.value, made_at__lt=at + timedelta(days=1)
    )
    waiting.update(state=Sending.SENT.value, next_at=None, sent_at=at)
