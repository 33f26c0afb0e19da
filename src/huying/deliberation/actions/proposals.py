"""Proposals: written, discussed, withdrawn; and the vote opened and closed."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from huying.access.actor import Actor, system
from huying.cases.queries.seeing import must_see as must_see_case
from huying.deliberation.actions.following import tell_followers
from huying.deliberation.actions.meetings import is_known_area
from huying.deliberation.models import DecisionKind, Discussion, Household, Meeting, Proposal
from huying.deliberation.policy import must_run, must_see
from huying.deliberation.queries.counting import tally_of
from huying.deliberation.queries.kinds import rule_of_proposal
from huying.deliberation.rules.fitting import must_fit
from huying.deliberation.rules.kinds import Origin
from huying.deliberation.rules.majority import outcome
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said

LONGEST: Final = timedelta(days=90)
SHORTEST: Final = timedelta(hours=1)
LONG: Final = 8000


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalForm:
    """A proposal as it was typed. Of where it comes from one is given: a meeting, a case, or neither for an idea."""

    title: str
    text: str
    area: str
    kind_id: int
    meeting_id: int | None = None
    case_id: int | None = None

    @property
    def origin(self) -> Origin:
        if self.meeting_id is not None:
            return Origin.MEETING
        return Origin.CASE if self.case_id is not None else Origin.IDEA


def put_proposal(by: Actor, form: ProposalForm, once: str, now: datetime) -> int:
    """A proposal, kept once for each form; its id. Raises NotFound, Denied, Invalid."""
    must_run(by, form.area)
    _check(by, form)
    with transaction.atomic():
        row, _ = Proposal.objects.get_or_create(
            district=by.district, once=once,
            defaults={
                "title": form.title.strip()[:80], "text": form.text.strip(), "area": form.area,
                "origin": form.origin.value, "meeting_id": form.meeting_id, "case_id": form.case_id,
                "kind_id": form.kind_id, "salt": secrets.token_bytes(32), "made_at": now, "made_by": by.name[:60],
            },
        )  # fmt: skip
    return int(row.pk)


@transaction.atomic
def change_proposal(by: Actor, proposal_id: int, form: ProposalForm, now: datetime) -> None:
    """Write a draft anew. Raises NotFound, Denied, Invalid; Conflict once people vote on its words."""
    row = locked(by, proposal_id)
    if row.opened_at is not None or row.withdrawn_at is not None:
        raise Conflict("已经开始表决或已撤回，提案内容不能再改。")
    must_run(by, form.area)
    _check(by, form)
    Proposal.objects.filter(pk=row.pk).update(
        title=form.title.strip()[:80], text=form.text.strip(), area=form.area, kind_id=form.kind_id
    )


@transaction.atomic
def discuss(by: Actor, proposal_id: int, meeting_id: int, words: str, now: datetime) -> None:
    """What a meeting said of it; said of the same meeting again it is written anew. Raises NotFound, Denied, Invalid."""
    row = locked(by, proposal_id)
    meeting = _meeting(by, meeting_id)
    if not words.strip():
        raise Invalid("请写议了什么。", fields={"words": "请写议了什么。"})
    made = {"words": must_fit(words, LONG, "words"), "made_at": now, "made_by": by.name[:60]}
    Discussion.objects.update_or_create(proposal=row, meeting=meeting, defaults=made)


@transaction.atomic
def open_vote(by: Actor, proposal_id: int, closes_at: datetime, now: datetime) -> None:
    """Let the households vote until a moment. The shares are those of the kind as it is now.

    Pressed twice it stays as it was. Raises NotFound, Denied, Invalid for a bad moment, Conflict without households.
    """
    row = locked(by, proposal_id)
    if row.withdrawn_at is not None:
        raise Conflict("提案已撤回。")
    if row.opened_at is not None:
        return
    if not now + SHORTEST <= closes_at <= now + LONGEST:
        told = said("截止时间至少在 1 小时以后，最多 90 天。")
        raise Invalid(told, fields={"closes_at": told})
    if not Household.objects.filter(district=row.district, proposal=row).exists():
        raise Conflict("还没有发邀请码，请先填有表决权的户。")
    kind = row.kind
    if kind.by_area and Household.objects.filter(district=row.district, proposal=row, area=0).exists():
        raise Conflict("这类决定要按面积计票，有的户没有填面积。")
    Proposal.objects.filter(pk=row.pk).update(
        opened_at=now, opened_by=by.name[:60], closes_at=closes_at, quorum=kind.quorum, quorum_over=kind.quorum_over,
        majority=kind.majority, majority_over=kind.majority_over, by_area=kind.by_area, basis=kind.basis,
    )  # fmt: skip


@transaction.atomic
def close_vote(by: Actor, proposal_id: int, now: datetime) -> bool:
    """Count, once the time is over or every household has voted; whether it is carried.

    Closed twice it is what it was the first time. Raises NotFound, Denied, Conflict while the vote runs.
    """
    row = locked(by, proposal_id)
    if row.closed_at is not None:
        return bool(row.passed)
    if row.withdrawn_at is not None or row.opened_at is None or row.closes_at is None:
        raise Conflict("没有正在进行的表决。")
    tally = tally_of(row)
    if now < row.closes_at and tally.voted.households < tally.entitled.households:
        raise Conflict("还没到截止时间，也还有户没有投票，不能提前计票。")
    found = outcome(rule_of_proposal(row), tally)
    Proposal.objects.filter(pk=row.pk).update(
        closed_at=now, closed_by=by.name[:60], quorate=found.quorate, passed=found.passed
    )
    tell_followers(row, "表决通过。" if found.passed else "表决没有通过。", "counted", now)
    return found.passed


def close_due(now: datetime) -> int:
    """Count every vote whose time is over; how many. A duty of the worker, harmless beside a person who closes."""
    due = Proposal.objects.filter(
        closed_at=None, withdrawn_at=None, opened_at__isnull=False, closes_at__lte=now
    )
    found = list(due.order_by("closes_at").values_list("district", "id")[:100])
    for district, number in found:
        close_vote(system(district), number, now)
    return len(found)


@transaction.atomic
def withdraw(by: Actor, proposal_id: int, why: str, now: datetime) -> None:
    """Take a proposal back before its vote is counted, saying why. Raises NotFound, Denied, Invalid, Conflict."""
    row = locked(by, proposal_id)
    if not why.strip():
        raise Invalid("请写为什么撤回。", fields={"why": "请写为什么撤回。"})
    must_fit(why, 200, "why")
    if row.closed_at is not None:
        raise Conflict("已经计票，不能撤回。")
    if row.withdrawn_at is None:
        Proposal.objects.filter(pk=row.pk).update(
            withdrawn_at=now, withdrawn_by=by.name[:60], withdrawn_why=why.strip()
        )


def locked(by: Actor, proposal_id: int) -> Proposal:
    """The proposal, locked, of who may run it. Raises NotFound, Denied."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("kind")
    row = rows.filter(district=by.district, id=proposal_id).first()
    if row is None:
        raise NotFound
    must_run(by, row.area)
    return row


def _check(by: Actor, form: ProposalForm) -> None:
    wrong: dict[str, str] = {}
    if not form.title.strip():
        wrong["title"] = said("请写提案名称。")
    if not form.text.strip():
        wrong["text"] = said("请写提案内容。")
    if not DecisionKind.objects.filter(district=by.district, pk=form.kind_id).exists():
        wrong["kind"] = said("请选表决方式。")
    if not is_known_area(by.district, form.area):
        wrong["area"] = said("请选街道或社区。")
    if wrong:
        raise Invalid(fields=wrong)
    if form.meeting_id is not None:
        _meeting(by, form.meeting_id)
    if form.case_id is not None:
        must_see_case(by, by.district, form.case_id)


def _meeting(by: Actor, meeting_id: int) -> Meeting:
    row = Meeting.objects.filter(district=by.district, id=meeting_id).first()
    if row is None:
        raise NotFound
    must_see(by, row.area)
    return row
