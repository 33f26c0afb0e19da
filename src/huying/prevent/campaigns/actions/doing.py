"""A grid's task done: nothing found, or what was found and the case that was registered of it."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.cases.queries.lists.queue import lines_of
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.numbers import parse_case_number
from huying.prevent.campaigns.models import Task
from huying.prevent.campaigns.policy import must_do
from huying.prevent.campaigns.rules.kinds import MOST_TEXT, CampaignState, Finding


@transaction.atomic
def do(by: Actor, task_id: int, finding: str, words: str, case: str, now: datetime) -> None:
    """Hand in what the grid found; may be said anew while the campaign runs.

    ``case``: the number of a case registered by the usual door, "" for none. Raises NotFound, Invalid.
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
    said = words.replace("\x00", "").strip()
    if len(said) > MOST_TEXT or (finding == Finding.FOUND.value and not said):
        raise Invalid(fields={"words": "发现了什么请写一写，最多 1000 字。"})
    row.finding, row.words, row.case_id = finding, said, _case(by, case.strip(), now)
    row.done_at, row.done_by = now, by.name[:60]
    row.save(update_fields=["finding", "words", "case_id", "done_at", "done_by"])


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
