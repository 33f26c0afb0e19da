"""The visits' part of an erasure by law: that somebody went there stays, what was said there goes.

Called by ``erasure`` alone, in its transaction.
"""

from datetime import datetime

from huying.visits.models import Arrangement, Change, Need, Record, Visit


def erase_person(district: int, person_id: int, now: datetime) -> int:
    """Take away what was said and noted of a person; visits that were to come are dropped. How many records."""
    of = {"district": district, "person_id": person_id}
    told = Record.objects.filter(**of).update(said_sealed=None, alarms=[])
    Change.objects.filter(**of).update(words_sealed=None)
    Arrangement.objects.filter(**of).delete()
    # The cases that were found are erased by their own numbers; nothing leads from them to the person any more.
    Need.objects.filter(**of).delete()
    Visit.objects.filter(**of, done_at=None, dropped_at=None).update(dropped_at=now, next_at=None)
    return told
