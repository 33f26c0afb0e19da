"""A meeting of today, a vote under way and a bike shed that stands: what a demonstration shows of deliberation."""

from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import Actor, system
from huying.deliberation.actions.kinds import ensure_kinds
from huying.deliberation.actions.meetings import MeetingForm, put_meeting
from huying.deliberation.actions.proposals import ProposalForm, close_vote, discuss, open_vote, put_proposal
from huying.deliberation.actions.taking import Said, take
from huying.deliberation.actions.voting import cast, invite
from huying.deliberation.actions.working import add_step, do_step, finish, say_decision
from huying.deliberation.queries.kinds import decision_kinds, meeting_kinds
from huying.deliberation.rules.households import HouseholdLine, read_households
from huying.deliberation.rules.kinds import Choice
from huying.people.queries import bodies
from huying.simulate.land import Land

_DAY: Final = timedelta(days=1)
_SAID: Final = (
    ("3 栋楼道灯坏了好几天，晚上老人下楼看不清", "3 栋"),
    ("小区门口垃圾桶满了没人清，味道很大", "小区北门"),
    ("电动车没地方充电，有人从楼上飞线", "3 栋楼下"),
)
_SHED: Final = (
    "在 3 栋北侧空地建电动车棚，带 12 个充电口和烟感，花费约 6 万元，由社区民生经费出，物业日常管理。"
)
_SEATS: Final = "把 5 栋前的空地铺平，装四张座椅和一盏路灯，花费约 1.2 万元，由社区民生经费出。"
_STEPS: Final = ("选址公示 7 天", "施工", "消防验收，交给物业管理")


def consult(land: Land, now: datetime) -> None:
    """Make them in the first community; the same district gets them once."""
    number = int(land.code)
    place = next(area for area in land.areas if len(area.code) == 12)
    by = system(number, f"{place.name}工作站")
    ensure_kinds(number)
    past = _meeting(by, place.code, "tea", f"{place.name}议事会", now - 40 * _DAY, "past")
    shed = _vote(by, place.code, "电动车棚", _SHED, now - 38 * _DAY, now - 31 * _DAY)
    discuss(by, shed, past, "多数人同意建，担心晚上充电吵，定在北侧，离住户远一些。", now - 39 * _DAY)
    close_vote(by, shed, now - 31 * _DAY)
    say_decision(by, shed, "同意建电动车棚，两个月内投入使用。")
    for at, title in enumerate(_STEPS, 1):
        step = add_step(by, shed, title, (now - (30 - 8 * at) * _DAY).date(), f"step {at}", now - 30 * _DAY)
        do_step(by, shed, step, "已完成。", (), now - (31 - 8 * at) * _DAY)
    finish(by, shed, now - 6 * _DAY)
    _vote(by, place.code, "休息座椅", _SEATS, now - 2 * _DAY, now + 5 * _DAY)
    today = _meeting(by, place.code, "tea", f"{place.name}书记茶话会", now - timedelta(hours=1), "today")
    for at, (text, where) in enumerate(_SAID):
        take(by, today, Said(f"demonstration {at}", text, where), now - (3 - at) * timedelta(minutes=10))


def _meeting(by: Actor, area: str, kind: str, title: str, at: datetime, once: str) -> int:
    kinds = {row.code: row.id for row in meeting_kinds(by.district)}
    present = [body.id for body in bodies(by.district, at) if body.area and area.startswith(body.area)]
    form = MeetingForm(
        kind_id=kinds[kind], title=title, area=area, venue="社区党群服务中心", held_at=at, host="社区书记",
        agenda="听大家说身边的事，能当场定的当场定。", attendance="居民代表 12 人\n物业公司\n街道城管",
        bodies=present[:8],
    )  # fmt: skip
    return put_meeting(by, form, f"demonstration {once}", at)


def _vote(by: Actor, area: str, title: str, text: str, opened: datetime, closes: datetime) -> int:
    """A proposal on which two thirds of its eighteen households have voted."""
    kind = next(row.id for row in decision_kinds(by.district) if row.code == "owners")
    form = ProposalForm(title=f"3 栋片区建{title}", text=text, area=area, kind_id=kind)
    proposal = put_proposal(by, form, f"demonstration {title}", opened)
    codes = [one.code for one in invite(by, proposal, _households(), opened)]
    open_vote(by, proposal, closes, opened)
    for at, code in enumerate(codes[:13]):
        choice = Choice.NO if at % 6 == 5 else Choice.YES
        cast(by.district, proposal, code, choice, f"demonstration {at}", opened + timedelta(hours=at))
    return proposal


def _households() -> list[HouseholdLine]:
    rooms = "\n".join(
        f"3栋{unit}单元{floor}0{door},{72 + 9 * door}"
        for unit in (1, 2)
        for floor in range(1, 4)
        for door in (1, 2, 3)
    )
    return list(read_households(rooms, by_area=True))
