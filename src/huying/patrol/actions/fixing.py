"""随手处置: what was put right on the spot goes through the steps that every case takes, and waits to be checked.

The platform files it under the item the worker chose and dispatches it to the worker's own body; the worker signs for
it and reports it done, with the photos of before and after. Nobody checks their own work.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from huying.access.actor import Actor, system
from huying.cases.actions import StoredPhoto, advance
from huying.cases.lifecycle import Verb
from huying.patrol.models import Find
from huying.patrol.policy import WALK, body_of, may_in
from huying.patrol.rules.reporting import NewFind
from huying.patrol.rules.words import fixed

_PLATFORM: Final = "随手处置"


def fix(
    by: Actor,
    row: Find,
    new: NewFind,
    before: Sequence[StoredPhoto],
    after: Sequence[StoredPhoto],
    now: datetime,
) -> None:
    """Take the case of a find to where it waits to be checked. Must run in its transaction.

    Raises Invalid for an item that is not on the list.
    """
    case, platform = (row.district, row.case_id), system(row.district, _PLATFORM)
    advance(case, Verb.FILE, by=platform, now=now, item=new.item)
    advance(case, Verb.DISPATCH, by=platform, now=now, body=body_of(by))
    # Beyond the border of one's own grid nobody has orders of their own; what was done there still counts.
    hand = by if may_in(by, WALK, row.area) else system(row.district, by.name)
    advance(case, Verb.SIGN, by=hand, now=now)
    advance(
        case,
        Verb.REPORT,
        by=hand,
        now=now,
        result=new.done.strip(),
        reply=fixed(new.text, new.done),
        solved=True,
        photos_before=list(before),
        photos=list(after),
    )
