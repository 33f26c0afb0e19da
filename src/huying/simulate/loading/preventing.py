"""What is heard before it grows: looked for by the platform's own rules, and what people did about it."""

from datetime import datetime, timedelta
from typing import Final

from huying.access.roles import Role
from huying.cases.queries.settings.calendars import calendar_of
from huying.people.models import Account
from huying.people.queries import actor_of
from huying.prevent.campaigns.actions.doing import do
from huying.prevent.campaigns.actions.running import NewCampaign, begin
from huying.prevent.campaigns.models import Task
from huying.prevent.campaigns.rules.kinds import Finding
from huying.prevent.hot_issues.actions import consolidate
from huying.prevent.recurring.actions import NewProject, begin_project, find
from huying.prevent.recurring.queries import recurrences_for
from huying.prevent.warnings.actions.looking import look
from huying.simulate.land import Land
from huying.simulate.loading.people import Crew
from huying.simulate.loading.photos import drawn
from huying.simulate.stories import Who

_LEADS, _MENDS = "lingdao", "shiwu"
_BEGAN: Final = timedelta(days=10)
_LASTS: Final = timedelta(days=14)
_SEWER: Final = "0903"
# Of so many grids one is still to do, and one in so many that were done found something.
_OPEN, _FOUND = 5, 6
_SCENES: Final = 3
_WORDS: Final = (
    "每栋楼都走了一遍，楼道和消防通道没有堆物。",
    "两个单元门口有电动车，已当场劝走。",
    "通道畅通，给三户发了提醒。",
)
_TROUBLE: Final = "消防通道画线看不清，停了两辆车，已联系车主挪走，画线要重做。"


def clear_passages(land: Land, crew: Crew, start: datetime, now: datetime) -> None:
    """A campaign of the first street, begun ten days ago and done by most of its grids since."""
    began = now - _BEGAN
    if began <= start:
        return
    street = land.of("street")[0].code
    calendar = calendar_of(int(land.code))
    today = calendar.local_day(began)
    morning = began.astimezone(calendar.zone).replace(hour=9, minute=0)
    new = NewCampaign(
        name="消防通道和楼道堆物集中清理", items=(), areas=(street,), lead="街道应急管理办",
        task="走一遍每栋楼的楼道和消防通道：有没有堆物、停车、锁门；能当场清的当场清，清不了的登记，拍照留底。",
        begins=today, due=today + _LASTS, photos_needed=True,
    )  # fmt: skip
    begin(crew.actor(Who(Role.STREET_LEADER, street)), new, "demonstration", began)
    taken = {
        (scene, found): drawn(scene, mended=not found) for scene in range(_SCENES) for found in (True, False)
    }
    for place, task in enumerate(Task.objects.filter(district=int(land.code)).order_by("grid")):
        if place % _OPEN == 0:
            continue
        at = morning + timedelta(days=1 + place % 9, minutes=37 * place % 480)
        found = place % _FOUND == 1
        words = _TROUBLE if found else _WORDS[place % len(_WORDS)]
        by = crew.actor(Who(Role.GRID_WORKER, task.grid, f"station-{task.grid[:12]}"))
        finding = Finding.FOUND if found else Finding.NOTHING
        do(by, task.pk, finding.value, words, "", at, [taken[place % _SCENES, found]])


def look_ahead(district: int, now: datetime) -> None:
    """Look for hot issues, recurring problems and rises, and begin a project on the sewer that blocks again and again.

    To be called when everything was counted.
    """
    consolidate(district, now)
    find(district, now)
    look(district, now)
    leader = actor_of(Account.objects.get(login=_LEADS), now)
    sewer = next((one for one in recurrences_for(leader) if one.item.startswith(_SEWER)), None)
    if sewer is None:
        return
    water, today = actor_of(Account.objects.get(login=_MENDS), now), calendar_of(district).local_day(now)
    new = NewProject(
        name="污水管反复堵塞改造", body_id=min(water.body_ids), owner=water.name,
        cause="管径小，沿街餐馆油污直排，疏通后一个多月又堵。", measure="换 60 米大管径，装隔油池，餐馆每季清掏一次。",
        cost="约 38 万元，列入排水改造", starts_on=today - timedelta(days=5), ends_on=today + timedelta(days=55),
    )  # fmt: skip
    begin_project(leader, sewer.id, new, now)
