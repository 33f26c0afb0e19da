"""What devices do to cases: by steps of the table, as the platform itself."""

import logging
from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor, system
from huying.cases.actions import advance
from huying.cases.lifecycle import CLOSED_STATES, State, Verb
from huying.cases.queries.described import described
from huying.cases.queries.exchanged import appeals_on
from huying.devices.models import Matter
from huying.kernel.errors import HuyingError

_log = logging.getLogger(__name__)
_UNTOUCHED: Final = frozenset({State.RECEIVED, State.FILED})


def speaking(district: int) -> Actor:
    """As whom devices speak."""
    return system(district, "设备")


def open_ones(district: int, case_ids: Collection[int]) -> frozenset[int]:
    """Those of the cases that are not ended."""
    found = described(district, list(case_ids)).values()
    return frozenset(one.case_id for one in found if State(one.state) not in CLOSED_STATES)


def note(district: int, case_id: int, words: str, now: datetime) -> bool:
    """Write an internal note; whether the case took it. One that has ended takes none."""
    try:
        advance((district, case_id), Verb.NOTE, by=speaking(district), now=now, note=words[:2000])
    except HuyingError as why:
        _log.info("case %s of %s takes no note: %s", case_id, district, why.message)
        return False
    return True


def settle(district: int, case_id: int, words: str, now: datetime) -> bool:
    """It is over: end the case where nobody has it in hand and no person asked for it, else note it; whether ended.

    The table lets the centre answer a case that is not dispatched; for one that is, there is no step but its body's.
    """
    found = described(district, [case_id]).get(case_id)
    alone = len(appeals_on(district, [case_id]).get(case_id, [])) == 1
    if found is not None and State(found.state) in _UNTOUCHED and alone:
        try:
            reply = f"{words}现场未派人，系统自动办结。"
            advance(
                (district, case_id), Verb.ANSWER, by=speaking(district), now=now, reply=reply, expected=found.version
            )  # fmt: skip
        except HuyingError as why:
            _log.info("case %s of %s is not ended: %s", case_id, district, why.message)
        else:
            return True
    note(district, case_id, words, now)
    return False


def let_go(district: int, device_id: int, words: str, now: datetime) -> None:
    """A device is heard no more: its open matters end, and the words go to their cases.

    A case ends with its last matter as when it is over; an emergency is ended by whoever leads it. In a transaction.
    """
    rows = Matter.objects.filter(district=district, device_id=device_id, until=None)
    alarming = {row.case_id: row.emergency_id is not None for row in rows if row.case_id is not None}
    open_still = Matter.objects.filter(district=district, case_id__in=alarming, until=None)
    # In one order, as where devices are heard again: of the last two of a case neither would take itself for the last.
    list(open_still.select_for_update().order_by("id").values_list("id"))
    rows.update(until=now)
    others = set(open_still.values_list("case_id", flat=True))
    for case_id in sorted(alarming):
        if alarming[case_id] or case_id in others:
            note(district, case_id, words, now)
        else:
            settle(district, case_id, words, now)


def to_owner(district: int, case_id: int, item: str, body_id: int, now: datetime) -> None:
    """File a case about a device itself and send it to the body that owns it; where that fails the case says why."""
    by, case = speaking(district), (district, case_id)
    try:
        with transaction.atomic():
            advance(case, Verb.FILE, by=by, now=now, item=item)
            advance(case, Verb.DISPATCH, by=by, now=now, body=body_id, reasons=["设备的权属单位"])
    except HuyingError as why:
        note(district, case_id, f"没有直接派给权属单位：{why.message}", now)
