"""Cases with who spoke of them, for files that leave the house."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.cases.models import Appeal, CaseAppeal
from huying.cases.queries.erasing import said_of
from huying.cases.queries.lists.queue import CaseLine
from huying.people.queries import MaskedCaller, callers_masked


@dataclass(frozen=True, slots=True)
class Spoken:
    """One appeal as a file may carry it: the caller is masked, anonymous callers are None."""

    receipt: str
    text: str
    place_text: str
    source: str
    external_number: str
    received_at: datetime
    caller: MaskedCaller | None


def spoken_of(actor: Actor, lines: Sequence[CaseLine]) -> Mapping[int, Sequence[Spoken]]:
    """case id → its appeals, oldest first. ``lines`` are what the actor was shown by ``queue_for``."""
    ids = [line.id for line in lines]
    links = CaseAppeal.objects.filter(district=actor.district, case_id__in=ids, until__isnull=True)
    cases_of: dict[int, list[int]] = defaultdict(list)
    for appeal_id, case_id in links.values_list("appeal_id", "case_id"):
        cases_of[appeal_id].append(case_id)
    appeals = list(
        Appeal.objects.filter(district=actor.district, id__in=list(cases_of)).order_by("received_at")
    )
    callers = callers_masked(actor.district, (row.caller_id for row in appeals if row.caller_id is not None))
    found: dict[int, list[Spoken]] = defaultdict(list)
    for row in appeals:
        said = Spoken(
            receipt=row.receipt, text=said_of(row), place_text=row.place_text, source=row.source,
            external_number=row.external_number or "", received_at=row.received_at,
            caller=callers.get(row.caller_id) if row.caller_id is not None else None,
        )  # fmt: skip
        for case_id in cases_of[row.id]:
            found[case_id].append(said)
    return found
