"""A batch taken in so that an alarm waits for nothing: neither for rules of others nor for what breaks beside it."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import OperationalError

from huying.access.actor import Actor
from huying.devices.actions.keeping import Given, Kept, keep, write_down
from huying.devices.rules.messages import Message, Unread, alone
from huying.kernel.errors import Denied, Unavailable

_log = logging.getLogger(__name__)
# What says nothing of the message: the same comes again.
_PASSES = (OperationalError, Unavailable, Denied)


def deliver(by: Actor, batch: Sequence[Given], now: datetime) -> list[Kept]:
    """Keep all that can be kept; one answer for each message, in their order.

    Alarms first, each in a transaction of its own, then the readings in one. A message at which the program itself fails
    is written down and hinders no other. Raises Denied; OperationalError and Unavailable while the store is away: then
    the same is to be given again.
    """
    told = [one.read(now) for one in batch]
    answers: dict[int, Kept] = {}
    for number, one in enumerate(told):
        if isinstance(one, Message) and one.alarm:
            answers[number] = _one(by, batch[number], replace(batch[number], raw=alone(one)), now)
    rest = [
        number for number, one in enumerate(told) if number not in answers or _has_more(one, answers[number])
    ]
    for number, kept in zip(rest, _together(by, [batch[number] for number in rest], now), strict=True):
        rung = answers.get(number)
        answers[number] = (
            replace(kept, fresh=kept.fresh + rung.fresh, emergency_id=rung.emergency_id) if rung else kept
        )
    return [answers[number] for number in range(len(batch))]


def _has_more(message: Message | Unread, rung: Kept) -> bool:
    return rung.why is None and isinstance(message, Message) and bool(message.values)


def _together(by: Actor, batch: Sequence[Given], now: datetime) -> list[Kept]:
    try:
        return keep(by, batch, now)
    except _PASSES:
        raise
    except Exception:
        _log.exception("a batch of %d is kept one by one", len(batch))
        return [_one(by, one, one, now) for one in batch]


def _one(by: Actor, came: Given, given: Given, now: datetime) -> Kept:
    """``given`` kept by itself; where that fails, ``came`` is written down as it came in."""
    try:
        return keep(by, [given], now)[0]
    except _PASSES:
        raise
    except Exception:
        _log.exception("a message of %s of %s is not kept", came.device, by.district)
        write_down(by.district, [came], {0: Unread.FAULT}, now)
        return Kept(came.device, Unread.FAULT)
