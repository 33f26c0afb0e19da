"""联系人: whom to call for a person."""

from datetime import datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.rules.phones import phone_or_none
from huying.residents.actions.persons import held_person
from huying.residents.models import Contact
from huying.residents.queries.sealed import sealed

_MOST: Final = 10


@transaction.atomic
def put_contact(by: Actor, person_id: int, name: str, relation: str, phone: str, now: datetime) -> int:
    """Note whom to call; the id. Raises Denied, NotFound, Invalid, Conflict beyond ten."""
    row = held_person(by, person_id)
    number, wrong = phone_or_none(phone), {}
    if not 0 < len(name.strip()) <= 40:
        wrong["name"] = said("请填姓名，最多 40 字。")
    if not 0 < len(relation.strip()) <= 20:
        wrong["relation"] = said("请填是什么人，如“女儿”，最多 20 字。")
    if number is None:
        wrong["phone"] = said("电话号码不对，请填 11 位手机号，或区号加座机号。")
    if wrong:
        raise Invalid(fields=wrong)
    if Contact.objects.filter(district=row.district, person_id=row.id).count() >= _MOST:
        raise Conflict(said("最多 %(most)s 位联系人。", most=_MOST))
    made = Contact(
        district=row.district, person_id=row.id, name_sealed=sealed(row.district, "name", name.strip()),
        phone_sealed=sealed(row.district, "phone", number or ""), relation=relation.strip(), made_at=now,
        made_by=by.name[:60],
    )  # fmt: skip
    made.save(force_insert=True)
    return made.id


@transaction.atomic
def drop_contact(by: Actor, person_id: int, contact_id: int) -> None:
    """Keep them no more. Raises Denied, NotFound."""
    row = held_person(by, person_id)
    gone, _each = Contact.objects.filter(district=row.district, person_id=row.id, id=contact_id).delete()
    if not gone:
        raise NotFound
