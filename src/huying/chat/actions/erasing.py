"""The chat's part of an erasure by law: what was said of a matter, and of whom it was all they ever said."""

from collections import Counter
from collections.abc import Collection

from django.db.models import Q

from huying.cases.rules.erasing import Going, Gone
from huying.chat.models import Message, Person


def erase(going: Going) -> Counter[Gone]:
    """Strike what was said of these appeals, all that these callers said, and by which id they are known.

    Who is staff as well stays bound, with nothing that was said. Whoever has other matters stays known for those: the
    erased one leads to them no more.
    """
    of = {"district": going.district}
    meant = Q(caller_id__in=going.callers) | Q(phone_caller_id__in=going.callers)
    people = list(Person.objects.filter(meant, **of))
    rows = Message.objects.filter(
        Q(appeal_id__in=going.appeals) | Q(person_id__in=[one.id for one in people]), **of
    )
    for photos in rows.exclude(photos=[]).values_list("photos", flat=True):
        going.paths.update(photo["path"] for photo in photos)
    gone = rows.delete()[0]
    for person in people:
        if person.staff_id is None:
            person.delete()
        else:
            person.caller_id = person.phone_caller_id = person.talk_sealed = None
            person.save(update_fields=["caller_id", "phone_caller_id", "talk_sealed"])
    return Counter({Gone.CHAT: gone})


def held(district: int, paths: Collection[str]) -> set[str]:
    """Which of these files are a picture somebody sent in a chat."""
    kept = Message.objects.filter(district=district).exclude(photos=[]).values_list("photos", flat=True)
    return {photo["path"] for photos in kept for photo in photos} & set(paths)
