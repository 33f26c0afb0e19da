"""The register's part of an erasure by law: who somebody is goes, that somebody was registered stays.

Called by ``erasure`` alone, in its transaction.
"""

from collections.abc import Sequence
from datetime import datetime

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.residents.models import Contact, Ground, Guarding, KeyLabel, Person
from huying.residents.rules.keeping import Held, erase_at
from huying.residents.rules.kinds import LegalBasis, Purpose

_BATCH = 500


def erase_person(by: Actor, person_id: int, reason: str, now: datetime) -> None:
    """Take away all that says who this person is or was; whoever was still here has left. Raises NotFound."""
    rows = Person.objects.filter(district=by.district, id=person_id, erased_at=None)
    if not rows.update(
        name_sealed=None, phone_sealed=None, phone_digest=None, id_sealed=None, id_digest=None, note_sealed=None,
        sex="", born=None, erased_at=now,
    ):  # fmt: skip
        raise NotFound
    Person.objects.filter(district=by.district, id=person_id, left_at=None).update(
        left_at=now, left_by=by.name[:60]
    )
    of = {"district": by.district, "person_id": person_id}
    Contact.objects.filter(**of).delete()
    KeyLabel.objects.filter(**of).delete()
    Guarding.objects.filter(**of).delete()
    Ground.objects.filter(**of).update(detail="", withdrawn_why="")
    record_viewings(
        by, [NewViewing(ViewingKind.ERASE, f"住户 #{person_id} 全部个人信息", reason=reason)], now
    )


def overdue(district: int, now: datetime) -> Sequence[int]:
    """Persons whose every ground ended more than 30 days ago, at most five hundred at once."""
    held: dict[int, list[Held]] = {}
    rows = Ground.objects.filter(district=district)
    ended = set(rows.filter(withdrawn_at__lte=now).values_list("person_id", flat=True))
    ended |= set(rows.filter(until__lte=now).values_list("person_id", flat=True))
    kept = set(
        Person.objects.filter(district=district, id__in=ended, erased_at=None).values_list("id", flat=True)
    )
    for one in rows.filter(person_id__in=kept):
        ground = Held(Purpose(one.purpose), LegalBasis(one.basis), one.since, one.until, one.withdrawn_at)
        held.setdefault(one.person_id, []).append(ground)
    due = {person: erase_at(grounds) for person, grounds in held.items()}
    return sorted(person for person, at in due.items() if at is not None and at <= now)[:_BATCH]
