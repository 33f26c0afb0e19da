"""Who may issue keys is told, once each time, that the key of an outside system ends in two weeks, and tomorrow."""

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse

from huying.access.permissions import Permission
from huying.notices.actions.planning import ToStaff, write_for_staff
from huying.notices.queries.audience import posts_held
from huying.notices.queries.wording import Happened
from huying.notices.rules.audiences import holding, languages
from huying.notices.rules.ending import BELLS, bell
from huying.people.queries.keys import ending_keys
from huying.texts.rules.occasions import Occasion

_AHEAD: Final = timedelta(days=max(BELLS))


def tell_ending_keys(district: int, now: datetime) -> None:
    """Tell of each key whose bell has rung; a key that was given another end rings anew before that one."""
    rung = [
        (key, days)
        for key in ending_keys(district, now, _AHEAD)
        if (days := bell(key.created_at, key.ends_at, now)) is not None
    ]
    if not rung:
        return
    people = languages(holding(posts_held(district, now), Permission.KEY_EDIT, str(district)))
    path = reverse("admin:keys")
    notices = []
    for key, days in rung:
        told = Happened(district, Occasion.KEY_ENDING, title=key.name, due_at=key.ends_at, path=path)
        notices.append(
            ToStaff(told, 0, now, people, once=f"key_ending:{key.id}:{int(key.ends_at.timestamp())}:{days}")
        )
    write_for_staff(district, notices, now)
