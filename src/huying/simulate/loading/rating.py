"""What both sides of a call that is over say of each other."""

from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import system
from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.cases.queries.desks.calls import calls_for
from huying.cases.queries.page import case_for
from huying.simulate.loading.people import Crew
from huying.simulate.stories import Who

_SAID: Final = ((5, "到场快，当场拿出办法"), (4, "来得及时，材料带得不全"))
_BACK: Final = (4, "事由说得清楚，现场有人接")


def rate_calls(district: int, crew: Crew, now: datetime) -> None:
    """The street that called gives stars to each body that came, and the first of them gives some back."""
    by = system(district)
    for line in calls_for(by, now, under_way=False):
        street = crew.actor(Who(Role.STREET_DISPATCHER, line.area[:9]))
        ref = (district, line.line.id)
        for call in case_for(by, *ref, now).calls:
            if call.ended_at is None:
                continue
            came = [one for one in call.called if one.arrived_at is not None]
            for place, one in enumerate(came):
                stars, remark = _SAID[place % len(_SAID)]
                at = call.ended_at + timedelta(minutes=4 + place)
                advance(
                    ref, Verb.RATE_CALL, by=street, now=at, order_id=one.order_id, stars=stars, remark=remark
                )
            for one in came[:1]:
                stars, remark = _BACK
                at = call.ended_at + timedelta(minutes=30)
                advance(
                    ref, Verb.RATE_CALLER, by=by, now=at, order_id=one.order_id, stars=stars, remark=remark
                )
