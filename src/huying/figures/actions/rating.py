"""街道评部门: a street rates the departments that handled its cases, once a period, changeable until it is closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.cases.actions.reactions.holding import hold
from huying.figures.actions.counting import tally_rows, write_tally
from huying.figures.actions.writing import Counted
from huying.figures.models import StreetRating
from huying.figures.queries.boards.closed import closed_on
from huying.figures.queries.ratings import handled_for
from huying.figures.queries.versions import schemes_of
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.figures.rules.schemes import is_period
from huying.kernel.errors import Conflict, Denied, Invalid
from huying.loop.supervise.rules.cuts import place

_HANDLER: Final = "figures"
_STREET_DIGITS: Final = 9
_MOST_WORDS: Final = 300


@dataclass(frozen=True, slots=True)
class NewRating:
    """What a street gives a unit for a period: ``stars`` 1 to 5, with words."""

    street: str
    body_id: int
    period: Period
    stars: int
    words: str = ""


def rate(by: Actor, new: NewRating, now: datetime) -> None:
    """Keep the rating, or change the one there is. Said twice it is one.

    Raises Denied for who does not speak for the street; Invalid for stars that are none, a period that is none or a unit
    that handled nothing of the street's; Conflict once the period is closed.
    """
    if not _speaks_for(by, new.street):
        raise Denied
    if not 1 <= new.stars <= 5:
        raise Invalid(fields={"stars": "请打 1 到 5 星。"})
    if new.stars <= 2 and not new.words.strip():
        raise Invalid(fields={"words": "打 1 星或 2 星请写明原因。"})
    if not is_period(schemes_of(by.district), new.period):
        raise Invalid("这段日期不是本区的一个考核期。")
    if new.body_id not in {one.body_id for one in handled_for(by, new.street, new.period)}:
        raise Invalid("这个单位这一期没有办过本街道的案件。")
    with transaction.atomic():
        hold(_HANDLER, by.district, now)
        if closed_on(by.district, new.period.last):
            raise Conflict("这一期已经封账，评价不能再改。")
        held = StreetRating.objects.filter(
            district=by.district, street=new.street, body_id=new.body_id, last=new.period.last
        ).first()
        values = {
            "first": new.period.first, "stars": new.stars, "words": new.words.strip()[:_MOST_WORDS], "at": now,
            "by": by.account_id, "by_name": by.name[:60],
        }  # fmt: skip
        row, _ = StreetRating.objects.update_or_create(
            district=by.district,
            street=new.street,
            body_id=new.body_id,
            last=new.period.last,
            defaults=values,
        )
        _count(by.district, [*_counted([held] if held else [], -1), *_counted([row], 1)])


def rate_again(district: int) -> None:
    """After all was counted anew: count the ratings once more."""
    _count(district, _counted(StreetRating.objects.filter(district=district), 1))


def _count(district: int, counted: Iterable[Counted]) -> None:
    write_tally(tally_rows(district, counted))


def _counted(rows: Iterable[StreetRating], sign: int) -> list[Counted]:
    """A rating counts on the last day of its period, at the unit and in the street that gave it."""
    found = []
    for row in rows:
        where = place(row.street, row.body_id, "")
        found += [
            Counted(measure.value, row.last, where, row.street, sign * amount, 0, 0)
            for measure, amount in ((Measure.RATED, 1), (Measure.RATED_POINTS, row.stars))
        ]
    return found


def _speaks_for(actor: Actor, street: str) -> bool:
    if len(street) != _STREET_DIGITS:
        return False
    return actor.kind is ActorKind.SYSTEM or any(
        grant.area == street for grant in actor.grants_for(Permission.DEPARTMENT_RATE)
    )
