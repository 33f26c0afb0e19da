"""What follows from a silence, level by level, and what is said when it is over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from huying.devices.actions.alarming import open_for
from huying.devices.actions.casework import note, open_case, settle
from huying.devices.models import Device, HomeState, Matter
from huying.devices.queries.homes import events_of
from huying.devices.rules.home.habits.learning import REMEMBERED
from huying.devices.rules.home.habits.presence import presence
from huying.devices.rules.home.silences import Silence, silences
from huying.devices.rules.home.standard import USUAL, Level
from huying.devices.rules.home.watching import Finding
from huying.devices.rules.home.words import reason
from huying.devices.rules.kinds import MatterKind
from huying.devices.rules.words import clock

_ASKED: Final = {
    Level.REMIND: "请先问候一声。",
    Level.CALL: "还没有动静，请打电话联系本人和家属。",
    Level.VISIT: "联系不上或没有动静，请上门查看。",
}
_KIND: Final = "sos"
_KEY: Final = "inactivity"


def went_on(state: HomeState, devices: Sequence[Device], finding: Finding, now: datetime, zone: str) -> bool:
    """Let the next level begin; whether one did. The first opens the case, the last an emergency card of its own."""
    level = finding.level
    if state.level == level.value:
        return False
    why = _why(devices, finding, now, zone)
    device = next((one for one in devices if one.name == finding.silence.where.place), devices[0])
    if state.matter_id is None:
        _open(state, device, finding, f"{why}{_ASKED[level]}", now)
    else:
        row = Matter.objects.get(district=state.district, id=state.matter_id)
        note(state.district, row.case_id or 0, f"{level.zh}：{why}{_ASKED[level]}", now)
    state.level = level.value
    if level is Level.VISIT:
        card = open_for(device, _KIND, f"{_KEY}-{state.home}", f"{level.zh}：{why}{_ASKED[level]}", now)
        _matter(state, device, finding, now, card.case_id, card.id)
    return True


def ended(state: HomeState, silence: Silence, now: datetime, zone: str) -> None:
    """Something was heard: it is over, its case ends where nobody has it in hand. A card is for whoever leads it."""
    rows = Matter.objects.filter(
        district=state.district,
        kind=MatterKind.HOME.value,
        factor=state.home,
        until=None,
        id__gte=state.matter_id or 0,
    )
    told = f"{clock(silence.since, zone)} {silence.where.place}又有了动静。"
    for row in rows.order_by("id"):
        row.until = max(row.since, silence.since)
        row.save(update_fields=["until"])
        (note if row.emergency_id is not None else settle)(state.district, row.case_id or 0, told, now)
    state.matter_id, state.level, state.since = None, "", None


def _open(state: HomeState, device: Device, finding: Finding, told: str, now: datetime) -> None:
    words = f"【独居守护】{state.home}：{finding.matter.zh}。{told}"
    since = finding.silence.since
    key = f"device-home-{state.home}-{since.timestamp():.0f}"
    case_id = open_case(device, MatterKind.HOME, words, key, now)
    state.matter_id, state.since = _matter(state, device, finding, now, case_id).id, since


def _matter(
    state: HomeState, device: Device, finding: Finding, now: datetime, case_id: int, card: int | None = None
) -> Matter:
    return Matter.objects.create(
        district=state.district, device_id=device.id, kind=MatterKind.HOME.value, factor=state.home, case_id=case_id,
        emergency_id=card, since=finding.silence.since, made_at=now,
    )  # fmt: skip


def _why(devices: Sequence[Device], finding: Finding, now: datetime, zone: str) -> str:
    """The reason as a grid worker is told, with what is usual in this home."""
    told = events_of(devices, now - REMEMBERED, now, zone)
    shown = presence(silences(told, USUAL.alive_within)[:-1])
    return str(reason(finding, now.astimezone(ZoneInfo(zone)), shown))
