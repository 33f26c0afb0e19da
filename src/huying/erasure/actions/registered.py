"""Somebody in the register of homes and persons: erased by request, or because no ground for keeping them is left."""

import re
from collections import Counter
from datetime import datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor, system
from huying.cases.lifecycle import Basis
from huying.cases.rules.erasing import Gone
from huying.erasure.models import Erasure
from huying.erasure.rules.scope import Scope
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.residents.actions import erasing as residents
from huying.visits.actions import erasing as visits

_NUMBER: Final = re.compile(r"(?:住户)?#?(\d{1,18})")
_EXPIRED: Final = "登记的目的已实现或同意已撤回，满 30 天自动删除"


def erase(by: Actor, number: str, reason: str, now: datetime) -> Counter[Gone]:
    """Take away everything that says who somebody is, and what was said at visits, in the caller's transaction.

    ``number`` is that of the register (住户#12). Raises Invalid for what is none, NotFound for who is not there.
    """
    found = _NUMBER.fullmatch("".join(number.split()))
    if found is None:
        told = said("删除住户登记请填住户编号，如“住户#12”。")
        raise Invalid(told, fields={"number": told})
    return _gone(by, int(found[1]), reason, now)


def erase_overdue(district: int, now: datetime) -> int:
    """Erase whose every ground ended more than 30 days ago, each with a row of its own; how many. Run once a day."""
    by = system(district)
    due = residents.overdue(district, now)
    for person in due:
        with transaction.atomic():
            gone = _gone(by, person, _EXPIRED, now)
            Erasure.objects.create(
                district=district, at=now, actor_name=by.name, scope=Scope.PERSON.value, basis=Basis.EXPIRED.value,
                reason=_EXPIRED, cases=[], counts={kind.value: gone[kind] for kind in Gone if gone[kind]},
            )  # fmt: skip
    return len(due)


def _gone(by: Actor, person: int, reason: str, now: datetime) -> Counter[Gone]:
    residents.erase_person(by, person, reason, now)
    return Counter({Gone.RESIDENT: 1, Gone.VISIT: visits.erase_person(by.district, person, now)})
