"""资源清单 and 需求清单: entries added and ended; 项目清单: a need taken up, reported on, brought to its end."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.volunteers.actions.units import is_street_or_below
from huying.volunteers.models import Listing, Progress, Project, Unit
from huying.volunteers.policy import UNITS, must, must_at
from huying.volunteers.rules.kinds import Sheet
from huying.volunteers.rules.units import NewListing, NewProject, wrong_in_listing, wrong_in_project

_RESULT = said("请写做成了什么，最多 500 字。")
_WORDS = said("请写有什么进展，最多 300 字。")
_WHY = said("请写明为什么终止，最多 200 字。")


def put_listing(by: Actor, new: NewListing, once: str, now: datetime) -> int:
    """Put an entry on a list; its id. The same form sent twice is one. Raises Denied, Invalid (fields named)."""
    must_at(by, UNITS, new.area or str(by.district))
    wrong = dict(wrong_in_listing(new))
    if not is_street_or_below(by.district, new.area):
        wrong["area"] = said("请选街道或社区。")
    if new.unit_id is not None and not _unit(by.district, new.unit_id):
        wrong["unit_id"] = said("没有这个共建单位。")
    if wrong:
        raise Invalid(fields=wrong)
    row, _is_new = Listing.objects.get_or_create(
        district=by.district, once=once[:60],
        defaults={
            "sheet": new.sheet.value, "matter": new.matter.value, "title": new.title.strip(), "area": new.area,
            "words": new.words.strip(), "unit_id": new.unit_id, "since": new.since, "until": new.until,
            "made_at": now, "made_by": by.name[:60],
        },
    )  # fmt: skip
    return row.id


@transaction.atomic
def end_listing(by: Actor, listing_id: int, now: datetime) -> None:
    """Take it off the list. Twice changes nothing. Raises NotFound, Denied."""
    row = _listing(by, listing_id)
    if row.ended_at is None:
        row.ended_at, row.ended_by = now, by.name[:60]
        row.save(update_fields=["ended_at", "ended_by"])


@transaction.atomic
def take_up(by: Actor, new: NewProject, once: str, now: datetime) -> int:
    """A unit takes up a need, with a promise and its day; the project's id. The same form sent twice is one.

    Raises NotFound, Denied, Invalid (fields named), Conflict for a need that is off the list or taken up already.
    """
    known = Project.objects.filter(district=by.district, once=once[:60]).first()
    if known is not None:
        return known.id
    need = _listing(by, new.need_id)
    if need.sheet != Sheet.NEED or need.ended_at is not None:
        raise Conflict("这条需求已经不在清单上。")
    wrong = dict(wrong_in_project(new, localdate(now)))
    if not _unit(by.district, new.unit_id):
        wrong["unit_id"] = said("没有这个共建单位。")
    if new.resource_id is not None and not _resource(by.district, new.resource_id):
        wrong["resource_id"] = said("这条资源已经不在清单上。")
    if wrong:
        raise Invalid(fields=wrong)
    row = Project(
        district=by.district, area=need.area, title=new.title.strip(), need_id=need.id, resource_id=new.resource_id,
        unit_id=new.unit_id, who=new.who.strip(), promise=new.promise.strip(), due_on=new.due_on, once=once[:60],
        made_at=now, made_by=by.name[:60],
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict("这条需求已经有单位认领了。") from None
    return row.id


@transaction.atomic
def report(by: Actor, project_id: int, words: str, now: datetime) -> None:
    """Write down what was done. Raises NotFound, Denied, Invalid, Conflict for what is over."""
    row = _running(by, project_id)
    told = words.strip()
    if not 0 < len(told) <= 300:
        raise Invalid(_WORDS, fields={"words": _WORDS})
    Progress.objects.create(district=row.district, project_id=row.id, at=now, by=by.name[:60], words=told)


@transaction.atomic
def finish(by: Actor, project_id: int, result: str, now: datetime) -> None:
    """It is done, and the need is met. Twice changes nothing. Raises NotFound, Denied, Invalid, Conflict if stopped."""
    row = _project(by, project_id)
    if row.done_at is not None:
        return
    if row.stopped_at is not None:
        raise Conflict("项目已经终止。")
    told = result.strip()
    if not 0 < len(told) <= 500:
        raise Invalid(_RESULT, fields={"result": _RESULT})
    row.done_at, row.done_by, row.result = now, by.name[:60], told
    row.save(update_fields=["done_at", "done_by", "result"])
    Listing.objects.filter(district=row.district, id=row.need_id, ended_at=None).update(
        ended_at=now, ended_by=by.name[:60]
    )


@transaction.atomic
def stop(by: Actor, project_id: int, why: str, now: datetime) -> None:
    """It comes to nothing; the need is free for another. Twice changes nothing.

    Raises NotFound, Denied, Invalid, Conflict for what is done.
    """
    row = _project(by, project_id)
    if row.stopped_at is not None:
        return
    if row.done_at is not None:
        raise Conflict("项目已经完成。")
    told = why.strip()
    if not 0 < len(told) <= 200:
        raise Invalid(_WHY, fields={"why": _WHY})
    row.stopped_at, row.stopped_by, row.stopped_why = now, by.name[:60], told
    row.save(update_fields=["stopped_at", "stopped_by", "stopped_why"])


def _listing(by: Actor, listing_id: int) -> Listing:
    row = Listing.objects.select_for_update().filter(district=by.district, id=listing_id).first()
    if row is None:
        raise NotFound
    must(by, UNITS, row.area)
    return row


def _project(by: Actor, project_id: int) -> Project:
    row = Project.objects.select_for_update().filter(district=by.district, id=project_id).first()
    if row is None:
        raise NotFound
    must(by, UNITS, row.area)
    return row


def _running(by: Actor, project_id: int) -> Project:
    row = _project(by, project_id)
    if row.done_at is not None or row.stopped_at is not None:
        raise Conflict("项目已经结束。")
    return row


def _unit(district: int, unit_id: int) -> bool:
    return Unit.objects.filter(district=district, id=unit_id, left_at=None).exists()


def _resource(district: int, listing_id: int) -> bool:
    rows = Listing.objects.filter(district=district, id=listing_id, sheet=Sheet.RESOURCE.value, ended_at=None)
    return rows.exists()
