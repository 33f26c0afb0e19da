"""退订: a number that wants no notices by short message, and one that wants them again."""

from datetime import datetime

from django.db import transaction

from huying.chat.models import Person, SmsStop
from huying.chat.queries.reaching import reach_of
from huying.chat.queries.stopping import mark


@transaction.atomic
def stop(person: Person, now: datetime) -> bool:
    """Send this person's number no more notices by short message; False where that holds already."""
    number = mark(person.district, reach_of(person).who)
    row = SmsStop(district=person.district, number=number, person_id=person.id, since=now)
    held = SmsStop.objects.filter(district=row.district, number=row.number, until=None)
    if held.exists():
        return False
    # Whoever says it twice at once is told once.
    SmsStop.objects.bulk_create([row], ignore_conflicts=True)
    return held.filter(since=now, person_id=person.id).exists()


@transaction.atomic
def resume(person: Person, now: datetime) -> bool:
    """Send notices to this person's number again; False where it was not stopped."""
    number = mark(person.district, reach_of(person).who)
    held = SmsStop.objects.filter(district=person.district, number=number, until=None)
    return bool(held.update(until=now, until_person_id=person.id))
