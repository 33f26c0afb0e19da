"""Times in which somebody works on a device: what it says is kept, and nothing follows from it."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.devices.actions.registering import held
from huying.devices.models import Maintenance
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.saying import said

LONGEST: Final = timedelta(days=90)


@transaction.atomic
def maintain(by: Actor, device_id: int, since: datetime, until: datetime, why: str, now: datetime) -> int:
    """Let nothing follow from a device between two moments; the id of that time.

    Raises Denied, NotFound; Invalid for an end before the beginning or past, more than 90 days, or no reason.
    """
    row = held(by, device_id)
    reason = why.strip()
    wrong: dict[str, str] = {}
    if not now < until or not since < until <= since + LONGEST:
        wrong["until"] = said("结束时间须在开始之后、现在之后，最长 90 天。")
    if not 0 < len(reason) <= 200:
        wrong["why"] = said("请写明维护内容，最多 200 字。")
    if wrong:
        raise Invalid(fields=wrong)
    made = Maintenance.objects.create(
        district=by.district, device_id=row.id, since=since, until=until, why=reason, made_at=now,
        made_by=by.name[:60], made_by_account=by.account_id,
    )  # fmt: skip
    told = {"维护": f"{since.isoformat()} – {until.isoformat()}", "维护内容": reason}
    note_change(by, NewChange(Subject.DEVICE, row.code, row.name, Deed.STOP, {}, told), now)
    return made.id


@transaction.atomic
def end_maintenance(by: Actor, device_id: int, number: int, now: datetime) -> None:
    """Watch again from now on. One that is over stays as it was. Raises Denied, NotFound."""
    row = held(by, device_id)
    found = Maintenance.objects.filter(district=by.district, device_id=row.id, id=number).first()
    if found is None:
        raise NotFound
    if found.until <= now:
        return
    found.until = max(found.since, now)
    found.save(update_fields=["until"])
    note_change(by, NewChange(Subject.DEVICE, row.code, row.name, Deed.START), now)
