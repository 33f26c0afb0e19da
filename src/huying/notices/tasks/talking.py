"""What is said in a case's conversation, told to those who work on it; whom it names hears that they are meant."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from huying.access.permissions import Permission
from huying.cases.queries.told import ToldCase, told_cases, working_bodies
from huying.loop.dispose.queries import SaidSince, said_since, speakers_of
from huying.notices.actions.planning import ToStaff, write_for_staff
from huying.notices.models import TalkCursor
from huying.notices.queries.audience import posts_held
from huying.notices.queries.wording import Happened
from huying.notices.rules.audiences import PostHeld, holding, languages, of_bodies
from huying.notices.rules.mentions import mentioned
from huying.notices.rules.reading import short
from huying.notices.rules.times import STALE_OUTSIDE
from huying.people.queries import account_names
from huying.texts.rules.occasions import Occasion

# Messages are numbered before they are committed: what is younger is looked at again, and told once all the same.
_SETTLED: Final = timedelta(minutes=1)
_MOST: Final = 200


@transaction.atomic
def tell_talk(district: int, now: datetime) -> int:
    """Tell what was said since the last time; how many messages were looked at."""
    cursor, _made = TalkCursor.objects.get_or_create(district=district, defaults={"message_id": 0})
    cursor = TalkCursor.objects.select_for_update().get(district=district)
    said = said_since(district, cursor.message_id, _MOST)
    fresh = [one for one in said if one.said_at > now - STALE_OUTSIDE]
    if fresh:
        cases = told_cases(district, {one.case_id for one in fresh})
        posts = posts_held(district, now)
        found = [
            told for one in fresh if (case := cases.get(one.case_id)) for told in _tell(one, case, posts)
        ]
        write_for_staff(district, found, now)
    settled = [one.id for one in said if one.said_at <= now - _SETTLED]
    if settled:
        cursor.message_id = max(settled)
        cursor.save(update_fields=["message_id"])
    return len(said)


def _tell(one: SaidSince, case: ToldCase, posts: Sequence[PostHeld]) -> list[ToStaff]:
    district = one.district
    working = of_bodies(posts, working_bodies(district, case.case_id), case.area)
    spoke = speakers_of(district, case.case_id)
    people = languages([*working, *(post for post in posts if post.account_id in spoke)])
    near = languages([*working, *holding(posts, Permission.CASE_SPEAK, case.area)])
    own = [one.account_id] if one.account_id is not None else []
    names = account_names([*near, *people, *own])
    meant = mentioned(one.text, {account: names.get(account, "") for account in {*near, *people}})
    who = names.get(one.account_id or 0, one.said_by)

    def told(occasion: Occasion, to: set[int]) -> ToStaff:
        happened = Happened(
            district, occasion, case.case_id, title=case.title, area=case.area, body_id=case.body_id,
            due_at=case.due_at, words=short(one.text), who=who,
        )  # fmt: skip
        every = {**near, **people}
        return ToStaff(
            happened, 0, one.said_at, {account: every[account] for account in to}, once=f"talk:{one.id}"
        )

    others = set(people) - meant - {one.account_id}
    return [told(Occasion.MENTION, meant - {one.account_id}), told(Occasion.MESSAGE, others)]
