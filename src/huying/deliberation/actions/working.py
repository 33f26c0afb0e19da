"""What was decided is carried out: steps with dates and photos, cases that bodies handle, until it is done."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.actions import NewAppeal, receive, store_photos
from huying.cases.lifecycle import Channel
from huying.cases.queries.seeing import must_see as must_see_case
from huying.catalogue.rules.kinds import AppealKind
from huying.deliberation.actions.following import tell_followers
from huying.deliberation.actions.proposals import LONG, locked
from huying.deliberation.models import Proposal, ProposalCase, Step, StepPhoto
from huying.deliberation.rules.fitting import must_fit
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound

PHOTOS_MOST = 6


@transaction.atomic
def say_decision(by: Actor, proposal_id: int, words: str) -> None:
    """The decision in words, once it is counted; said again it is put in the place of the first. Raises as below."""
    row = _counted(by, proposal_id)
    if not words.strip():
        raise Invalid("请写决定内容。", fields={"words": "请写决定内容。"})
    Proposal.objects.filter(pk=row.pk).update(decision=must_fit(words, LONG, "words"))


@transaction.atomic
def add_step(by: Actor, proposal_id: int, title: str, due_on: date | None, once: str, now: datetime) -> int:
    """A step of the work; its id, the same for one form sent twice. Raises NotFound, Denied, Invalid, Conflict."""
    row = _carried(by, proposal_id)
    if not title.strip():
        raise Invalid("请写这一步做什么。", fields={"title": "请写这一步做什么。"})
    made, _ = Step.objects.get_or_create(
        proposal=row, once=once,
        defaults={"title": title.strip()[:80], "due_on": due_on, "made_at": now, "made_by": by.name[:60]},
    )  # fmt: skip
    return int(made.pk)


@transaction.atomic
def do_step(
    by: Actor, proposal_id: int, step_id: int, note: str, photos: Sequence[bytes], now: datetime
) -> None:
    """A step is done, with what there is to say and to see; done again photos and words are added to.

    Raises NotFound, Denied, Conflict, Invalid for too many photos or what is none.
    """
    row = _carried(by, proposal_id)
    step = Step.objects.select_for_update().filter(proposal=row, id=step_id).first()
    if step is None:
        raise NotFound
    if step.photos.count() + len(photos) > PHOTOS_MOST:
        raise Invalid("一步最多 6 张照片。", fields={"photos": "一步最多 6 张照片。"})
    must_fit(note, 2000, "note")
    stored = store_photos(row.district, list(photos))
    StepPhoto.objects.bulk_create(
        [StepPhoto(step=step, path=photo.path, sha256=photo.sha256) for photo in stored],
        ignore_conflicts=True,
    )
    if step.done_at is None:
        step.done_at, step.done_by = now, by.name[:60]
    step.note = note.strip() or step.note
    step.save(update_fields=["done_at", "done_by", "note"])


@transaction.atomic
def give_case(by: Actor, proposal_id: int, text: str, once: str, now: datetime) -> int:
    """A case for the bodies that carry it out, received like any other; its id. The same form twice is one case.

    Raises NotFound, Denied, Invalid, Conflict.
    """
    row = _carried(by, proposal_id)
    if not by.may(Permission.APPEAL_RECEIVE):
        raise Denied
    if len(text.strip()) < 2:
        raise Invalid("请写要办什么。", fields={"text": "请写要办什么。"})
    new = NewAppeal(
        text=must_fit(text, 2000, "text"), channel=Channel.MEETING.value, kind=AppealKind.SUGGESTION.value,
        area=row.area, source=f"proposal:{row.pk}", idempotency_key=f"proposal:{row.pk}:{once}",
    )  # fmt: skip
    receipt = receive(row.district, [new], by=by, now=now)[0]
    _tie(row, receipt.case_id, by, now)
    return receipt.case_id


@transaction.atomic
def tie_case(by: Actor, proposal_id: int, case_id: int, now: datetime) -> None:
    """A case that is there already carries it out. Raises NotFound, also for a case that is not theirs to see."""
    row = _carried(by, proposal_id)
    must_see_case(by, row.district, case_id)
    _tie(row, case_id, by, now)


@transaction.atomic
def finish(by: Actor, proposal_id: int, now: datetime) -> None:
    """The work is done: every step is. Twice changes nothing. Raises NotFound, Denied, Conflict."""
    row = _counted(by, proposal_id)
    if row.done_at is not None:
        return
    if not row.passed:
        raise Conflict("没有通过的提案没有要落实的。")
    if not row.steps.exists() or row.steps.filter(done_at=None).exists():
        raise Conflict("还有没做完的步骤，做完再办结。")
    Proposal.objects.filter(pk=row.pk).update(done_at=now, done_by=by.name[:60])
    tell_followers(row, "已经办成。", "done", now)


def _counted(by: Actor, proposal_id: int) -> Proposal:
    row = locked(by, proposal_id)
    if row.closed_at is None:
        raise Conflict("还没有计票。")
    return row


def _carried(by: Actor, proposal_id: int) -> Proposal:
    row = _counted(by, proposal_id)
    if not row.passed:
        raise Conflict("没有通过的提案没有要落实的。")
    if row.done_at is not None:
        raise Conflict("已经办结，不能再改。")
    return row


def _tie(row: Proposal, case_id: int, by: Actor, now: datetime) -> None:
    ProposalCase.objects.get_or_create(
        proposal=row, case_id=case_id, defaults={"made_at": now, "made_by": by.name[:60]}
    )
