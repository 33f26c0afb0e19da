"""A grid's task done: nothing found, or what was found and the case that was registered of it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.cases.actions import StoredPhoto, store_photos
from huying.cases.queries.lists.queue import lines_of
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.numbers import parse_case_number
from huying.kernel.saying import said
from huying.prevent.campaigns.models import Task, TaskPhoto
from huying.prevent.campaigns.policy import must_do
from huying.prevent.campaigns.rules.kinds import MOST_PHOTOS, MOST_TEXT, CampaignState, Finding


@transaction.atomic
def do(
    by: Actor, task_id: int, finding: str, words: str, case: str, now: datetime, photos: Sequence[bytes] = ()
) -> None:  # fmt: skip
    """Hand in what the grid found; may be said anew while the campaign runs.

    ``case``: the number of a case registered by the usual door, "" for none. ``photos`` are added to those that were
    handed in before, the same one once. Raises NotFound; Invalid, also without a photo where the campaign asks for one.
    """
    row = Task.objects.select_for_update(of=("self",)).select_related("campaign").filter(
        district=by.district, id=task_id
    ).first()  # fmt: skip
    if row is None:
        raise NotFound
    must_do(by, row.grid)
    if row.campaign.state == CampaignState.CLOSED.value:
        raise Invalid("这次专项治理已经结束了。")
    if finding not in set(Finding):
        raise Invalid(fields={"finding": "请选有没有发现问题。"})
    text = words.replace("\x00", "").strip()
    if len(text) > MOST_TEXT or (finding == Finding.FOUND.value and not text):
        raise Invalid(fields={"words": "发现了什么请写一写，最多 1000 字。"})
    _add_photos(row, store_photos(by.district, list(photos)), now)
    row.finding, row.words, row.case_id = finding, text, _case(by, case.strip(), now)
    row.done_at, row.done_by = now, by.name[:60]
    row.save(update_fields=["finding", "words", "case_id", "done_at", "done_by"])


def _add_photos(row: Task, photos: Sequence[StoredPhoto], now: datetime) -> None:
    there = set(TaskPhoto.objects.filter(task=row).values_list("sha256", flat=True))
    fresh = {one.sha256: one for one in photos if one.sha256 not in there}
    if len(there) + len(fresh) > MOST_PHOTOS:
        full = said("一个任务最多 %(most)s 张照片，已经交了 %(n)s 张。", most=MOST_PHOTOS, n=len(there))
        raise Invalid(fields={"photos": full})
    if row.campaign.photos_needed and not there and not fresh:
        raise Invalid(fields={"photos": "这次专项治理须拍照，请拍了照片再交。"})
    TaskPhoto.objects.bulk_create(
        TaskPhoto(task=row, path=one.path, sha256=one.sha256, at=now) for one in fresh.values()
    )


def _case(by: Actor, number: str, now: datetime) -> int | None:
    if not number:
        return None
    try:
        district, found = parse_case_number(number)
    except Invalid as error:
        raise Invalid(fields={"case": "没有这个案件，请核对编号。"}) from error
    if district != by.district or not lines_of(by, [found], now):
        raise Invalid(fields={"case": "没有这个案件，请核对编号。"})
    return found
