"""Invitation codes given out, and ballots cast: one a household, secret, to be changed until the close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import connection, transaction
from django.db.models import F, Max

from huying.access.actor import Actor
from huying.deliberation.actions.proposals import locked
from huying.deliberation.models import Ballot, Household, Proposal, Tallied
from huying.deliberation.rules import ballots, codes
from huying.deliberation.rules.households import HouseholdLine
from huying.deliberation.rules.kinds import Choice
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind

# A statement takes 65,535 values, and a household has seven.
_AT_ONCE: Final = 5000


@dataclass(frozen=True, slots=True)
class Invitation:
    """A household and its code, told this once: what is kept is only a digest."""

    household: str
    code: str


@dataclass(frozen=True, slots=True)
class Cast:
    """What a voter is told: the own number, the digest that is published, and whether an earlier ballot was replaced."""

    choice: Choice
    number: str
    digest: str
    changed: bool


@transaction.atomic
def invite(by: Actor, proposal_id: int, lines: Sequence[HouseholdLine], now: datetime) -> list[Invitation]:
    """Codes for the households of a list that have none yet; those that have one keep it. The audit says who saw them.

    Raises NotFound, Denied; Conflict once the vote is open: who may vote does not change while people vote.
    """
    row = locked(by, proposal_id)
    if row.opened_at is not None or row.withdrawn_at is not None:
        raise Conflict("表决已经开始或提案已撤回，不能再加户。")
    mine = Household.objects.filter(district=row.district, proposal=row)
    known = set(mine.values_list("name", flat=True))
    number = mine.aggregate(n=Max("number"))["n"] or 0
    given = [
        (line, codes.new_code(), number + at)
        for at, line in enumerate((line for line in lines if line.name not in known), 1)
    ]
    Household.objects.bulk_create(
        (Household(
            district=row.district, proposal=row, number=at, name=line.name, area=line.area,
            code_digest=codes.digest_of(code, bytes(row.salt)),
        )
        for line, code, at in given),
        batch_size=_AT_ONCE,
    )  # fmt: skip
    if given:
        _seen(by, row, f"表决邀请码：{len(given)} 户", now)
    return [Invitation(line.name, codes.shown(code)) for line, code, _at in given]


@transaction.atomic
def invite_again(by: Actor, proposal_id: int, number: int, now: datetime) -> Invitation:
    """Another code for a household that lost its own, which opens nothing any more. The audit says who saw it.

    Raises NotFound, Denied, Conflict for one that has voted: with another code it could vote twice.
    """
    row = locked(by, proposal_id)
    rows = Household.objects.select_for_update().filter(district=row.district, proposal=row, number=number)
    household = rows.first()
    if household is None:
        raise NotFound
    if household.voted:
        raise Conflict("这一户已经投过票，不能换码；可以用原来的码改票。")
    if row.closed_at is not None or row.withdrawn_at is not None:
        raise Conflict("表决已经结束。")
    code = codes.new_code()
    rows.update(code_digest=codes.digest_of(code, bytes(row.salt)))
    _seen(by, row, f"换发的表决邀请码：{household.name}", now)
    return Invitation(household.name, codes.shown(code))


@transaction.atomic
def cast(district: int, proposal_id: int, typed: str, choice: Choice, once: str, now: datetime) -> Cast:
    """Put a household's ballot, or put another in its place. The same form sent twice is one ballot with one number.

    Raises NotFound, Invalid for a code that is none of this vote, Conflict before the vote opens and after it closes.
    """
    row = _shared(district, proposal_id)
    _must_run_now(row, now)
    code = codes.read(typed)
    household = _household(row, code)
    if household is None:
        told = said("邀请码不对。请看纸条上的 12 位字母和数字，再输一次。")
        raise Invalid(told, fields={"code": told})
    key = ballots.key_of(code, district, proposal_id)
    number = ballots.number_of(code, district, proposal_id, choice, once)
    digest = ballots.digest_of(district, proposal_id, choice, number)
    rows = Ballot.objects.filter(district=district, proposal=row, key=key)
    before = rows.values_list("choice", "digest").first()
    if before is None:
        Ballot.objects.create(district=district, proposal=row, key=key, choice=choice.value, digest=digest)
        Household.objects.filter(district=district, proposal=row, number=household.number).update(voted=True)
        _add(row, {choice: household.area})
        return Cast(choice, number, digest, False)
    if before[1] != digest:
        rows.update(choice=choice.value, digest=digest)
        if before[0] != choice.value:
            _add(row, {Choice(before[0]): -household.area, choice: household.area})
    return Cast(choice, number, digest, before[1] != digest)


def _seen(by: Actor, row: Proposal, what: str, now: datetime) -> None:
    """Whoever saw a code could vote with it: that they saw it is kept, as is no moment of any ballot."""
    record_viewings(by, [NewViewing(ViewingKind.UNMASK, what, reason=row.title)], now)


def _shared(district: int, proposal_id: int) -> Proposal:
    """The proposal, held so that it cannot be closed meanwhile, while others may vote beside us."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM deliberation_proposal WHERE district = %s AND id = %s FOR SHARE",
            [district, proposal_id],
        )
    row = Proposal.objects.filter(district=district, id=proposal_id).first()
    if row is None or row.opened_at is None:
        raise NotFound
    return row


def _must_run_now(row: Proposal, now: datetime) -> None:
    if row.withdrawn_at is not None:
        raise Conflict("这项提案已撤回，不再表决。")
    if row.closed_at is not None or row.closes_at is None or now >= row.closes_at:
        raise Conflict("表决已经截止，不能再投票或改票。")


def _household(row: Proposal, code: str) -> Household | None:
    """The household of a code, locked: two of its forms at once are taken one after the other."""
    if not code:
        return None
    digest = codes.digest_of(code, bytes(row.salt))
    rows = Household.objects.select_for_update().filter(district=row.district, proposal=row)
    return rows.filter(code_digest=digest).first()


def _add(row: Proposal, areas: Mapping[Choice, Decimal]) -> None:
    """Square metres put to choices, always in one order, so that no two voters wait for each other."""
    for choice in sorted(areas):
        rows = Tallied.objects.filter(district=row.district, proposal=row, choice=choice.value)
        if not rows.exists():
            Tallied.objects.bulk_create(
                [Tallied(district=row.district, proposal=row, choice=choice.value)], ignore_conflicts=True
            )
        rows.update(area=F("area") + areas[choice])
