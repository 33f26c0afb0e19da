"""Pictures opened as they were taken, with a reason, in the audit; and what was found, looking at them."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.devices.actions.casework import note, open_ones, settle
from huying.devices.models import Device
from huying.kernel.errors import Invalid, NotFound
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.video.models import Opening, Snapshot, VideoAlarm
from huying.video.policy import must_open
from huying.video.queries.alarms import row_for
from huying.video.rules import words
from huying.video.rules.kinds import AlarmKind, AlarmVerdict, LookReason

#: For so long the pictures stay open to who opened them.
OPEN_FOR: Final = timedelta(minutes=10)


@transaction.atomic
def open_pictures(by: Actor, alarm_id: int, reason: LookReason, why: str, now: datetime) -> datetime:
    """See an alarm's pictures as they were taken; until when. It stands in the audit and beside the alarm.

    Raises Denied, NotFound where there is nothing to see; Invalid for another reason that is not written down.
    """
    must_open(by)
    row = row_for(by, alarm_id)
    if not Snapshot.objects.filter(district=row.district, alarm_id=row.id, removed_at=None).exists():
        raise NotFound
    told = why.strip()
    if len(told) > 180 or (reason is LookReason.OTHER and len(told) < 2):
        raise Invalid(fields={"why": "选“其他原因”时请写明，最多 180 字。"})
    Opening.objects.create(
        district=row.district, alarm_id=row.id, account_id=by.account_id, key_id=by.key_id, who=by.name[:60],
        at=now, until=now + OPEN_FOR, reason=reason.value, why=told,
    )  # fmt: skip
    what = f"视频报警原图：{_name(row)}，{AlarmKind(row.kind).zh} {row.id}"
    said = f"{reason.zh}{f'：{told}' if told else ''}"
    record_viewings(by, [NewViewing(ViewingKind.UNMASK, what, None, row.case_id, said)], now)
    return now + OPEN_FOR


@transaction.atomic
def judge(by: Actor, alarm_id: int, verdict: AlarmVerdict, why: str, now: datetime) -> None:
    """Say what an alarm was. The same again changes nothing; another verdict replaces it, and both stand in the record.

    Found false, a case that nobody has in hand is ended, any other and a card are told.
    Raises Denied, NotFound, Invalid.
    """
    must_open(by)
    row = row_for(by, alarm_id)
    row = VideoAlarm.objects.select_for_update().get(district=row.district, id=row.id)
    reason = why.strip()
    if len(reason) > 200:
        raise Invalid(fields={"why": "最多 200 字。"})
    if row.verdict == verdict.value:
        return
    before = {"结论": AlarmVerdict(row.verdict).zh, "理由": row.judged_why} if row.verdict else {}
    row.verdict, row.judged_why = verdict.value, reason
    row.judged_at, row.judged_by, row.judged_by_account = now, by.name[:60], by.account_id
    row.save(update_fields=["verdict", "judged_why", "judged_at", "judged_by", "judged_by_account"])
    deed = Deed.CHANGE if before else Deed.CREATE
    after = {"结论": verdict.zh, "理由": reason}
    name = f"{AlarmKind(row.kind).zh} {_name(row)}"
    note_change(by, NewChange(Subject.VIDEO, str(row.id), name, deed, before, after), now)
    if verdict is AlarmVerdict.FALSE and row.case_id is not None:
        _tell(row, by, reason, now)


def _tell(row: VideoAlarm, by: Actor, why: str, now: datetime) -> None:
    case_id = row.case_id or 0
    if case_id not in open_ones(row.district, {case_id}):
        return
    said = words.found_false(AlarmKind(row.kind), _name(row), by.name, why)
    if row.emergency_id is not None:
        # An emergency is ended by whoever leads it.
        note(row.district, case_id, said, now)
    else:
        settle(row.district, case_id, said, now)


def _name(row: VideoAlarm) -> str:
    found = Device.objects.filter(district=row.district, id=row.device_id).values_list("name", flat=True)
    return found.first() or str(row.device_id)
